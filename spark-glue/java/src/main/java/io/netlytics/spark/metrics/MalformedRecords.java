package io.netlytics.spark.metrics;

/** Lines that could not be read. */
public final class MalformedRecords extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "malformedRecords";

  /** For Spark. */
  public MalformedRecords() {
    super(NAME, "malformed records");
  }

  @Override
  String format(long total) {
    return Quantity.count(total);
  }
}
