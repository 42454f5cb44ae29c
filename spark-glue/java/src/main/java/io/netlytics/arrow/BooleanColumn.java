package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;

/** Truth values. Buffers: validity, bits. */
final class BooleanColumn extends ArrowColumn {
  private final long bits;

  BooleanColumn(Node node, BatchLayout layout) {
    super(DataTypes.BooleanType, node, layout.buffer());
    Buffer buffer = layout.buffer();
    bits = buffer.address;
    if (LayoutCheck.enabled()) {
      LayoutCheck.bits(node, buffer);
    }
  }

  @Override
  public boolean getBoolean(int row) {
    return (Platform.getByte(null, bits + (row >> 3)) >> (row & 7) & 1) == 1;
  }
}
