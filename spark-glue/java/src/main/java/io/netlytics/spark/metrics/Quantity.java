package io.netlytics.spark.metrics;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Quantity {
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Quantity() {}

  /** For instance {@code 53,615}. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** For instance {@code 7.5 MiB}. */
  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < SIZES.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, SIZES[unit]);
  }

  /** For instance {@code 12 ms}, {@code 3.4 s}, {@code 2.5 min}. */
  static String duration(long nanoseconds) {
    double milliseconds = nanoseconds / 1e6;
    if (milliseconds < 1000) {
      return String.format(Locale.ROOT, "%.0f ms", milliseconds);
    }
    double seconds = milliseconds / 1000;
    return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(Locale.ROOT, "%.1f min", seconds / 60);
  }
}
