package io.netlytics.spark.files;

import io.netlytics.NetlyticsException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.BlockLocation;

/** Which hosts hold most of a partition's bytes. */
final class BlockHosts {
  /** As many as Spark's own file sources name. */
  private static final int MOST = 3;

  private BlockHosts() {}

  /** At most three hosts, the one with most bytes first. */
  static String[] of(List<FileSlice> slices) {
    Map<String, Long> bytes = new HashMap<>();
    for (FileSlice slice : slices) {
      for (BlockLocation block : slice.blocks()) {
        long overlap = Math.min(slice.start + slice.bytes, block.getOffset() + block.getLength())
            - Math.max(slice.start, block.getOffset());
        if (overlap > 0) {
          hosts(block, slice.path).forEach(host -> bytes.merge(host, overlap, Long::sum));
        }
      }
    }
    // "localhost" is what a file system says that has no blocks: it is no preference.
    bytes.remove("localhost");
    return bytes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST).map(Map.Entry::getKey).toArray(String[]::new);
  }

  private static List<String> hosts(BlockLocation block, String path) {
    try {
      return Arrays.asList(block.getHosts());
    } catch (IOException unknown) {
      throw NetlyticsException.io("Cannot tell the hosts of", path, unknown);
    }
  }
}
