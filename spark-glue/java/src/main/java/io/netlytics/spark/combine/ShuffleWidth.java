package io.netlytics.spark.combine;

/**
 * Into how many partitions the parts of a combined table are shuffled. Spark's own setting is blind to
 * the input's size, and its adaptive execution, which would correct it, runs jobs to find out.
 */
final class ShuffleWidth {
  /** Less is not worth a task: as {@code spark.sql.files.openCostInBytes}. */
  private static final long LEAST_BYTES = 4L << 20;

  /** What a task sorts in memory with ease. */
  private static final long MOST_BYTES = 32L << 20;

  /** From here on Spark keeps only rough sizes of a shuffle's blocks. */
  private static final int MOST_PARTITIONS = 2000;

  private ShuffleWidth() {}

  /**
   * @param bytes of the parts, about
   * @param cores of the cluster, all of which should have work
   * @param setting of {@code spark.sql.shuffle.partitions} where the user has set it, else null:
   *     never more than that
   */
  static int partitions(long bytes, int cores, String setting) {
    long each = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, bytes / Math.max(1, cores)));
    int most = setting == null ? MOST_PARTITIONS : Integer.parseInt(setting);
    return (int) Math.max(1, Math.min(most, (bytes + each - 1) / each));
  }
}
