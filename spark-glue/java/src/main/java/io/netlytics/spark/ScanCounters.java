package io.netlytics.spark;

import io.netlytics.jni.Native;

/** What one task has read so far. Times in nanoseconds. */
final class ScanCounters {
  long records;
  long malformed;
  long bytes;
  long decodeNanos;
  long ioWaitNanos;
  long files;

  /** Adds the native counters of a scan that is about to be closed. */
  void addScan(long scan) {
    long[] counted = new long[Native.METRICS_LONGS];
    Native.metrics(scan, counted);
    records += counted[0];
    malformed += counted[1];
    bytes += counted[2];
    decodeNanos += counted[4];
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
    sum.addScan(openScan);
    return sum;
  }
}
