package io.netlytics.spark.scan;

import io.netlytics.spark.files.FileSlice;
import io.netlytics.spark.files.FilesPartition;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskFailureListener;

/** Reads the slices of one partition, one after the other, as columnar batches. */
final class ColumnarReader implements PartitionReader<ColumnarBatch> {
  private final ScanTask task;
  private final Iterator<FileSlice> slices;
  private final ScanCounters counters = new ScanCounters();
  private final BadRecordsFile badRecords;
  private final TaskContext context = TaskContext.get();
  private ReadBuffer buffer;
  private SliceReader slice;
  private ColumnarBatch batch;
  private long rows;
  private boolean failed;

  ColumnarReader(ScanTask task, FilesPartition partition) {
    this.task = task;
    slices = partition.slices.iterator();
    badRecords = new BadRecordsFile(task, partition.index);
    buffer = ReadBuffer.take(task.bufferBytes);
    if (context != null) {
      TaskFailureListener onFailure = (failedContext, error) -> failed = true;
      context.addTaskFailureListener(onFailure);
    }
  }

  @Override
  public boolean next() {
    while (task.limit < 0 || rows < task.limit) {
      if (slice == null) {
        if (!slices.hasNext()) {
          break;
        }
        slice = new SliceReader(task, slices.next(), buffer, badRecords, counters);
      }
      batch = slice.next();
      if (batch != null) {
        rows += batch.numRows();
        return true;
      }
      closeSlice();
    }
    batch = null;
    return false;
  }

  @Override
  public ColumnarBatch get() {
    return batch;
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return ScanMetrics.of(slice == null ? counters : slice.counters());
  }

  @Override
  public void close() {
    if (buffer == null) {
      return;
    }
    boolean succeeded = !failed && (context == null || !context.isInterrupted());
    try {
      closeSlice();
    } finally {
      buffer.release();
      buffer = null;
      batch = null;
    }
    badRecords.close(succeeded);
    if (task.totals != null) {
      task.totals.add(counters);
    }
  }

  private void closeSlice() {
    if (slice != null) {
      slice.close();
      slice = null;
    }
  }
}
