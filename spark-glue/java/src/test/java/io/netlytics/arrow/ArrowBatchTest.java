package io.netlytics.arrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArrowBatchTest {
  private static final DataType STRINGS = DataTypes.createArrayType(DataTypes.StringType);

  @BeforeAll
  static void checkLayouts() {
    System.setProperty(LayoutCheck.PROPERTY, "true");
  }

  @AfterAll
  static void stopChecking() {
    System.clearProperty(LayoutCheck.PROPERTY);
  }

  private static StructType one(DataType type) {
    return new StructType().add("a", type);
  }

  @Test
  void longsAndTheirNulls() {
    try (NativeBatch batch = new NativeBatch()) {
      batch.node(3, 1).bytes(0b101).longs(7, 0, -1);
      ColumnarBatch rows = ArrowBatch.at(batch.address(3), one(DataTypes.LongType));
      ColumnVector column = rows.column(0);
      assertEquals(7, column.getLong(0));
      assertTrue(column.isNullAt(1));
      assertEquals(-1, column.getLong(2));
      assertEquals(1, column.numNulls());
      assertThrows(UnsupportedOperationException.class, () -> column.getUTF8String(0));
      rows.close();
      rows.close();
      assertEquals(7, column.getLong(0), "closing must not free what the scan owns");
    }
  }

  @Test
  void doublesWithoutAValidityBuffer() {
    try (NativeBatch batch = new NativeBatch()) {
      batch.node(1, 0).bytes().longs(Double.doubleToLongBits(1.5));
      ColumnVector column =
          ArrowBatch.at(batch.address(1), one(DataTypes.DoubleType)).column(0);
      assertEquals(1.5, column.getDouble(0));
      assertFalse(column.hasNull());
    }
  }

  @Test
  void stringsPointIntoTheBatch() {
    try (NativeBatch batch = new NativeBatch()) {
      batch.node(3, 1).bytes(0b011).ints(0, 2, 2, 2).text("é");
      ColumnVector column =
          ArrowBatch.at(batch.address(3), one(DataTypes.StringType)).column(0);
      assertEquals("é", column.getUTF8String(0).toString());
      assertEquals("", column.getUTF8String(1).toString());
      assertNull(column.getUTF8String(2));
    }
  }

  @Test
  void listsOfStrings() {
    try (NativeBatch batch = new NativeBatch()) {
      batch.node(2, 0).bytes().ints(0, 0, 2).node(2, 1).bytes(0b01).ints(0, 1, 1).text("x");
      ColumnVector column = ArrowBatch.at(batch.address(2), one(STRINGS)).column(0);
      assertEquals(0, column.getArray(0).numElements());
      assertEquals("x", column.getArray(1).getUTF8String(0).toString());
      assertTrue(column.getArray(1).isNullAt(1));
    }
  }

  @Test
  void listsOfLongs() {
    try (NativeBatch batch = new NativeBatch()) {
      batch.node(1, 0).bytes().ints(1, 3).node(3, 0).bytes().longs(1, 2, 3);
      ColumnVector column =
          ArrowBatch.at(batch.address(1), one(DataTypes.createArrayType(DataTypes.LongType)))
              .column(0);
      assertArrayEquals(new long[] {2, 3}, column.getArray(0).toLongArray());
    }
  }

  @Test
  void noColumnsStillCount() {
    try (NativeBatch batch = new NativeBatch()) {
      assertEquals(9, ArrowBatch.at(batch.address(9), new StructType()).numRows());
    }
  }

  @Test
  void wrongLengthsThrowInsteadOfCrashing() {
    refused(one(DataTypes.LongType), new NativeBatch().node(2, 0).bytes().longs(1));
    refused(one(DataTypes.LongType), new NativeBatch().node(1, 0).bytes().longs(1));
    refused(one(DataTypes.LongType), new NativeBatch().node(2, 1).bytes(0b11).longs(1, 2));
    refused(one(DataTypes.StringType),
        new NativeBatch().node(2, 0).bytes().ints(0, 2, 1).text("ab"));
    refused(one(DataTypes.StringType),
        new NativeBatch().node(2, 0).bytes().ints(0, 1, 9).text("ab"));
    refused(one(DataTypes.StringType), new NativeBatch().node(2, 0).bytes().longs(1, 2));
    refused(new StructType(), new NativeBatch().node(2, 0).bytes().longs(1, 2));
  }

  private static void refused(StructType schema, NativeBatch batch) {
    try (NativeBatch twoRows = batch) {
      long address = twoRows.address(2);
      assertThrows(IllegalStateException.class, () -> ArrowBatch.at(address, schema));
    }
  }
}
