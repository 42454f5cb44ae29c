package io.netlytics.spark.metrics;

/** Files chosen for the scan, counted on the driver. */
public final class FilesListed extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "filesListed";

  /** For Spark. */
  public FilesListed() {
    super(NAME, "files listed");
  }

  @Override
  String format(long total) {
    return Quantity.count(total);
  }
}
