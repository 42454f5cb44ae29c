package io.netlytics.spark;

import io.netlytics.spark.scan.DriverTotals;

/** What the scans of this driver have read, for the summaries that the scripts print. */
public final class ScanTotals {
  private ScanTotals() {}

  /** Sets all totals to 0. */
  public static void reset() {
    DriverTotals.reset();
  }

  /**
   * The totals since the last {@link #reset}.
   *
   * @return {@code {"records","malformed","skipped":{kind:lines},"leftOut":{reason:{"count",
   *     "examples":[name]}},"bytes","files","decodeNanos","ioWaitNanos"}}; bytes are those read from
   *     the file system, before decompression
   */
  public static String json() {
    return DriverTotals.json();
  }
}
