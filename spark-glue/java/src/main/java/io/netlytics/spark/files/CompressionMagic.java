package io.netlytics.spark.files;

import io.netlytics.NetlyticsException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Tells compressed files by their first bytes, for files whose name does not. Sources: RFC 1952
 * (gzip), the bzip2 and xz format descriptions, RFC 8878 (Zstandard).
 */
public final class CompressionMagic {
  private static final int[][] MAGICS = {
    {0x1f, 0x8b},
    {'B', 'Z', 'h'},
    {0xfd, '7', 'z', 'X', 'Z', 0},
    {0x28, 0xb5, 0x2f, 0xfd},
  };
  private static final int LONGEST = 6;

  private CompressionMagic() {}

  static boolean startsWithOne(byte[] head) {
    for (int[] magic : MAGICS) {
      int matching = 0;
      while (matching < magic.length && matching < head.length
          && (head[matching] & 0xff) == magic[matching]) {
        matching++;
      }
      if (matching == magic.length) {
        return true;
      }
    }
    return false;
  }

  /** Reads a file's first bytes. */
  public static boolean of(String file, Configuration hadoop) {
    Path path = new Path(file);
    byte[] head = new byte[LONGEST];
    try (FSDataInputStream in = LogFileSystem.of(path, hadoop).open(path)) {
      int filled = 0;
      for (int n = 0; n >= 0 && filled < LONGEST; n = in.read(head, filled, LONGEST - filled)) {
        filled += n;
      }
    } catch (IOException unreadable) {
      throw NetlyticsException.io("Cannot read", file, unreadable);
    }
    return startsWithOne(head);
  }
}
