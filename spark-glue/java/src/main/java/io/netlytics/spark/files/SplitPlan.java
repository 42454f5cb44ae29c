package io.netlytics.spark.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Cuts files into slices and packs slices into partitions, by the rule of Spark's own file sources:
 * slices of at most maxPartitionBytes, the largest first, each partition filled until the next slice
 * would not fit, every file costing openCostInBytes more than its bytes.
 */
public final class SplitPlan {
  private final long sliceBytes;
  private final long openCost;

  /** @param files of the scan, whose total size decides how large a slice is */
  public SplitPlan(
      long maxPartitionBytes, long openCostInBytes, int minPartitions, List<LogFile> files) {
    openCost = openCostInBytes;
    long total = files.stream().mapToLong(file -> file.length + openCost).sum();
    long perCore = total / Math.max(1, minPartitions);
    sliceBytes = Math.max(1, Math.min(maxPartitionBytes, Math.max(openCost, perCore)));
  }

  /**
   * @param isText asked of files larger than one slice only, since the answer may cost a read:
   *     whether the file may be cut at byte ranges
   */
  public List<FilesPartition> of(List<LogFile> files, Predicate<LogFile> isText) {
    List<FileSlice> slices = new ArrayList<>();
    for (LogFile file : files) {
      if (file.length > sliceBytes && isText.test(file)) {
        for (long start = 0; start < file.length; start += sliceBytes) {
          slices.add(new FileSlice(file, start, Math.min(sliceBytes, file.length - start)));
        }
      } else {
        slices.add(new FileSlice(file, 0, FileSlice.WHOLE));
      }
    }
    slices.sort(Comparator.comparingLong((FileSlice slice) -> slice.bytes).reversed());
    return pack(slices);
  }

  private List<FilesPartition> pack(List<FileSlice> slices) {
    List<FilesPartition> partitions = new ArrayList<>();
    List<FileSlice> current = new ArrayList<>();
    long size = 0;
    for (FileSlice slice : slices) {
      if (size + slice.bytes > sliceBytes && !current.isEmpty()) {
        partitions.add(new FilesPartition(partitions.size(), current));
        current.clear();
        size = 0;
      }
      size += slice.bytes + openCost;
      current.add(slice);
    }
    if (!current.isEmpty()) {
      partitions.add(new FilesPartition(partitions.size(), current));
    }
    return partitions;
  }
}
