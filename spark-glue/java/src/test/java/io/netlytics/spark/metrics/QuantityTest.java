package io.netlytics.spark.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void totalsAreSummedAndReadable() {
    assertEquals("53,615", new RecordsRead().aggregateTaskMetrics(new long[] {53_000, 615}));
    assertEquals("1.5 KiB", new BytesRead().aggregateTaskMetrics(new long[] {1024, 512}));
    assertEquals("999 B", new BytesRead().aggregateTaskMetrics(new long[] {999}));
    assertEquals("12 ms", new DecodeTime().aggregateTaskMetrics(new long[] {12_000_000}));
    assertEquals("1.5 s", new IoWaitTime().aggregateTaskMetrics(new long[] {1_500_000_000L}));
    assertEquals("2.5 min", new IoWaitTime().aggregateTaskMetrics(new long[] {150_000_000_000L}));
  }
}
