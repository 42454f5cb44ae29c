package io.netlytics.spark.files;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.read.InputPartition;

/** What one task reads: several slices, one after the other. */
public final class FilesPartition implements InputPartition {
  private static final long serialVersionUID = 1L;

  /** The number of the partition in its scan, from 0. */
  public final int index;

  /** What is read, in this order. */
  public final ArrayList<FileSlice> slices;
  private final String[] hosts;

  FilesPartition(int index, List<FileSlice> slices) {
    this.index = index;
    this.slices = new ArrayList<>(slices);
    this.hosts = BlockHosts.of(slices);
  }

  /** The same partition with other slices of the same places. */
  public FilesPartition with(UnaryOperator<FileSlice> change) {
    return new FilesPartition(index, slices.stream().map(change).collect(Collectors.toList()));
  }

  @Override
  public String[] preferredLocations() {
    return hosts.clone();
  }
}
