package io.netlytics.spark.config;

import io.netlytics.NetlyticsException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What happens to a line that cannot be read. */
public enum ReadMode {
  /** Kept out, counted, and shown in the corrupt record column or the bad records path. */
  PERMISSIVE,
  /** Kept out and counted. */
  DROPMALFORMED,
  /** The first one ends the query. */
  FAILFAST;

  static ReadMode of(String text) {
    try {
      return valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      List<String> names = Arrays.asList("PERMISSIVE", "DROPMALFORMED", "FAILFAST");
      throw NetlyticsException.badOption("Option mode is '" + text + "': it must be one of "
          + String.join(", ", names) + " (nearest: " + NearestName.of(text, names) + ").");
    }
  }
}
