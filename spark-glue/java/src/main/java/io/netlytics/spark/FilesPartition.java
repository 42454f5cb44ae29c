package io.netlytics.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** What one task reads: several slices, one after the other. */
final class FilesPartition implements InputPartition {
  private static final long serialVersionUID = 1L;

  final int index;
  final ArrayList<FileSlice> slices;
  private final String[] hosts;

  FilesPartition(int index, List<FileSlice> slices) {
    this.index = index;
    this.slices = new ArrayList<>(slices);
    this.hosts = BlockHosts.of(slices);
  }

  @Override
  public String[] preferredLocations() {
    return hosts.clone();
  }
}
