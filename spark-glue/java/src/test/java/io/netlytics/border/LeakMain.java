package io.netlytics.border;

import io.netlytics.jni.NativeLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads many batches and watches the process's resident memory. Argument: how many (a million).
 * Exits with 1 when it grows by more than 32 MB after the first tenth. Run it with a fixed, touched
 * heap ({@code -Xms64m -Xmx64m -XX:+AlwaysPreTouch}), so that only native memory can grow.
 */
public final class LeakMain {
  private static final long MOST_GROWTH_KB = 32 * 1024;
  private static final int BATCH_ROWS = 4;
  private static final int CLOSED_AFTER = 125;
  private static final byte[] LOG = ZeekLog.ofRows(1000).bytes();
  private static final StructType COLUMNS = new StructType()
      .add("answers", DataTypes.createArrayType(DataTypes.StringType))
      .add("c_port", DataTypes.LongType)
      .add("query", DataTypes.StringType);

  private LeakMain() {}

  public static void main(String[] arguments) throws IOException {
    NativeLibrary.load(null);
    long wanted = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    long batches = 0;
    while (batches < wanted / 10) {
      batches += scan();
    }
    long before = residentKilobytes();
    while (batches < wanted) {
      batches += scan();
    }
    long growth = residentKilobytes() - before;
    System.out.println(batches + " batches; resident memory " + before + " kB, then "
        + (growth >= 0 ? "+" : "") + growth + " kB");
    Check.that(growth <= MOST_GROWTH_KB, "memory grows by at most " + MOST_GROWTH_KB + " kB");
  }

  /** One scan, closed in the middle of its 250 batches. */
  private static long scan() {
    long batches = 0;
    try (MemoryScan scan = new MemoryScan(
        LOG, 4096, COLUMNS, MemoryScan.settings("PERMISSIVE", BATCH_ROWS, ""))) {
      for (ColumnarBatch batch = scan.next(); batch != null; batch = scan.next()) {
        batches++;
        for (int row = 0; row < batch.numRows(); row++) {
          Check.that(batch.column(0).getArray(row).numElements() == 2
              && batch.column(1).getLong(row) >= 1024
              && batch.column(2).getUTF8String(row).numBytes() > 10, "values of row " + row);
        }
        if (batches == CLOSED_AFTER) {
          break;
        }
      }
    }
    return batches;
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Paths.get("/proc/self/status"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst().orElseThrow(IllegalStateException::new);
  }
}
