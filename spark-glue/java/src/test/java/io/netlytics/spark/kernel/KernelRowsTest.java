package io.netlytics.spark.kernel;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netlytics.NetlyticsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Collections;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class KernelRowsTest {
  /** A writer of as many columns takes about 400 kB of native memory. */
  private static final int COLUMNS = 200;

  private static final int TASKS = 1_000;
  private static final long MOST_GROWTH_KB = 100_000;

  /** A task in which the library cannot be loaded, from its beginning to its end. */
  private static void failingTask(KernelRows work) {
    TaskContextImpl task = TaskContext$.MODULE$.empty();
    TaskContext$.MODULE$.setTaskContext(task);
    try {
      assertThrows(NetlyticsException.class, () -> work.call(Collections.emptyIterator()));
    } finally {
      task.markTaskCompleted(scala.Option.empty());
      TaskContext$.MODULE$.unset();
    }
  }

  @Test
  void aKernelThatCannotBeOpenedLeavesNoMemoryBehind() throws IOException {
    StructType columns = new StructType();
    for (int i = 0; i < COLUMNS; i++) {
      columns = columns.add("c" + i, DataTypes.LongType);
    }
    KernelRows work =
        KernelRows.ofAll(new Algorithm("some.kernel", "{}", null, columns, "/nowhere/lib.so"));
    failingTask(work);
    long before = residentKilobytes();
    for (int i = 0; i < TASKS; i++) {
      failingTask(work);
    }
    long growth = residentKilobytes() - before;
    assertTrue(growth < MOST_GROWTH_KB, "resident memory grew by " + growth + " kB");
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Paths.get("/proc/self/status"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst().orElseThrow(IllegalStateException::new);
  }
}
