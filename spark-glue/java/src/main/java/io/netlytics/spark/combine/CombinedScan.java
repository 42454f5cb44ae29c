package io.netlytics.spark.combine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.spark.config.SessionConf;
import io.netlytics.spark.scan.SizeEstimate;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.V1Scan;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/**
 * A scan of a table that is made of parts. It gives an RDD rather than partitions, because its rows
 * come out of shuffles. Files are listed, and the query over the parts planned, once.
 */
final class CombinedScan implements V1Scan, SupportsReportStatistics {
  private final CombinedTable table;
  private final StructType columns;
  private final List<ObjectNode> filters;
  private final SessionConf conf = SessionConf.active();
  private final Configuration hadoop = conf.hadoop();
  private PartFiles files;
  private RDD<?> rows;

  CombinedScan(CombinedTable table, StructType columns, List<ObjectNode> filters) {
    this.table = table;
    this.columns = columns;
    this.filters = filters;
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return table.description() + ", ReadSchema: " + columns.catalogString();
  }

  @Override
  public Statistics estimateStatistics() {
    return new SizeEstimate(files().estimatedBytes(conf.compressionFactor()));
  }

  @Override
  @SuppressWarnings("unchecked") // The interface promises each caller any relation that it names.
  public <T extends BaseRelation & TableScan> T toV1TableScan(SQLContext context) {
    return (T) new CombinedRelation(context, this, table.description());
  }

  /** Rows in Spark's internal form. */
  synchronized RDD<?> rows() {
    if (rows == null) {
      long bytes = files().estimatedBytes(conf.compressionFactor());
      try (CombinedQuery query =
          new CombinedQuery(table, files(), InnerSession.of(conf.session(), bytes))) {
        rows = query.rows(columns, filters);
      }
    }
    return rows;
  }

  private synchronized PartFiles files() {
    if (files == null) {
      files = new PartFiles(table, hadoop, conf.locality());
    }
    return files;
  }
}
