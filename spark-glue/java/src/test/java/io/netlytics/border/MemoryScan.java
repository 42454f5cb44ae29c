package io.netlytics.border;

import io.netlytics.arrow.ArrowBatch;
import io.netlytics.jni.Native;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;

/** Scans bytes that lie in native memory, feeding a given number of them at a time. */
final class MemoryScan implements AutoCloseable {
  private final StructType schema;
  private final long address;
  private final int length;
  private final int chunk;
  private final long[] outcome = new long[Native.OUTCOME_LONGS];
  private final long scan;
  private int position;
  private int chunkEnd;

  MemoryScan(byte[] log, int chunk, StructType schema, String moreJson) {
    this("memory:/dns.log", log, chunk, schema, moreJson);
  }

  MemoryScan(String path, byte[] log, int chunk, StructType schema, String moreJson) {
    this.schema = schema;
    this.chunk = chunk;
    length = log.length;
    scan = Native.open(json(path, schema, moreJson), null);
    address = Platform.allocateMemory(length + 1L);
    Platform.copyMemory(log, Platform.BYTE_ARRAY_OFFSET, null, address, length);
  }

  private static byte[] json(String path, StructType schema, String moreJson) {
    String columns = schema.isEmpty() ? "" : "\"" + String.join("\",\"", schema.fieldNames()) + "\"";
    return ("{\"connector\":\"zeek_to_DNS\",\"path\":\"" + path + "\",\"splitStart\":0,"
        + "\"splitLength\":-1,\"columns\":[" + columns + "],\"filter\":null,\"limit\":-1,"
        + "\"corruptColumn\":\"_corrupt_record\",\"batchBytes\":8388608,\"maxLineBytes\":4194304,"
        + moreJson + "}").getBytes(StandardCharsets.UTF_8);
  }

  /** Mode and batch size of most scans here, for the constructor. */
  static String settings(String mode, int batchRows, String options) {
    return "\"mode\":\"" + mode + "\",\"keepBadRecords\":true,\"batchRows\":" + batchRows
        + ",\"options\":{" + options + "}";
  }

  /** The next batch or null. */
  ColumnarBatch next() {
    while (true) {
      int state = Native.step(
          scan, address + position, chunkEnd - position, chunkEnd == length, outcome);
      position += Math.toIntExact(outcome[0]);
      if (state == Native.BATCH) {
        return ArrowBatch.at(outcome[1], schema);
      } else if (state == Native.FINISHED) {
        return null;
      }
      Check.that(position == chunkEnd, "asking for input means that all of it was consumed");
      Check.that(chunkEnd < length, "no input is asked for after its end");
      chunkEnd = Math.min(length, chunkEnd + chunk);
    }
  }

  /** Reads all batches and gives the number of rows. */
  long drain() {
    long rows = 0;
    for (ColumnarBatch batch = next(); batch != null; batch = next()) {
      rows += batch.numRows();
    }
    return rows;
  }

  long handle() {
    return scan;
  }

  @Override
  public void close() {
    Native.close(scan);
    Platform.freeMemory(address);
  }
}
