package io.netlytics.arrow;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes Spark's view of a batch that lies in native memory, without copying it. */
public final class ArrowBatch {
  private ArrowBatch() {}

  /**
   * @param layoutAddress the address {@link io.netlytics.jni.Native#step} or a kernel gave
   * @param schema the batch's columns, in order; may be empty
   * @return a view, valid until the scan's or kernel's next call; closing it frees nothing
   */
  public static ColumnarBatch at(long layoutAddress, StructType schema) {
    BatchLayout layout = new BatchLayout(layoutAddress);
    StructField[] fields = schema.fields();
    ColumnVector[] columns = new ColumnVector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      ArrowColumn column = column(fields[i].dataType(), layout);
      if (column.length != layout.rows()) {
        throw new IllegalStateException("Column " + fields[i].name() + " has " + column.length
            + " values in a batch of " + layout.rows() + " rows");
      }
      columns[i] = column;
    }
    layout.requireConsumed();
    return new ColumnarBatch(columns, layout.rows());
  }

  static ArrowColumn column(DataType type, BatchLayout layout) {
    if (type instanceof UserDefinedType) {
      return column(((UserDefinedType<?>) type).sqlType(), layout);
    }
    BatchLayout.Node node = layout.node();
    if (type.equals(DataTypes.LongType)) {
      return new LongColumn(node, layout);
    } else if (type.equals(DataTypes.DoubleType)) {
      return new DoubleColumn(node, layout);
    } else if (type.equals(DataTypes.IntegerType)) {
      return new IntColumn(node, layout);
    } else if (type.equals(DataTypes.ByteType)) {
      return new ByteColumn(node, layout);
    } else if (type.equals(DataTypes.BooleanType)) {
      return new BooleanColumn(node, layout);
    } else if (type.equals(DataTypes.StringType)) {
      return new Utf8Column(node, layout);
    } else if (type instanceof ArrayType) {
      return new ListColumn((ArrayType) type, node, layout);
    } else if (type instanceof StructType) {
      return new StructColumn((StructType) type, node, layout);
    }
    throw new IllegalStateException("No table has a column of type " + type.catalogString());
  }
}
