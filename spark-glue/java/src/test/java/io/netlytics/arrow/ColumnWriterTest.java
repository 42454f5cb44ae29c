package io.netlytics.arrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.sql.vectorized.ColumnarRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a batch is written from is what is read of it. */
class ColumnWriterTest {
  private static final StructType VECTOR = new StructType()
      .add("type", DataTypes.ByteType, false)
      .add("size", DataTypes.IntegerType)
      .add("indices", DataTypes.createArrayType(DataTypes.IntegerType, false))
      .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false));

  @BeforeAll
  static void checkLayouts() {
    System.setProperty(LayoutCheck.PROPERTY, "true");
  }

  @AfterAll
  static void stopChecking() {
    System.clearProperty(LayoutCheck.PROPERTY);
  }

  /** Writes values of one column twice, as two batches, and looks at each. */
  private static void column(DataType type, List<?> values, Consumer<ColumnVector> check) {
    try (BatchWriter writer = new BatchWriter(new StructType().add("a", type))) {
      for (int batch = 0; batch < 2; batch++) {
        values.forEach(value -> writer.write(row(value)));
        ColumnarBatch read =
            ArrowBatch.at(writer.finish(), new StructType().add("a", type));
        assertEquals(values.size(), read.numRows());
        check.accept(read.column(0));
      }
    }
  }

  private static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  @Test
  void numbersAndTheirNulls() {
    column(DataTypes.ByteType, Arrays.asList((byte) 7, null, (byte) -1), read -> {
      assertEquals(7, read.getByte(0));
      assertTrue(read.isNullAt(1));
      assertEquals(-1, read.getByte(2));
    });
    column(DataTypes.IntegerType, Arrays.asList(null, Integer.MIN_VALUE), read -> {
      assertTrue(read.isNullAt(0));
      assertEquals(Integer.MIN_VALUE, read.getInt(1));
    });
    column(DataTypes.BooleanType, Arrays.asList(true, null, false), read -> {
      assertTrue(read.getBoolean(0));
      assertTrue(read.isNullAt(1));
      assertFalse(read.getBoolean(2));
    });
  }

  @Test
  void arraysInOnePieceOrByElement() {
    double[] numbers = {0.5, -0.0, Double.NaN};
    ArrayData packed = UnsafeArrayData.fromPrimitiveArray(numbers);
    ArrayData generic = new GenericArrayData(new Object[] {1.0, null});
    ArrayData empty = UnsafeArrayData.fromPrimitiveArray(new double[0]);
    DataType type = DataTypes.createArrayType(DataTypes.DoubleType);
    column(type, Arrays.asList(packed, null, generic, empty, packed), read -> {
      assertArrayEquals(numbers, read.getArray(0).toDoubleArray());
      assertNull(read.getArray(1));
      assertEquals(1.0, read.getArray(2).getDouble(0));
      assertTrue(read.getArray(2).isNullAt(1));
      assertEquals(0, read.getArray(3).numElements());
      assertArrayEquals(numbers, read.getArray(4).toDoubleArray());
    });
  }

  @Test
  void packedArraysKeepTheirNulls() {
    UnsafeArrayData packed = UnsafeArrayData.fromPrimitiveArray(new int[70]);
    packed.setNullAt(69);
    column(DataTypes.createArrayType(DataTypes.IntegerType), Arrays.asList(packed), read -> {
      assertFalse(read.getArray(0).isNullAt(68));
      assertTrue(read.getArray(0).isNullAt(69));
    });
  }

  @Test
  void vectorsAreTheirStructs() {
    InternalRow dense =
        row((byte) 1, null, null, UnsafeArrayData.fromPrimitiveArray(new double[] {1, 2}));
    InternalRow sparse = row((byte) 0, 9, UnsafeArrayData.fromPrimitiveArray(new int[] {4}),
        UnsafeArrayData.fromPrimitiveArray(new double[] {3}));
    column(new VectorType(), Arrays.asList(dense, null, sparse), read -> {
      assertEquals(VECTOR, read.dataType());
      ColumnarRow first = read.getStruct(0);
      assertEquals(1, first.getByte(0));
      assertTrue(first.isNullAt(1));
      assertTrue(first.isNullAt(2));
      assertArrayEquals(new double[] {1, 2}, first.getArray(3).toDoubleArray());
      assertNull(read.getStruct(1));
      ColumnarRow last = read.getStruct(2);
      assertEquals(9, last.getInt(1));
      assertArrayEquals(new int[] {4}, last.getArray(2).toIntArray());
      assertEquals(3.0, last.getArray(3).getDouble(0));
    });
  }

  @Test
  void structsOfStructsAndTexts() {
    StructType inner = new StructType().add("s", DataTypes.StringType);
    StructType outer = new StructType().add("i", inner).add("n", DataTypes.LongType);
    InternalRow full = row(row(UTF8String.fromString("é")), 1L);
    column(outer, Arrays.asList(full, row(null, 2L), null), read -> {
      assertEquals("é", read.getStruct(0).getStruct(0, 1).getUTF8String(0).toString());
      assertTrue(read.getStruct(1).isNullAt(0));
      assertEquals(2L, read.getStruct(1).getLong(1));
      assertTrue(read.isNullAt(2));
    });
  }

  @Test
  void membersOfAnotherLengthThrowInsteadOfCrashing() {
    try (NativeBatch batch = new NativeBatch()) {
      long address =
          batch.node(2, 0).bytes().node(1, 0).bytes().longs(1).address(2);
      StructType schema =
          new StructType().add("a", new StructType().add("n", DataTypes.LongType));
      assertThrows(IllegalStateException.class, () -> ArrowBatch.at(address, schema));
    }
  }

  @Test
  void otherTypesAreRefusedByName() {
    StructType schema = new StructType().add("when", DataTypes.TimestampType);
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> new BatchWriter(schema));
    assertTrue(error.getMessage().contains("timestamp"));
  }

  /** Stands for Spark ML's VectorUDT, which is in a jar that is not needed otherwise. */
  private static final class VectorType extends UserDefinedType<Object> {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType sqlType() {
      return VECTOR;
    }

    @Override
    public Object serialize(Object vector) {
      return vector;
    }

    @Override
    public Object deserialize(Object datum) {
      return datum;
    }

    @Override
    public Class<Object> userClass() {
      return Object.class;
    }
  }
}
