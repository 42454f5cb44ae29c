package io.netlytics.spark.files;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;

/** One file of a listing. */
public final class LogFile {
  private static final List<String> COMPRESSED = Arrays.asList(".gz", ".bz2", ".xz", ".zst");

  /** The file, with its scheme. */
  public final String path;

  /** Bytes on disk. */
  public final long length;

  /** Milliseconds since the epoch. */
  final long modified;

  /** Where its blocks are; empty when locality is off or unknown. */
  final List<BlockLocation> blocks;

  /** @param blocks where they are; null when locality is off or unknown */
  public LogFile(FileStatus status, BlockLocation[] blocks) {
    this(status.getPath().toString(), status.getLen(), status.getModificationTime(),
        blocks == null ? Collections.emptyList() : Arrays.asList(blocks));
  }

  LogFile(String path, long length, long modified, List<BlockLocation> blocks) {
    this.path = path;
    this.length = length;
    this.modified = modified;
    this.blocks = blocks;
  }

  /** Whether the name says that the content is compressed; it may be without saying so. */
  public boolean hasCompressedName() {
    String name = path.toLowerCase(Locale.ROOT);
    return COMPRESSED.stream().anyMatch(name::endsWith);
  }

  /** The same content as far as a listing can tell. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LogFile && path.equals(((LogFile) other).path)
        && length == ((LogFile) other).length && modified == ((LogFile) other).modified;
  }

  @Override
  public int hashCode() {
    return path.hashCode();
  }
}
