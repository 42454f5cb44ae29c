package io.netlytics.spark.scan;

import io.netlytics.NetlyticsException;
import io.netlytics.arrow.ArrowBatch;
import io.netlytics.jni.Native;
import io.netlytics.spark.files.FileSlice;
import java.io.Closeable;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Drives one native scan over one slice. */
final class SliceReader implements Closeable {
  private final FileSlice slice;
  private final StructType schema;
  private final SliceInput input;
  private final ReadBuffer buffer;
  private final ScanCounters counters;
  private final BadRecordsFile badRecords;
  private final long[] outcome = new long[Native.OUTCOME_LONGS];
  private long scan;
  private int offset;
  private int filled;

  SliceReader(ScanTask task, FileSlice slice, ReadBuffer buffer, BadRecordsFile badRecords,
      ScanCounters counters) {
    this.slice = slice;
    this.schema = task.schema;
    this.buffer = buffer;
    this.badRecords = badRecords;
    this.counters = counters;
    input = new SliceInput(slice, task.hadoop.get());
    try {
      scan = Native.open(
          ScanTemplate.forSlice(task.template, slice.path, slice.start, slice.length),
          slice.head == null ? input.head() : slice.head);
    } catch (RuntimeException refused) {
      input.close();
      throw refused;
    }
    counters.files += slice.start == 0 ? 1 : 0;
  }

  /** The next batch, valid until the next call, or null at the slice's end. */
  ColumnarBatch next() {
    while (true) {
      // Also between two fillings: a filter may let no batch through for a long time.
      stopIfKilled();
      int state = Native.step(
          scan, buffer.address() + offset, filled - offset, input.atEnd(), outcome);
      offset += Math.toIntExact(outcome[0]);
      if (outcome[2] > 0) {
        badRecords.write(Native.takeBadRecords(scan));
      }
      if (state == Native.BATCH) {
        return ArrowBatch.at(outcome[1], schema);
      } else if (state == Native.FINISHED) {
        return null;
      }
      if (input.atEnd()) {
        throw NetlyticsException.of("Internal",
            "The native reader asks for bytes past the end of " + slice.path, slice.path, null);
      }
      filled = input.fill(buffer);
      offset = 0;
    }
  }

  static void stopIfKilled() {
    TaskContext context = TaskContext.get();
    if (context != null && context.isInterrupted()) {
      throw new TaskKilledException("interrupted while reading");
    }
  }

  /** The counters of the task with this slice's part so far. */
  ScanCounters counters() {
    ScanCounters now = counters.with(scan);
    now.ioWaitNanos += input.waitNanos();
    return now;
  }

  @Override
  public void close() {
    if (scan != 0) {
      counters.addScan(scan);
      counters.ioWaitNanos += input.waitNanos();
      Native.close(scan);
      scan = 0;
      input.close();
    }
  }
}
