package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;

/** 8-bit byte values. Buffers: validity, values. */
final class ByteColumn extends ArrowColumn {
  private final long values;

  ByteColumn(Node node, BatchLayout layout) {
    super(DataTypes.ByteType, node, layout.buffer());
    Buffer buffer = layout.buffer();
    values = buffer.address;
    if (LayoutCheck.enabled()) {
      LayoutCheck.values(node, buffer, Byte.BYTES);
    }
  }

  @Override
  public byte getByte(int row) {
    return Platform.getByte(null, values + row);
  }
}
