package io.netlytics.arrow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.unsafe.Platform;

/** Builds a batch in native memory the way the library lays it out; freed with {@link #close}. */
final class NativeBatch implements AutoCloseable {
  private static final int BODY = 4096;

  private final long body = Platform.allocateMemory(BODY);
  private final long layout = Platform.allocateMemory(BODY);
  private final List<Long> nodes = new ArrayList<>();
  private final List<Long> buffers = new ArrayList<>();
  private int used;

  NativeBatch node(long length, long nulls) {
    nodes.add(length);
    nodes.add(nulls);
    return this;
  }

  NativeBatch bytes(int... values) {
    start(values.length);
    for (int value : values) {
      Platform.putByte(null, body + used++, (byte) value);
    }
    return this;
  }

  NativeBatch text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    start(utf8.length);
    for (byte b : utf8) {
      Platform.putByte(null, body + used++, b);
    }
    return this;
  }

  NativeBatch ints(int... values) {
    start(values.length * Integer.BYTES);
    for (int value : values) {
      Platform.putInt(null, body + used, value);
      used += Integer.BYTES;
    }
    return this;
  }

  NativeBatch longs(long... values) {
    start(values.length * Long.BYTES);
    for (long value : values) {
      Platform.putLong(null, body + used, value);
      used += Long.BYTES;
    }
    return this;
  }

  private void start(int length) {
    used = (used + 7) / 8 * 8;
    buffers.add((long) used);
    buffers.add((long) length);
  }

  /** The layout's address for a batch of so many rows. */
  long address(long rows) {
    List<Long> words = new ArrayList<>();
    words.add(rows);
    words.add(body);
    words.add((long) used);
    words.add(nodes.size() / 2L);
    words.addAll(nodes);
    words.add(buffers.size() / 2L);
    words.addAll(buffers);
    for (int i = 0; i < words.size(); i++) {
      Platform.putLong(null, layout + (long) i * Long.BYTES, words.get(i));
    }
    return layout;
  }

  @Override
  public void close() {
    Platform.freeMemory(body);
    Platform.freeMemory(layout);
  }
}
