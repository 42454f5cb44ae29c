package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Strings that point into native memory. Buffers: validity, 32-bit offsets, bytes. */
final class Utf8Column extends ArrowColumn {
  private final long offsets;
  private final long bytes;

  Utf8Column(Node node, BatchLayout layout) {
    super(DataTypes.StringType, node, layout.buffer());
    Buffer offsetBuffer = layout.buffer();
    Buffer byteBuffer = layout.buffer();
    offsets = offsetBuffer.address;
    bytes = byteBuffer.address;
    if (LayoutCheck.enabled()) {
      LayoutCheck.offsets(node, offsetBuffer, byteBuffer.length);
    }
  }

  @Override
  public UTF8String getUTF8String(int row) {
    if (isNullAt(row)) {
      return null;
    }
    long at = offsets + (long) row * Integer.BYTES;
    int start = Platform.getInt(null, at);
    return UTF8String.fromAddress(null, bytes + start, Platform.getInt(null, at + Integer.BYTES) - start);
  }
}
