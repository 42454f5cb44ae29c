package io.netlytics.spark.kernel;

import io.netlytics.arrow.ArrowBatch;
import io.netlytics.arrow.BatchWriter;
import io.netlytics.jni.NativeKernel;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** Runs a kernel over the rows of a partition. A row is valid until the next one is asked for. */
final class KernelRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final Algorithm kernel;
  private final int[] places;

  private KernelRows(Algorithm kernel, int[] places) {
    this.kernel = kernel;
    this.places = places;
  }

  /** Rows that consist of the kernel's columns. */
  static KernelRows ofAll(Algorithm kernel) {
    return of(kernel, kernel.input());
  }

  /** Rows of this schema, among whose columns are the kernel's. */
  static KernelRows of(Algorithm kernel, StructType rows) {
    String[] names = kernel.input().fieldNames();
    return new KernelRows(kernel, Arrays.stream(names).mapToInt(rows::fieldIndex).toArray());
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    // Each is given back at the end of the task, whatever fails after it was made.
    TaskContext task = TaskContext.get();
    BatchWriter writer = new BatchWriter(kernel.input(), places);
    closedAfter(task, writer::close);
    long handle = kernel.openKernel();
    closedAfter(task, () -> NativeKernel.close(handle));
    return new Run(rows, task, writer, handle);
  }

  private static void closedAfter(TaskContext task, Runnable close) {
    TaskCompletionListener listener = context -> close.run();
    task.addTaskCompletionListener(listener);
  }

  /** The kernel at work on one partition. */
  private static final class Run implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final TaskContext task;
    private final BatchWriter writer;
    private final long handle;
    private final StructType output;
    private Iterator<InternalRow> batch = Collections.emptyIterator();
    private long ready;
    private boolean ended;

    Run(Iterator<InternalRow> rows, TaskContext task, BatchWriter writer, long handle) {
      this.rows = rows;
      this.task = task;
      this.writer = writer;
      this.handle = handle;
      this.output = Algorithm.outputOf(handle);
    }

    @Override
    public boolean hasNext() {
      while (!batch.hasNext()) {
        if (ready != 0) {
          batch = ArrowBatch.at(ready, output).rowIterator();
          // The batch lives until the kernel is asked again, which is when its rows are used up.
          ready = 0;
        } else if (!advance()) {
          return false;
        }
      }
      return true;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return batch.next();
    }

    /** Gets the next batch ready; false when there is nothing more. */
    private boolean advance() {
      if (task.isInterrupted()) {
        throw new TaskKilledException("the task was cancelled");
      }
      ready = NativeKernel.next(handle);
      if (ready != 0) {
        return true;
      }
      if (ended) {
        return false;
      }
      while (!writer.isFull() && rows.hasNext()) {
        writer.write(rows.next());
      }
      if (writer.rows() > 0) {
        ready = NativeKernel.push(handle, writer.finish());
      } else {
        ended = true;
        ready = NativeKernel.end(handle);
      }
      return true;
    }
  }
}
