package io.netlytics.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.BlockLocation;
import org.junit.jupiter.api.Test;

class SplitPlanTest {
  private static final long OPEN_COST = 4;

  private static LogFile file(String name, long length) {
    return new LogFile(name, length, 0, Collections.emptyList());
  }

  private static List<FilesPartition> plan(long slice, LogFile... files) {
    List<LogFile> all = Arrays.asList(files);
    return new SplitPlan(slice, OPEN_COST, 1, all).of(all, file -> !file.hasCompressedName());
  }

  private static String shape(FilesPartition partition) {
    return partition.slices.stream()
        .map(slice -> slice.path + "@" + slice.start + "+" + slice.length)
        .collect(Collectors.joining(" "));
  }

  @Test
  void textIsCutAndEveryByteHasOneSlice() {
    List<FilesPartition> partitions = plan(100, file("a.log", 250));
    assertEquals(Arrays.asList("a.log@0+100", "a.log@100+100", "a.log@200+50"),
        partitions.stream().map(SplitPlanTest::shape).collect(Collectors.toList()));
  }

  @Test
  void compressedFilesStayWhole() {
    assertEquals("a.log.gz@0+-1", shape(plan(100, file("a.log.gz", 250)).get(0)));
    assertEquals(1, plan(100, file("a.log.gz", 250)).size());
  }

  @Test
  void smallFilesArePackedAtTheirOpeningCost() {
    // Two files of 40 cost 44 each: the third would make 128 > 100.
    List<FilesPartition> partitions =
        plan(100, file("a", 40), file("b", 40), file("c", 40), file("d", 40));
    assertEquals(2, partitions.size());
    assertEquals("a@0+-1 b@0+-1", shape(partitions.get(0)));
    assertEquals(1, partitions.get(1).index);
  }

  @Test
  void fewBytesAreSpreadOverTheCores() {
    List<LogFile> files = Arrays.asList(file("a", 96), file("b", 96));
    assertEquals(4, new SplitPlan(1000, OPEN_COST, 4, files).of(files, any -> true).size());
  }

  @Test
  void anEmptyFileIsStillRead() {
    assertEquals("a.log@0+-1", shape(plan(100, file("a.log", 0)).get(0)));
  }

  @Test
  void theHostsWithMostBytesComeFirst() {
    List<BlockLocation> blocks = Arrays.asList(
        new BlockLocation(null, new String[] {"n1", "n2"}, 0, 60),
        new BlockLocation(null, new String[] {"n2", "n3", "n4"}, 60, 40));
    LogFile file = new LogFile("a.log", 100, 0, blocks);
    FileSlice slice = new FileSlice(file, 0, FileSlice.WHOLE);
    String[] hosts = new FilesPartition(0, Collections.singletonList(slice)).preferredLocations();
    assertEquals(Arrays.asList("n2", "n1", "n3"), Arrays.asList(hosts));
  }

  @Test
  void compressionIsSeenInTheFirstBytes() {
    assertTrue(CompressionMagic.startsWithOne(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0}));
    assertTrue(CompressionMagic.startsWithOne(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}));
    assertTrue(!CompressionMagic.startsWithOne("#separator".getBytes()));
    assertTrue(!CompressionMagic.startsWithOne(new byte[0]));
  }
}
