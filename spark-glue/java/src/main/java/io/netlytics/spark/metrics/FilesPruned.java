package io.netlytics.spark.metrics;

/** Entries left out by name or day, counted on the driver. */
public final class FilesPruned extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "filesPruned";

  /** For Spark. */
  public FilesPruned() {
    super(NAME, "files and directories pruned");
  }

  @Override
  String format(long total) {
    return Quantity.count(total);
  }
}
