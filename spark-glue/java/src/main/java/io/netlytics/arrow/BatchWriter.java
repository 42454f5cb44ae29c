package io.netlytics.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;

/**
 * Gathers rows into a batch in native memory, laid out as {@link BatchLayout} reads it, for Rust to
 * read. Freed with {@link #close}.
 */
public final class BatchWriter implements AutoCloseable {
  private static final int ALIGNMENT = 8;

  private final List<ColumnWriter> columns = new ArrayList<>();
  private int rows;
  private long body;
  private long map;

  /** @throws IllegalArgumentException for a column of a type that does not cross the border */
  public BatchWriter(StructType schema) {
    for (StructField field : schema.fields()) {
      columns.add(ColumnWriter.of(field.dataType()));
    }
  }

  public int rows() {
    return rows;
  }

  public void write(InternalRow row) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).write(row, i);
    }
    rows++;
  }

  /**
   * Ends the batch; the next row begins another.
   *
   * @return the address of its map, valid until the next call of this method or {@link #close}
   */
  public long finish() {
    free();
    List<Long> nodes = new ArrayList<>();
    List<NativeBuffer> buffers = new ArrayList<>();
    columns.forEach(column -> column.addNodes(nodes));
    columns.forEach(column -> column.addBuffers(buffers));
    long length = 0;
    for (NativeBuffer buffer : buffers) {
      length += aligned(buffer.length());
    }
    body = Platform.allocateMemory(Math.max(length, ALIGNMENT));
    List<Long> words = new ArrayList<>();
    words.add((long) rows);
    words.add(body);
    words.add(length);
    words.add(nodes.size() / 2L);
    words.addAll(nodes);
    words.add((long) buffers.size());
    long offset = 0;
    for (NativeBuffer buffer : buffers) {
      buffer.copyTo(body + offset);
      words.add(offset);
      words.add(buffer.length());
      offset += aligned(buffer.length());
    }
    map = Platform.allocateMemory((long) words.size() * Long.BYTES);
    for (int i = 0; i < words.size(); i++) {
      Platform.putLong(null, map + (long) i * Long.BYTES, words.get(i));
    }
    columns.forEach(ColumnWriter::clear);
    rows = 0;
    return map;
  }

  @Override
  public void close() {
    free();
    columns.forEach(ColumnWriter::close);
    columns.clear();
  }

  private void free() {
    Platform.freeMemory(body);
    Platform.freeMemory(map);
    body = 0;
    map = 0;
  }

  private static long aligned(long length) {
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
