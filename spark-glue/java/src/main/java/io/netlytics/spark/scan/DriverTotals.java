package io.netlytics.spark.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.jni.Json;
import io.netlytics.spark.files.LeftOutFiles;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What all scans of this driver have read since the last {@link #reset}, for the summaries that the
 * scripts print. Filled by the tasks through accumulators: a task that is run twice counts twice.
 */
public final class DriverTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  private static DriverTotals current;
  private static SparkContext owner;

  private final LongAccumulator records;
  private final LongAccumulator malformed;
  private final SkippedLines skipped = new SkippedLines();
  private final LongAccumulator bytes;
  private final LongAccumulator files;
  private final LongAccumulator decodeNanos;
  private final LongAccumulator ioWaitNanos;

  private DriverTotals(SparkContext context) {
    records = context.longAccumulator();
    malformed = context.longAccumulator();
    context.register(skipped);
    bytes = context.longAccumulator();
    files = context.longAccumulator();
    decodeNanos = context.longAccumulator();
    ioWaitNanos = context.longAccumulator();
  }

  /** The totals that scans of this context add to. */
  static synchronized DriverTotals of(SparkContext context) {
    if (owner != context) {
      current = new DriverTotals(context);
      owner = context;
    }
    return current;
  }

  /** Sets all totals to 0. */
  public static synchronized void reset() {
    LeftOutFiles.reset();
    if (current != null) {
      current.records.reset();
      current.malformed.reset();
      current.skipped.reset();
      current.bytes.reset();
      current.files.reset();
      current.decodeNanos.reset();
      current.ioWaitNanos.reset();
    }
  }

  /**
   * @return {@code {"records","malformed","skipped":{kind:lines},"leftOut":{reason:{"count",
   *     "examples":[name]}},"bytes","files","decodeNanos","ioWaitNanos"}}; bytes are those read from
   *     the file system, before decompression
   */
  public static synchronized String json() {
    ObjectNode totals = Json.object();
    totals.put("records", current == null ? 0 : current.records.sum());
    totals.put("malformed", current == null ? 0 : current.malformed.sum());
    ObjectNode kinds = totals.putObject("skipped");
    if (current != null) {
      current.skipped.value().forEach(kinds::put);
    }
    LeftOutFiles.addTo(totals.putObject("leftOut"));
    totals.put("bytes", current == null ? 0 : current.bytes.sum());
    totals.put("files", current == null ? 0 : current.files.sum());
    totals.put("decodeNanos", current == null ? 0 : current.decodeNanos.sum());
    totals.put("ioWaitNanos", current == null ? 0 : current.ioWaitNanos.sum());
    return Json.text(totals);
  }

  /** Adds what a task has read; once, at its end. */
  void add(ScanCounters task) {
    records.add(task.records);
    malformed.add(task.malformed);
    skipped.add(task.skipped);
    bytes.add(task.bytes);
    files.add(task.files);
    decodeNanos.add(task.decodeNanos);
    ioWaitNanos.add(task.ioWaitNanos);
  }
}
