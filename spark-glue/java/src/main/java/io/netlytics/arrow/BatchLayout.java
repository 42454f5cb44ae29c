package io.netlytics.arrow;

import org.apache.spark.unsafe.Platform;

/**
 * Where a batch's values lie: an Arrow IPC record batch message, flattened by the native library to
 * longs in native byte order.
 *
 * <pre>rows, bodyAddress, bodyLength,
 * nodeCount, (length, nullCount) × nodeCount,
 * bufferCount, (offsetInBody, length) × bufferCount</pre>
 *
 * Nodes and buffers follow the schema depth first; columns take theirs in that order. The memory is
 * the scan's: valid until its next step.
 */
final class BatchLayout {
  private static final int WORD = Long.BYTES;

  private final long rows;
  private final long body;
  private final long bodyLength;
  private final long nodeCount;
  private final long bufferCount;
  private final long nodes;
  private final long buffers;
  private long nextNode;
  private long nextBuffer;

  BatchLayout(long address) {
    rows = Platform.getLong(null, address);
    body = Platform.getLong(null, address + WORD);
    bodyLength = Platform.getLong(null, address + 2 * WORD);
    nodeCount = Platform.getLong(null, address + 3 * WORD);
    nodes = address + 4 * WORD;
    long afterNodes = nodes + nodeCount * 2 * WORD;
    bufferCount = Platform.getLong(null, afterNodes);
    buffers = afterNodes + WORD;
  }

  int rows() {
    return Math.toIntExact(rows);
  }

  /** The next column's node: how many values, how many of them null. */
  Node node() {
    if (nextNode == nodeCount) {
      throw new IllegalStateException(
          "The batch has " + nodeCount + " nodes, fewer than its schema asks for");
    }
    long at = nodes + nextNode++ * 2 * WORD;
    return new Node(
        Math.toIntExact(Platform.getLong(null, at)),
        Math.toIntExact(Platform.getLong(null, at + WORD)));
  }

  /** The next buffer of the current column. */
  Buffer buffer() {
    if (nextBuffer == bufferCount) {
      throw new IllegalStateException(
          "The batch has " + bufferCount + " buffers, fewer than its schema asks for");
    }
    long at = buffers + nextBuffer++ * 2 * WORD;
    long offset = Platform.getLong(null, at);
    long length = Platform.getLong(null, at + WORD);
    if (offset < 0 || length < 0 || offset + length > bodyLength) {
      throw new IllegalStateException("Buffer " + (nextBuffer - 1) + " of the batch (" + length
          + " bytes at " + offset + ") lies outside its body of " + bodyLength + " bytes");
    }
    return new Buffer(body + offset, length);
  }

  /** All nodes and buffers must have been taken: anything left means the schemas differ. */
  void requireConsumed() {
    if (nextNode != nodeCount || nextBuffer != bufferCount) {
      throw new IllegalStateException("The batch has " + nodeCount + " nodes and " + bufferCount
          + " buffers, its schema takes " + nextNode + " and " + nextBuffer);
    }
  }

  /** Length and null count of one column, in values. */
  static final class Node {
    final int length;
    final int nulls;

    Node(int length, int nulls) {
      this.length = length;
      this.nulls = nulls;
    }
  }

  /** One buffer outside the heap: address and length in bytes. */
  static final class Buffer {
    final long address;
    final long length;

    Buffer(long address, long length) {
      this.address = address;
      this.length = length;
    }
  }
}
