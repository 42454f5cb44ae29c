package io.netlytics.spark.scan;

import io.netlytics.jni.DirectMemory;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * A buffer outside the heap that file bytes are read into and that the native reader reads from.
 * Buffers are pooled: as many live as tasks have run at once in this JVM.
 */
final class ReadBuffer {
  private static final ConcurrentLinkedQueue<ReadBuffer> POOL = new ConcurrentLinkedQueue<>();

  private final ByteBuffer direct;
  private final long address;
  /** For streams that cannot read into a direct buffer; made when the first one comes. */
  private byte[] heap;

  private ReadBuffer(int capacity) {
    direct = ByteBuffer.allocateDirect(capacity);
    address = DirectMemory.address(direct);
  }

  /** A buffer of at least this many bytes; give it back with {@link #release}. */
  static ReadBuffer take(int capacity) {
    ReadBuffer pooled = POOL.poll();
    return pooled != null && pooled.direct.capacity() >= capacity
        ? pooled : new ReadBuffer(capacity);
  }

  /** Gives the buffer back; its owner must not touch it afterwards. */
  void release() {
    POOL.add(this);
  }

  long address() {
    return address;
  }

  int capacity() {
    return direct.capacity();
  }

  /**
   * Overwrites the buffer from its beginning until it holds {@code most} bytes or the file ends.
   *
   * @return how many bytes it holds; fewer than {@code most} only at the end of the file
   */
  int fill(FSDataInputStream in, int most, boolean throughHeap) throws IOException {
    // As Buffer: ByteBuffer's own clear() and limit() came with Java 9.
    ((Buffer) direct).clear();
    ((Buffer) direct).limit(most);
    while (direct.hasRemaining()) {
      int read = throughHeap ? readThroughHeap(in) : in.read(direct);
      if (read < 0) {
        break;
      }
    }
    return direct.position();
  }

  private int readThroughHeap(FSDataInputStream in) throws IOException {
    if (heap == null) {
      heap = new byte[direct.capacity()];
    }
    int read = in.read(heap, 0, direct.remaining());
    if (read > 0) {
      direct.put(heap, 0, read);
    }
    return read;
  }
}
