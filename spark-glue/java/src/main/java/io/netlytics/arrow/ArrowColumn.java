package io.netlytics.arrow;

import io.netlytics.arrow.BatchLayout.Buffer;
import io.netlytics.arrow.BatchLayout.Node;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column read in place from native memory. It does not own that memory: {@link #close()} does
 * nothing, since some Spark versions call it after every batch and some never do.
 */
abstract class ArrowColumn extends ColumnVector {
  final int length;
  private final int nulls;
  private final long validity;

  ArrowColumn(DataType type, Node node, Buffer validity) {
    super(type);
    this.length = node.length;
    this.nulls = node.nulls;
    this.validity = validity.address;
    if (LayoutCheck.enabled()) {
      LayoutCheck.validity(node, validity);
    }
  }

  @Override
  public final void close() {}

  @Override
  public final boolean hasNull() {
    return nulls > 0;
  }

  @Override
  public final int numNulls() {
    return nulls;
  }

  @Override
  public final boolean isNullAt(int row) {
    return nulls > 0 && (Platform.getByte(null, validity + (row >> 3)) >> (row & 7) & 1) == 0;
  }

  @Override
  public boolean getBoolean(int row) {
    throw wrongType("boolean");
  }

  @Override
  public byte getByte(int row) {
    throw wrongType("byte");
  }

  @Override
  public short getShort(int row) {
    throw wrongType("short");
  }

  @Override
  public int getInt(int row) {
    throw wrongType("int");
  }

  @Override
  public long getLong(int row) {
    throw wrongType("long");
  }

  @Override
  public float getFloat(int row) {
    throw wrongType("float");
  }

  @Override
  public double getDouble(int row) {
    throw wrongType("double");
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw wrongType("array");
  }

  @Override
  public ColumnarMap getMap(int row) {
    throw wrongType("map");
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw wrongType("decimal");
  }

  @Override
  public UTF8String getUTF8String(int row) {
    throw wrongType("string");
  }

  @Override
  public byte[] getBinary(int row) {
    throw wrongType("binary");
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw wrongType("struct");
  }

  private UnsupportedOperationException wrongType(String asked) {
    return new UnsupportedOperationException("A column of " + type + " was read as " + asked);
  }
}
