package io.netlytics.spark.scan;

import io.netlytics.spark.config.SessionConf;
import io.netlytics.spark.files.CompressionMagic;
import io.netlytics.spark.files.FileLister;
import io.netlytics.spark.files.FileListing;
import io.netlytics.spark.files.LogFile;
import io.netlytics.spark.files.SplitPlan;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;

/** A scan with all that was pushed into it. Files are listed once, when first needed. */
final class NetlyticsScan implements Scan, Batch, SupportsReportStatistics {
  private final ScannedTable table;
  private final StructType columns;
  private final String template;
  private final List<Predicate> pushed;
  private final PushedCounts counts;
  private final int limit;
  private final SessionConf conf = SessionConf.active();
  private final Configuration hadoop = conf.hadoop();
  private final DriverTotals totals;
  private FileListing listing;
  private InputPartition[] partitions;

  /** @param counts null when rows are read as they are */
  NetlyticsScan(ScannedTable table, StructType columns, String template, List<Predicate> pushed,
      PushedCounts counts, int limit) {
    this.table = table;
    this.columns = columns;
    this.template = template;
    this.pushed = pushed;
    this.counts = counts;
    this.limit = limit;
    PartRead part = PartRead.of(table.options);
    this.listing = part == null ? null : part.listing;
    this.totals = part != null && !part.counted
        ? null : DriverTotals.of(conf.session().sparkContext());
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return table.description() + ", PushedFilters: " + pushed
        + (counts == null ? "" : ", " + counts)
        + (limit < 0 ? "" : ", PushedLimit: " + limit)
        + ", ReadSchema: " + columns.catalogString();
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public Statistics estimateStatistics() {
    return new SizeEstimate(
        listing().files(), conf.compressionFactor(), columns, table.connector.schema);
  }

  @Override
  public synchronized InputPartition[] planInputPartitions() {
    if (partitions == null) {
      List<LogFile> files = listing().files();
      SplitPlan plan = new SplitPlan(
          conf.maxPartitionBytes(), conf.openCostInBytes(), conf.minPartitions(), files);
      partitions = HeaderSearch
          .withHeads(conf.session().sparkContext(), task(null), plan.of(files, this::isText))
          .toArray(new InputPartition[0]);
    }
    return partitions.clone();
  }

  private boolean isText(LogFile file) {
    return table.connector.splits && table.options.splittable() && !file.hasCompressedName()
        && !CompressionMagic.of(file.path, hadoop);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    String badRecordsPath = ScanTemplate.keepsBadRecords(table.options)
        ? table.options.badRecordsPath() : null;
    return new ReaderFactory(task(badRecordsPath));
  }

  private ScanTask task(String badRecordsPath) {
    return new ScanTask(template, columns, limit, conf, hadoop, badRecordsPath,
        UUID.randomUUID().toString(), totals);
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return ScanMetrics.supported();
  }

  /** Called by Spark since 3.4; 3.3 does not know it, so there is nothing to override. */
  public CustomTaskMetric[] reportDriverMetrics() {
    return ScanMetrics.ofListing(listing());
  }

  private synchronized FileListing listing() {
    if (listing == null) {
      List<String> paths = table.options.paths();
      listing = FileLister.list(table.rules, any -> true, paths, hadoop, conf.locality());
      listing.requireFiles(table.rules, paths);
    }
    return listing;
  }

  /** Two scans that read the same of the same files are one to Spark's reuse of exchanges. */
  @Override
  public boolean equals(Object other) {
    return other instanceof NetlyticsScan
        && template.equals(((NetlyticsScan) other).template)
        && table.options.paths().equals(((NetlyticsScan) other).table.options.paths())
        && listing().files().equals(((NetlyticsScan) other).listing().files());
  }

  @Override
  public int hashCode() {
    return template.hashCode();
  }
}
