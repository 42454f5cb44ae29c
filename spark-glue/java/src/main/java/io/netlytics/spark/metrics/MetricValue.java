package io.netlytics.spark.metrics;

import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** One task's (or the driver's) value of a metric. */
public final class MetricValue implements CustomTaskMetric {
  private final String name;
  private final long value;

  /** @param name a metric's NAME */
  public MetricValue(String name, long value) {
    this.name = name;
    this.value = value;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long value() {
    return value;
  }
}
