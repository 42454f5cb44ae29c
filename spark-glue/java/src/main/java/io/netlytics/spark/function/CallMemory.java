package io.netlytics.spark.function;

import io.netlytics.jni.DirectMemory;
import io.netlytics.jni.NativeFunction;
import java.nio.ByteBuffer;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Memory outside the heap in which the values of a call cross to Rust and back. Each thread has its
 * own: Spark may evaluate one plan in several threads of a task. It is freed with the thread.
 */
final class CallMemory {
  private static final ThreadLocal<CallMemory> OF_THREAD =
      ThreadLocal.withInitial(CallMemory::new);

  /** Longer texts get memory for the time of the call. */
  private static final int TEXT_BYTES = 16 << 10;

  private static final long NULL = -1;

  /** Keeps the memory from being freed. */
  private final ByteBuffer direct =
      ByteBuffer.allocateDirect(2 * NativeFunction.SLOT_BYTES + TEXT_BYTES);

  private final long argument = DirectMemory.address(direct);
  private final long result = argument + NativeFunction.SLOT_BYTES;
  private final long text = result + NativeFunction.SLOT_BYTES;

  static CallMemory ofThread() {
    return OF_THREAD.get();
  }

  /**
   * Calls a function that makes a text of a text.
   *
   * @param function number of the function
   * @return the result, on the heap; null when it is null
   */
  UTF8String call(long function, UTF8String value) {
    int bytes = value.numBytes();
    if (value.getBaseObject() == null) {
      return callAt(function, value.getBaseOffset(), bytes);
    }
    if (bytes <= TEXT_BYTES) {
      value.writeToMemory(null, text);
      return callAt(function, text, bytes);
    }
    long large = Platform.allocateMemory(bytes);
    try {
      value.writeToMemory(null, large);
      return callAt(function, large, bytes);
    } finally {
      Platform.freeMemory(large);
    }
  }

  private UTF8String callAt(long function, long address, int bytes) {
    Platform.putLong(null, argument, address);
    Platform.putLong(null, argument + Long.BYTES, bytes);
    NativeFunction.row(function, argument);
    long length = Platform.getLong(null, result + Long.BYTES);
    if (length == NULL) {
      return null;
    }
    // A copy: Spark may keep the value while the function is called again.
    byte[] made = new byte[Math.toIntExact(length)];
    Platform.copyMemory(
        null, Platform.getLong(null, result), made, Platform.BYTE_ARRAY_OFFSET, length);
    return UTF8String.fromBytes(made);
  }
}
