package io.netlytics.spark.metrics;

/** Time waiting for the file system, in nanoseconds. */
public final class IoWaitTime extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "ioWaitTime";

  /** For Spark. */
  public IoWaitTime() {
    super(NAME, "I/O wait");
  }

  @Override
  String format(long total) {
    return Quantity.duration(total);
  }
}
