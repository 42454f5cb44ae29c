package io.netlytics.spark.metrics;

/** Files opened; one that is cut into splits counts once. */
public final class FilesRead extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "filesRead";

  /** For Spark. */
  public FilesRead() {
    super(NAME, "files read");
  }

  @Override
  String format(long total) {
    return Quantity.count(total);
  }
}
