package io.netlytics.arrow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Most rows of a batch. */
  private static final int FULL_ROWS = 8192;

  /** Most bytes of a batch; looked at every few rows. */
  private static final long FULL_BYTES = 8L << 20;

  private static final int LOOK_EVERY = 64;

  private final List<ColumnWriter> columns = new ArrayList<>();
  private final int[] places;
  private int rows;
  private long body;
  private long map;

  /** @throws IllegalArgumentException for a column of a type that does not cross the border */
  public BatchWriter(StructType schema) {
    this(schema, IntStream.range(0, schema.length()).toArray());
  }

  /**
   * A writer of some columns of rows.
   *
   * @param schema of the batches
   * @param places where in a row each of its columns lies
   * @throws IllegalArgumentException for a column of a type that does not cross the border
   */
  public BatchWriter(StructType schema, int[] places) {
    this.places = places;
    for (StructField field : schema.fields()) {
      columns.add(ColumnWriter.of(field.dataType()));
    }
  }

  public int rows() {
    return rows;
  }

  /** Whether the batch is as large as batches should be. */
  public boolean isFull() {
    return rows >= FULL_ROWS || rows % LOOK_EVERY == 0 && rows > 0 && bytes() >= FULL_BYTES;
  }

  public void write(InternalRow row) {
    for (int i = 0; i < places.length; i++) {
      columns.get(i).write(row, places[i]);
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
    Parts parts = new Parts();
    body = Platform.allocateMemory(Math.max(parts.bodyBytes, ALIGNMENT));
    map = Platform.allocateMemory(parts.mapBytes());
    parts.write(null, map, body, body);
    clear();
    return map;
  }

  /**
   * Ends the batch; the next row begins another.
   *
   * @return map and body in one piece; the map gives the body's address from the piece's beginning
   */
  public byte[] pack() {
    Parts parts = new Parts();
    byte[] piece = new byte[Math.toIntExact(parts.mapBytes() + parts.bodyBytes)];
    long begin = Platform.BYTE_ARRAY_OFFSET;
    parts.write(piece, begin, parts.mapBytes(), begin + parts.mapBytes());
    clear();
    return piece;
  }

  @Override
  public void close() {
    free();
    columns.forEach(ColumnWriter::close);
    columns.clear();
  }

  private long bytes() {
    return new Parts().bodyBytes;
  }

  private void clear() {
    columns.forEach(ColumnWriter::clear);
    rows = 0;
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

  /** What the batch at hand consists of. */
  private final class Parts {
    private final List<Long> nodes = new ArrayList<>();
    private final List<NativeBuffer> buffers = new ArrayList<>();
    private long bodyBytes;

    Parts() {
      columns.forEach(column -> column.addNodes(nodes));
      columns.forEach(column -> column.addBuffers(buffers));
      for (NativeBuffer buffer : buffers) {
        bodyBytes += aligned(buffer.length());
      }
    }

    /** Bytes of the map: three words, and two lists of pairs with their lengths. */
    long mapBytes() {
      return Long.BYTES * (5L + nodes.size() + 2L * buffers.size());
    }

    /**
     * Writes the map and the body to offsets of an object, or to addresses when it is null.
     *
     * @param bodyName the body's address, as the map is to give it
     */
    void write(Object base, long mapAt, long bodyName, long bodyAt) {
      List<Long> words = new ArrayList<>();
      words.add((long) rows);
      words.add(bodyName);
      words.add(bodyBytes);
      words.add(nodes.size() / 2L);
      words.addAll(nodes);
      words.add((long) buffers.size());
      long offset = 0;
      for (NativeBuffer buffer : buffers) {
        buffer.copyTo(base, bodyAt + offset);
        words.add(offset);
        words.add(buffer.length());
        offset += aligned(buffer.length());
      }
      for (int i = 0; i < words.size(); i++) {
        Platform.putLong(base, mapAt + (long) i * Long.BYTES, words.get(i));
      }
    }
  }
}
