package io.netlytics.spark.kernel;

import io.netlytics.arrow.BatchWriter;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of a partition as batches in Arrow's layout, each in one piece: to be kept by Spark. */
final class PackedBatches implements FlatMapFunction<Iterator<InternalRow>, byte[]> {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final LongAccumulator bytes;

  /** @param bytes is told how many there are */
  PackedBatches(StructType schema, LongAccumulator bytes) {
    this.schema = schema;
    this.bytes = bytes;
  }

  @Override
  public Iterator<byte[]> call(Iterator<InternalRow> rows) {
    BatchWriter writer = new BatchWriter(schema);
    TaskCompletionListener close = context -> writer.close();
    TaskContext.get().addTaskCompletionListener(close);
    return new Iterator<byte[]>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public byte[] next() {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        while (!writer.isFull() && rows.hasNext()) {
          writer.write(rows.next());
        }
        byte[] piece = writer.pack();
        bytes.add(piece.length);
        return piece;
      }
    };
  }
}
