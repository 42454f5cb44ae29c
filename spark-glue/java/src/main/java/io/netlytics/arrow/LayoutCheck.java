package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.unsafe.Platform;

/**
 * Checks that a batch's buffers are as long as its node counts need, so that a wrong length throws
 * instead of crashing the JVM. On with {@code -Dnetlytics.check.layout=true}; it reads every offset,
 * so it is off otherwise.
 */
final class LayoutCheck {
  static final String PROPERTY = "netlytics.check.layout";

  private LayoutCheck() {}

  static boolean enabled() {
    return Boolean.getBoolean(PROPERTY);
  }

  static void validity(Node node, Buffer validity) {
    if (node.nulls < 0 || node.nulls > node.length) {
      throw new IllegalStateException(node.nulls + " nulls among " + node.length + " values");
    }
    long needed = node.nulls == 0 ? 0 : (node.length + 7L) / 8;
    atLeast("validity", validity, needed);
    if (node.nulls > 0) {
      int clear = 0;
      for (int row = 0; row < node.length; row++) {
        clear += 1 - ((Platform.getByte(null, validity.address + (row >> 3)) >> (row & 7)) & 1);
      }
      if (clear != node.nulls) {
        throw new IllegalStateException(
            "The validity bits show " + clear + " nulls, the node says " + node.nulls);
      }
    }
  }

  static void values(Node node, Buffer values, int width) {
    atLeast("values", values, (long) node.length * width);
  }

  static void bits(Node node, Buffer bits) {
    atLeast("bits", bits, (node.length + 7L) / 8);
  }

  /** Offsets must start at or above 0, never fall, and end within what they point into. */
  static void offsets(Node node, Buffer offsets, long available) {
    if (node.length == 0) {
      return;
    }
    atLeast("offsets", offsets, (node.length + 1L) * Integer.BYTES);
    int previous = 0;
    for (int i = 0; i <= node.length; i++) {
      int offset = Platform.getInt(null, offsets.address + (long) i * Integer.BYTES);
      if (offset < previous || offset > available) {
        throw new IllegalStateException("Offset " + i + " is " + offset + " after " + previous
            + " with " + available + " available");
      }
      previous = offset;
    }
  }

  private static void atLeast(String what, Buffer buffer, long needed) {
    if (buffer.length < needed) {
      throw new IllegalStateException(
          "The " + what + " buffer has " + buffer.length + " bytes and needs " + needed);
    }
  }
}
