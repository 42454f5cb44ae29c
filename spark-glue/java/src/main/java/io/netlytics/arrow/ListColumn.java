package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.Platform;

/** Arrays of one kind of value. Buffers: validity, 32-bit offsets into the child, then the child's. */
final class ListColumn extends ArrowColumn {
  private final long offsets;
  private final ArrowColumn child;

  ListColumn(ArrayType type, Node node, BatchLayout layout) {
    super(type, node, layout.buffer());
    Buffer offsetBuffer = layout.buffer();
    offsets = offsetBuffer.address;
    child = ArrowBatch.column(type.elementType(), layout);
    if (LayoutCheck.enabled()) {
      LayoutCheck.offsets(node, offsetBuffer, child.length);
    }
  }

  @Override
  public ColumnarArray getArray(int row) {
    if (isNullAt(row)) {
      return null;
    }
    long at = offsets + (long) row * Integer.BYTES;
    int start = Platform.getInt(null, at);
    return new ColumnarArray(child, start, Platform.getInt(null, at + Integer.BYTES) - start);
  }
}
