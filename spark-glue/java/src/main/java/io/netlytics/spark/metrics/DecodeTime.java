package io.netlytics.spark.metrics;

/** Time in the native reader, in nanoseconds. */
public final class DecodeTime extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "decodeTime";

  /** For Spark. */
  public DecodeTime() {
    super(NAME, "decode time");
  }

  @Override
  String format(long total) {
    return Quantity.duration(total);
  }
}
