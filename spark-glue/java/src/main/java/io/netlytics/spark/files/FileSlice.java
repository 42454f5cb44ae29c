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

  /** Bytes of the whole file when it was listed. */
  public final long fileLength;

  /** When the file was changed last before it was listed, in milliseconds since the epoch. */
  public final long modified;

  /**
   * The header lines in force where the slice starts; null when the file's beginning tells them, or
   * when nothing has to be told.
   */
  public final byte[] head;

  /** Block locations are for the driver only. */
  private final transient List<BlockLocation> blocks;

  /** @param length bytes, or {@link #WHOLE} */
  public FileSlice(LogFile file, long start, long length) {
    this(file.path, start, length, file.length, file.modified, null, file.blocks);
  }

  private FileSlice(String path, long start, long length, long fileLength, long modified,
      byte[] head, List<BlockLocation> blocks) {
    this.path = path;
    this.start = start;
    this.length = length;
    this.bytes = length == WHOLE ? fileLength : length;
    this.fileLength = fileLength;
    this.modified = modified;
    this.head = head;
    this.blocks = blocks;
  }

  /** The same slice with the header lines in force at its start, or null. */
  public FileSlice with(byte[] head) {
    return new FileSlice(path, start, length, fileLength, modified, head, blocks);
  }

  List<BlockLocation> blocks() {
    return blocks == null ? Collections.emptyList() : blocks;
  }
}
