package io.netlytics.spark.scan;

import io.netlytics.spark.files.LogFile;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.types.StructType;

/** How large a scan's result may be, for Spark to choose its joins by. */
public final class SizeEstimate implements Statistics {
  /** Logs of network tools compress about this well; too small a guess would broadcast too much. */
  private static final double TEXT_PER_COMPRESSED_BYTE = 8;

  private final long bytes;

  /** @param bytes in memory, about */
  public SizeEstimate(long bytes) {
    this.bytes = bytes;
  }

  /**
   * @param factor of {@code spark.sql.sources.fileCompressionFactor}: bytes in memory for a byte of
   *     text
   * @param read the columns wanted, of those of the table
   */
  public SizeEstimate(List<LogFile> files, double factor, StructType read, StructType table) {
    double text = files.stream()
        .mapToDouble(file ->
            file.hasCompressedName() ? file.length * TEXT_PER_COMPRESSED_BYTE : file.length)
        .sum();
    double share = (double) Math.max(1, read.defaultSize()) / Math.max(1, table.defaultSize());
    bytes = (long) (text * factor * share);
  }

  @Override
  public OptionalLong sizeInBytes() {
    return OptionalLong.of(bytes);
  }

  @Override
  public OptionalLong numRows() {
    return OptionalLong.empty();
  }
}
