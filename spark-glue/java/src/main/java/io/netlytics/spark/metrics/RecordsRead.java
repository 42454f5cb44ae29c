package io.netlytics.spark.metrics;

/** Rows given to Spark. */
public final class RecordsRead extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "recordsRead";

  /** For Spark. */
  public RecordsRead() {
    super(NAME, "records read");
  }

  @Override
  String format(long total) {
    return Quantity.count(total);
  }
}
