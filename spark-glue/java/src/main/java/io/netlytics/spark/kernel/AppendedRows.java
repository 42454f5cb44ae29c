package io.netlytics.spark.kernel;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;

/**
 * Appends to each row of a partition what a kernel makes of it. Only the kernel's own columns cross
 * the border; the others may be of any type. A row is valid until the next one is asked for.
 */
final class AppendedRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final String kernel;
  private final KernelRows rows;

  /** @param rows of a kernel that gives one row for each that it takes, in order */
  AppendedRows(String kernel, KernelRows rows) {
    this.kernel = kernel;
    this.rows = rows;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> given) {
    Queue<InternalRow> waiting = new ArrayDeque<>();
    Iterator<InternalRow> made = rows.call(new Remembered(given, waiting));
    return new Iterator<InternalRow>() {
      private final JoinedRow joined = new JoinedRow();

      @Override
      public boolean hasNext() {
        boolean more = made.hasNext();
        if (more == waiting.isEmpty()) {
          throw new IllegalStateException(kernel + " gives not one row for each row");
        }
        return more;
      }

      @Override
      public InternalRow next() {
        InternalRow appended = made.next();
        return joined.apply(waiting.remove(), appended);
      }
    };
  }

  /** Rows that are kept, as copies, until the kernel has answered for them. */
  private static final class Remembered implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final Queue<InternalRow> waiting;

    Remembered(Iterator<InternalRow> rows, Queue<InternalRow> waiting) {
      this.rows = rows;
      this.waiting = waiting;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = rows.next().copy();
      waiting.add(row);
      return row;
    }
  }
}
