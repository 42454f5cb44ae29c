package io.netlytics.spark.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.jni.Json;
import io.netlytics.jni.Native;
import java.util.HashMap;
import java.util.Map;

/** What one task has read so far. Times in nanoseconds. */
final class ScanCounters {
  long records;
  long malformed;
  long bytes;
  long decodeNanos;
  long ioWaitNanos;
  long files;

  /** Lines that the table does not take, by kind. */
  final Map<String, Long> skipped = new HashMap<>();

  /** Adds the native counters of a scan that is about to be closed. */
  void addScan(long scan) {
    long[] counted = new long[Native.METRICS_LONGS];
    Native.metrics(scan, counted);
    records += counted[0];
    malformed += counted[1];
    bytes += counted[2];
    decodeNanos += counted[4];
    for (JsonNode kind : Json.parse(Native.skipped(scan))) {
      skipped.merge(kind.get(0).asText(), kind.get(1).asLong(), Long::sum);
    }
  }

  long allSkipped() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** These counters and those of the scan still open. */
  ScanCounters with(long openScan) {
    ScanCounters sum = new ScanCounters();
    sum.records = records;
    sum.malformed = malformed;
    sum.bytes = bytes;
    sum.decodeNanos = decodeNanos;
    sum.ioWaitNanos = ioWaitNanos;
    sum.files = files;
    sum.skipped.putAll(skipped);
    sum.addScan(openScan);
    return sum;
  }
}
