package io.netlytics.spark.metrics;

/** Bytes read from the file system, before decompression. */
public final class BytesRead extends SumMetric {
  /** The metric's name. */
  public static final String NAME = "bytesRead";

  /** For Spark. */
  public BytesRead() {
    super(NAME, "bytes read");
  }

  @Override
  String format(long total) {
    return Quantity.bytes(total);
  }
}
