package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.Platform;

/** 64-bit long values. Buffers: validity, values. */
final class LongColumn extends ArrowColumn {
  private final long values;

  LongColumn(Node node, BatchLayout layout) {
    super(DataTypes.LongType, node, layout.buffer());
    Buffer buffer = layout.buffer();
    values = buffer.address;
    if (LayoutCheck.enabled()) {
      LayoutCheck.values(node, buffer, Long.BYTES);
    }
  }

  @Override
  public long getLong(int row) {
    return Platform.getLong(null, values + (long) row * Long.BYTES);
  }
}
