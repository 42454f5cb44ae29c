package io.netlytics.spark.metrics;

/** Lines that could be read, but are of a kind that the table does not take. */
public final class LinesSkipped extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "linesSkipped";

  /** For Spark. */
  public LinesSkipped() {
    super(NAME, "lines skipped");
  }

  @Override
  String format(long total) {
    return Quantity.count(total);
  }
}
