package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;

/** 64-bit double values. Buffers: validity, values. */
final class DoubleColumn extends ArrowColumn {
  private final long values;

  DoubleColumn(Node node, BatchLayout layout) {
    super(DataTypes.DoubleType, node, layout.buffer());
    Buffer buffer = layout.buffer();
    values = buffer.address;
    if (LayoutCheck.enabled()) {
      LayoutCheck.values(node, buffer, Double.BYTES);
    }
  }

  @Override
  public double getDouble(int row) {
    return Platform.getDouble(null, values + (long) row * Double.BYTES);
  }
}
