package io.netlytics.spark.scan;

import io.netlytics.NetlyticsException;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;

/** Reads partitions as rows. A row is valid until the next one is asked for. */
final class RowsOfPartition implements FlatMapFunction<Iterator<InputPartition>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ReaderFactory factory;

  RowsOfPartition(ReaderFactory factory) {
    this.factory = factory;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InputPartition> partitions) {
    // One element a task: as many slices were asked for as there are partitions.
    if (!partitions.hasNext()) {
      return Collections.emptyIterator();
    }
    PartitionReader<ColumnarBatch> reader = factory.createColumnarReader(partitions.next());
    TaskCompletionListener close = context -> close(reader);
    TaskContext.get().addTaskCompletionListener(close);
    return new Rows(reader);
  }

  private static void close(PartitionReader<ColumnarBatch> reader) {
    try {
      reader.close();
    } catch (IOException failed) {
      throw NetlyticsException.io("Cannot close", "a reader", failed);
    }
  }

  private static final class Rows implements Iterator<InternalRow> {
    private final PartitionReader<ColumnarBatch> reader;
    private Iterator<InternalRow> batch = Collections.emptyIterator();

    Rows(PartitionReader<ColumnarBatch> reader) {
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      try {
        while (!batch.hasNext() && reader.next()) {
          batch = reader.get().rowIterator();
        }
        return batch.hasNext();
      } catch (IOException failed) {
        throw NetlyticsException.io("Cannot read", "a partition", failed);
      }
    }

    @Override
    public InternalRow next() {
      return batch.next();
    }
  }
}
