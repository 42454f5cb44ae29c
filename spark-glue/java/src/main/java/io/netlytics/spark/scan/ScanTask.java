package io.netlytics.spark.scan;

import io.netlytics.spark.config.SessionConf;
import io.netlytics.spark.files.HadoopConf;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;

/** What every task of a scan needs to know; the slices come apart from it. */
final class ScanTask implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The native scan's JSON without the slice. */
  final String template;

  /** The columns wanted, in order. */
  final StructType schema;

  /** Rows after which a task may stop, or -1. */
  final int limit;

  final HadoopConf hadoop;

  /** Configured path of the native library, or null. */
  final String nativePath;

  final int bufferBytes;

  /** Directory for bad records, or null when they are not kept. */
  final String badRecordsPath;

  /** Names this scan's bad record files, the same for every attempt of a task. */
  final String scanId;

  /** What the task's counts are added to, or null. */
  final DriverTotals totals;

  ScanTask(String template, StructType schema, int limit, SessionConf conf, Configuration hadoop,
      String badRecordsPath, String scanId, DriverTotals totals) {
    this.template = template;
    this.schema = schema;
    this.limit = limit;
    this.hadoop = new HadoopConf(hadoop);
    this.nativePath = conf.nativePath();
    this.bufferBytes = conf.bufferBytes();
    this.badRecordsPath = badRecordsPath;
    this.scanId = scanId;
    this.totals = totals;
  }
}
