package io.netlytics.arrow;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Writes one column's values, taken from Spark's rows or arrays, in Arrow's layout. */
abstract class ColumnWriter implements AutoCloseable {
  private final NativeBuffer validity = new NativeBuffer();
  private int length;
  private int nulls;

  /** @throws IllegalArgumentException for a type that does not cross the border */
  static ColumnWriter of(DataType type) {
    if (type.equals(DataTypes.LongType)) {
      return new FixedWriter.Longs();
    } else if (type.equals(DataTypes.DoubleType)) {
      return new FixedWriter.Doubles();
    } else if (type.equals(DataTypes.IntegerType)) {
      return new FixedWriter.Ints();
    } else if (type.equals(DataTypes.ByteType)) {
      return new FixedWriter.Bytes();
    } else if (type.equals(DataTypes.BooleanType)) {
      return new BooleanWriter();
    } else if (type.equals(DataTypes.StringType)) {
      return new VariableWriter.Texts();
    } else if (type instanceof ArrayType) {
      return new VariableWriter.Lists(((ArrayType) type).elementType());
    } else if (type instanceof StructType) {
      return new StructWriter((StructType) type);
    } else if (type instanceof UserDefinedType) {
      return of(((UserDefinedType<?>) type).sqlType());
    }
    throw new IllegalArgumentException("No kernel takes a column of type " + type.catalogString());
  }

  /** Appends the value at a place of a row or of an array. */
  final void write(SpecializedGetters from, int at) {
    if (from.isNullAt(at)) {
      writeNull();
    } else {
      validity.putBit(length++, true);
      writeValue(from, at);
    }
  }

  final void writeNull() {
    validity.putBit(length++, false);
    nulls++;
    writeNothing();
  }

  /** Appends all values of an array. */
  void writeAll(ArrayData array) {
    for (int i = 0; i < array.numElements(); i++) {
      write(array, i);
    }
  }

  /** Counts in values, none of them null, that are written all at once. */
  final void addValid(int count) {
    for (int i = 0; i < count; i++) {
      validity.putBit(length++, true);
    }
  }

  final int length() {
    return length;
  }

  /** Adds length and null count of this column and of its members. */
  void addNodes(List<Long> nodes) {
    nodes.add((long) length);
    nodes.add((long) nulls);
  }

  /** Adds the buffers of this column and of its members. */
  void addBuffers(List<NativeBuffer> buffers) {
    buffers.add(validity);
  }

  void clear() {
    validity.clear();
    length = 0;
    nulls = 0;
  }

  @Override
  public void close() {
    validity.close();
  }

  abstract void writeValue(SpecializedGetters from, int at);

  /** Takes the slot of a null. */
  abstract void writeNothing();
}
