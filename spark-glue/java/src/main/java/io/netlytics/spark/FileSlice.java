package io.netlytics.spark;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.fs.BlockLocation;

/** A whole file or a byte range of one. Which lines a range owns is the native reader's rule. */
final class FileSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The length that stands for "all of it", also of a compressed file. */
  static final long WHOLE = -1;

  final String path;
  final long start;

  /** Bytes, or {@link #WHOLE}. */
  final long length;

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
