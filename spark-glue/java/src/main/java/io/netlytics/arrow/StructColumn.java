package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Structs, whose members are columns of as many rows. Buffers: validity, then the members'. */
final class StructColumn extends ArrowColumn {
  private final ArrowColumn[] members;

  StructColumn(StructType type, Node node, BatchLayout layout) {
    super(type, node, layout.buffer());
    StructField[] fields = type.fields();
    members = new ArrowColumn[fields.length];
    for (int i = 0; i < fields.length; i++) {
      members[i] = ArrowBatch.column(fields[i].dataType(), layout);
      if (members[i].length != node.length) {
        throw new IllegalStateException("Member " + fields[i].name() + " has " + members[i].length
            + " values in a column of " + node.length);
      }
    }
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    return members[ordinal];
  }
}
