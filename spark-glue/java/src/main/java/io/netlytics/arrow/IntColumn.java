package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;

/** 32-bit int values. Buffers: validity, values. */
final class IntColumn extends ArrowColumn {
  private final long values;

  IntColumn(Node node, BatchLayout layout) {
    super(DataTypes.IntegerType, node, layout.buffer());
    Buffer buffer = layout.buffer();
    values = buffer.address;
    if (LayoutCheck.enabled()) {
      LayoutCheck.values(node, buffer, Integer.BYTES);
    }
  }

  @Override
  public int getInt(int row) {
    return Platform.getInt(null, values + (long) row * Integer.BYTES);
  }
}
