package io.netlytics.spark.combine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShuffleWidthTest {
  private static final long MIB = 1L << 20;

  @Test
  void aFewLinesAreOnePartition() {
    assertEquals(1, ShuffleWidth.partitions(0, 400, null));
    assertEquals(1, ShuffleWidth.partitions(3000, 400, null));
  }

  @Test
  void everyCoreHasWorkAsSoonAsThereIsEnough() {
    assertEquals(25, ShuffleWidth.partitions(100 * MIB, 400, null));
    assertEquals(8, ShuffleWidth.partitions(100 * MIB, 8, null));
  }

  @Test
  void noPartitionIsLargerThanATaskSortsInMemory() {
    assertEquals(32, ShuffleWidth.partitions(1024 * MIB, 8, null));
    assertEquals(2000, ShuffleWidth.partitions(Long.MAX_VALUE / 2, 8, null));
  }

  @Test
  void theUsersSettingIsTheMost() {
    assertEquals(2, ShuffleWidth.partitions(1024 * MIB, 8, "2"));
    assertEquals(32, ShuffleWidth.partitions(1024 * MIB, 8, "500"));
  }
}
