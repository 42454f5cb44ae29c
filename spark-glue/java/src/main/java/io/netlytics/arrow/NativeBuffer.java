package io.netlytics.arrow;

import org.apache.spark.unsafe.Platform;

/** Memory outside the heap that grows as it is written. Freed with {@link #close}. */
final class NativeBuffer implements AutoCloseable {
  private static final int SMALLEST = 1024;

  private long address = Platform.allocateMemory(SMALLEST);
  private long capacity = SMALLEST;
  private long length;

  long length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  void putByte(byte value) {
    Platform.putByte(null, room(Byte.BYTES), value);
  }

  void putInt(int value) {
    Platform.putInt(null, room(Integer.BYTES), value);
  }

  void putLong(long value) {
    Platform.putLong(null, room(Long.BYTES), value);
  }

  void putDouble(double value) {
    Platform.putDouble(null, room(Double.BYTES), value);
  }

  /** Appends bytes that lie at an offset of an object, or at an address when the object is null. */
  void putBytes(Object base, long offset, int bytes) {
    Platform.copyMemory(base, offset, null, room(bytes), bytes);
  }

  /** Sets bit {@code index}, the next one, of a bitmap. */
  void putBit(int index, boolean value) {
    if ((index & 7) == 0) {
      Platform.putByte(null, room(1), (byte) 0);
    }
    if (value) {
      long at = address + (index >> 3);
      Platform.putByte(null, at, (byte) (Platform.getByte(null, at) | 1 << (index & 7)));
    }
  }

  /** Copies what was written to an offset of an object, or to an address when it is null. */
  void copyTo(Object base, long offset) {
    Platform.copyMemory(null, address, base, offset, length);
  }

  @Override
  public void close() {
    Platform.freeMemory(address);
    address = 0;
  }

  private long room(int bytes) {
    if (length + bytes > capacity) {
      long grown = Math.max(2 * capacity, length + bytes);
      address = Platform.reallocateMemory(address, capacity, grown);
      capacity = grown;
    }
    long at = address + length;
    length += bytes;
    return at;
  }
}
