package io.netlytics.arrow;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Writes one column's values, taken from Spark's rows or arrays, in Arrow's layout. */
abstract class ColumnWriter implements AutoCloseable {
  private final NativeBuffer validity = new NativeBuffer();
  private int length;
  private int nulls;

  /** @throws IllegalArgumentException for a type that does not cross the border */
  static ColumnWriter of(DataType type) {
    if (type.equals(DataTypes.LongType)) {
      return new Longs();
    } else if (type.equals(DataTypes.DoubleType)) {
      return new Doubles();
    } else if (type.equals(DataTypes.BooleanType)) {
      return new Booleans();
    } else if (type.equals(DataTypes.StringType)) {
      return new Texts();
    } else if (type instanceof ArrayType) {
      return new Lists(((ArrayType) type).elementType());
    }
    throw new IllegalArgumentException("No kernel takes a column of type " + type.catalogString());
  }

  /** Appends the value at a place of a row or of an array. */
  final void write(SpecializedGetters from, int at) {
    boolean isNull = from.isNullAt(at);
    validity.putBit(length++, !isNull);
    if (isNull) {
      nulls++;
      writeNothing();
    } else {
      writeValue(from, at);
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

  /** Columns with one buffer of values. */
  private abstract static class Fixed extends ColumnWriter {
    final NativeBuffer values = new NativeBuffer();

    @Override
    void addBuffers(List<NativeBuffer> buffers) {
      super.addBuffers(buffers);
      buffers.add(values);
    }

    @Override
    void clear() {
      super.clear();
      values.clear();
    }

    @Override
    public void close() {
      super.close();
      values.close();
    }
  }

  private static final class Longs extends Fixed {
    @Override
    void writeValue(SpecializedGetters from, int at) {
      values.putLong(from.getLong(at));
    }

    @Override
    void writeNothing() {
      values.putLong(0);
    }
  }

  private static final class Doubles extends Fixed {
    @Override
    void writeValue(SpecializedGetters from, int at) {
      values.putDouble(from.getDouble(at));
    }

    @Override
    void writeNothing() {
      values.putDouble(0);
    }
  }

  private static final class Booleans extends Fixed {
    @Override
    void writeValue(SpecializedGetters from, int at) {
      values.putBit(length() - 1, from.getBoolean(at));
    }

    @Override
    void writeNothing() {
      values.putBit(length() - 1, false);
    }
  }

  /** Columns whose values are of different lengths: where each ends, and what they hold. */
  private abstract static class Variable extends ColumnWriter {
    private final NativeBuffer offsets = new NativeBuffer();

    Variable() {
      offsets.putInt(0);
    }

    final void ends(long at) {
      offsets.putInt(Math.toIntExact(at));
    }

    @Override
    void addBuffers(List<NativeBuffer> buffers) {
      super.addBuffers(buffers);
      buffers.add(offsets);
    }

    @Override
    void clear() {
      super.clear();
      offsets.clear();
      offsets.putInt(0);
    }

    @Override
    public void close() {
      super.close();
      offsets.close();
    }
  }

  private static final class Texts extends Variable {
    private final NativeBuffer bytes = new NativeBuffer();

    @Override
    void writeValue(SpecializedGetters from, int at) {
      UTF8String text = from.getUTF8String(at);
      bytes.putBytes(text.getBaseObject(), text.getBaseOffset(), text.numBytes());
      ends(bytes.length());
    }

    @Override
    void writeNothing() {
      ends(bytes.length());
    }

    @Override
    void addBuffers(List<NativeBuffer> buffers) {
      super.addBuffers(buffers);
      buffers.add(bytes);
    }

    @Override
    void clear() {
      super.clear();
      bytes.clear();
    }

    @Override
    public void close() {
      super.close();
      bytes.close();
    }
  }

  private static final class Lists extends Variable {
    private final ColumnWriter members;

    Lists(DataType member) {
      members = ColumnWriter.of(member);
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
      ArrayData array = from.getArray(at);
      for (int i = 0; i < array.numElements(); i++) {
        members.write(array, i);
      }
      ends(members.length());
    }

    @Override
    void writeNothing() {
      ends(members.length());
    }

    @Override
    void addNodes(List<Long> nodes) {
      super.addNodes(nodes);
      members.addNodes(nodes);
    }

    @Override
    void addBuffers(List<NativeBuffer> buffers) {
      super.addBuffers(buffers);
      members.addBuffers(buffers);
    }

    @Override
    void clear() {
      super.clear();
      members.clear();
    }

    @Override
    public void close() {
      super.close();
      members.close();
    }
  }
}
