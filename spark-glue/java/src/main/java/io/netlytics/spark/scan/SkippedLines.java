package io.netlytics.spark.scan;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/** Adds up over tasks how many lines of each kind were skipped. */
public final class SkippedLines
    extends AccumulatorV2<Map<String, Long>, Map<String, Long>> {
  private static final long serialVersionUID = 1L;

  // Written by the task while the executor's heartbeat reads it.
  private final ConcurrentHashMap<String, Long> lines = new ConcurrentHashMap<>();

  @Override
  public boolean isZero() {
    // A heartbeat may ask while Spark is still reading this object out of the task's bytes.
    return lines == null || lines.isEmpty();
  }

  @Override
  public SkippedLines copy() {
    SkippedLines copy = new SkippedLines();
    copy.lines.putAll(lines);
    return copy;
  }

  @Override
  public void reset() {
    lines.clear();
  }

  @Override
  public void add(Map<String, Long> more) {
    more.forEach((kind, count) -> lines.merge(kind, count, Long::sum));
  }

  @Override
  public void merge(AccumulatorV2<Map<String, Long>, Map<String, Long>> other) {
    add(other.value());
  }

  /** Lines by kind, kinds in the order of their names. */
  @Override
  public Map<String, Long> value() {
    return new TreeMap<>(lines);
  }
}
