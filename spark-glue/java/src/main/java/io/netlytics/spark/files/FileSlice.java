package io.netlytics.spark.files;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.BlockLocation;

/** A whole file or a byte range of one. Which lines a range owns is the native reader's rule. */
public final class FileSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The length that stands for "all of it", also of a compressed file. */
  public static final long WHOLE = -1;

  /** The file, with its scheme. */
  public final String path;

  /** Where the range starts, in bytes of the file. */
  public final long start;

  /** Bytes, or {@link #WHOLE}. */
  public final long length;

  /** Bytes to read from disk. */
  final long bytes;

  /** Block locations are for the driver only. */
  private final transient List<BlockLocation> blocks;

  FileSlice(LogFile file, long start, long length) {
    this.path = file.path;
    this.start = start;
    this.length = length;
    this.bytes = length == WHOLE ? file.length : length;
    this.blocks = file.blocks;
  }

  List<BlockLocation> blocks() {
    return blocks == null ? Collections.emptyList() : blocks;
  }
}
