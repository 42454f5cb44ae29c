package io.netlytics.arrow;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.bitset.BitSetMethods;

/** Writes numbers of one width: one buffer of values. */
abstract class FixedWriter extends ColumnWriter {
  final NativeBuffer values = new NativeBuffer();
  private final int width;

  /** @param width bytes of a value */
  private FixedWriter(int width) {
    this.width = width;
  }

  /** Copies the values of an array without nulls in one piece where Spark keeps them so. */
  @Override
  final void writeAll(ArrayData array) {
    if (!(array instanceof UnsafeArrayData) || hasNull((UnsafeArrayData) array)) {
      super.writeAll(array);
      return;
    }
    UnsafeArrayData packed = (UnsafeArrayData) array;
    int count = packed.numElements();
    long begin = packed.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(count);
    values.putBytes(packed.getBaseObject(), begin, Math.multiplyExact(count, width));
    addValid(count);
  }

  /** The bits of nulls come after the number of elements, as whole words. */
  private static boolean hasNull(UnsafeArrayData array) {
    int header = UnsafeArrayData.calculateHeaderPortionInBytes(array.numElements());
    long bits = array.getBaseOffset() + Long.BYTES;
    return BitSetMethods.anySet(array.getBaseObject(), bits, header / Long.BYTES - 1);
  }

  @Override
  final void addBuffers(List<NativeBuffer> buffers) {
    super.addBuffers(buffers);
    buffers.add(values);
  }

  @Override
  final void clear() {
    super.clear();
    values.clear();
  }

  @Override
  public final void close() {
    super.close();
    values.close();
  }

  static final class Bytes extends FixedWriter {
    Bytes() {
      super(Byte.BYTES);
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
      values.putByte(from.getByte(at));
    }

    @Override
    void writeNothing() {
      values.putByte((byte) 0);
    }
  }

  static final class Ints extends FixedWriter {
    Ints() {
      super(Integer.BYTES);
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
      values.putInt(from.getInt(at));
    }

    @Override
    void writeNothing() {
      values.putInt(0);
    }
  }

  static final class Longs extends FixedWriter {
    Longs() {
      super(Long.BYTES);
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
      values.putLong(from.getLong(at));
    }

    @Override
    void writeNothing() {
      values.putLong(0);
    }
  }

  static final class Doubles extends FixedWriter {
    Doubles() {
      super(Double.BYTES);
    }

    @Override
    void writeValue(SpecializedGetters from, int at) {
      values.putDouble(from.getDouble(at));
    }

    @Override
    void writeNothing() {
      values.putDouble(0);
    }
  }
}
