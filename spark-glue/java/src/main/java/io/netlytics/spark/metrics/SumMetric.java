package io.netlytics.spark.metrics;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * A counter summed over tasks and shown in the SQL tab in a form made for people. Spark makes its
 * subclasses by their public constructor without arguments, also in the history server.
 */
public abstract class SumMetric extends CustomSumMetric {
  private final String name;
  private final String description;

  SumMetric(String name, String description) {
    this.name = name;
    this.description = description;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final String aggregateTaskMetrics(long[] taskMetrics) {
    long sum = 0;
    for (long value : taskMetrics) {
      sum += value;
    }
    return format(sum);
  }

  /** How a total is shown. */
  abstract String format(long total);
}
