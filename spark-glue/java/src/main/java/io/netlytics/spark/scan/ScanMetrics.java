package io.netlytics.spark.scan;

import io.netlytics.spark.files.FileListing;
import io.netlytics.spark.metrics.BytesRead;
import io.netlytics.spark.metrics.DecodeTime;
import io.netlytics.spark.metrics.FilesListed;
import io.netlytics.spark.metrics.FilesPruned;
import io.netlytics.spark.metrics.FilesRead;
import io.netlytics.spark.metrics.IoWaitTime;
import io.netlytics.spark.metrics.LinesSkipped;
import io.netlytics.spark.metrics.MalformedRecords;
import io.netlytics.spark.metrics.MetricValue;
import io.netlytics.spark.metrics.RecordsRead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Scan;

/** What the SQL tab shows of a scan. */
final class ScanMetrics {
  private ScanMetrics() {}

  static CustomMetric[] supported() {
    List<CustomMetric> metrics = new ArrayList<>(Arrays.asList(
        new RecordsRead(), new MalformedRecords(), new LinesSkipped(), new BytesRead(),
        new DecodeTime(), new IoWaitTime(), new FilesRead()));
    // Spark 3.3 has no metrics of the driver and would show these as 0.
    if (Arrays.stream(Scan.class.getMethods())
        .anyMatch(method -> method.getName().equals("reportDriverMetrics"))) {
      metrics.add(new FilesListed());
      metrics.add(new FilesPruned());
    }
    return metrics.toArray(new CustomMetric[0]);
  }

  /** Of one task. */
  static CustomTaskMetric[] of(ScanCounters task) {
    return new CustomTaskMetric[] {
      new MetricValue(RecordsRead.NAME, task.records),
      new MetricValue(MalformedRecords.NAME, task.malformed),
      new MetricValue(LinesSkipped.NAME, task.allSkipped()),
      new MetricValue(BytesRead.NAME, task.bytes),
      new MetricValue(DecodeTime.NAME, task.decodeNanos),
      new MetricValue(IoWaitTime.NAME, task.ioWaitNanos),
      new MetricValue(FilesRead.NAME, task.files),
    };
  }

  /** Of the driver. */
  static CustomTaskMetric[] ofListing(FileListing listing) {
    return new CustomTaskMetric[] {
      new MetricValue(FilesListed.NAME, listing.files().size()),
      new MetricValue(FilesPruned.NAME, listing.pruned()),
    };
  }
}
