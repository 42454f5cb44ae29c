package io.netlytics.spark.scan;

import io.netlytics.spark.filter.FilterJson;
import io.netlytics.spark.filter.LegacyFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.PrunedFilteredScan;
import org.apache.spark.sql.types.StructType;

/**
 * A table of Spark 3's catalog: the same scan as everywhere else, handed over row by row because that
 * interface has no columnar form. Filters and columns are pushed down alike.
 */
final class NetlyticsRelation extends BaseRelation implements PrunedFilteredScan {
  private final SQLContext context;
  private final ScannedTable table;

  NetlyticsRelation(SQLContext context, ScannedTable table) {
    this.context = context;
    this.table = table;
  }

  @Override
  public SQLContext sqlContext() {
    return context;
  }

  @Override
  public StructType schema() {
    return table.schema();
  }

  @Override
  public long sizeInBytes() {
    return ((NetlyticsScan) new NetlyticsScanBuilder(table).build())
        .estimateStatistics().sizeInBytes().getAsLong();
  }

  /** Rows are Spark's own already. */
  @Override
  public boolean needConversion() {
    return false;
  }

  @Override
  public Filter[] unhandledFilters(Filter[] filters) {
    FilterJson json = new FilterJson(table.connector.schema);
    return Arrays.stream(filters)
        .filter(filter -> json.translate(LegacyFilter.predicate(filter)) == null)
        .toArray(Filter[]::new);
  }

  @Override
  @SuppressWarnings("unchecked") // Without conversion the declared Row is an InternalRow.
  public RDD<Row> buildScan(String[] columns, Filter[] filters) {
    NetlyticsScanBuilder builder = new NetlyticsScanBuilder(table);
    builder.pushPredicates(Arrays.stream(filters).map(LegacyFilter::predicate)
        .filter(predicate -> predicate != null).toArray(Predicate[]::new));
    builder.pruneColumns(table.only(columns));
    NetlyticsScan scan = (NetlyticsScan) builder.build();
    List<InputPartition> partitions = new ArrayList<>(Arrays.asList(scan.planInputPartitions()));
    RDD<?> rows = JavaSparkContext.fromSparkContext(context.sparkContext())
        .parallelize(partitions, partitions.size())
        .mapPartitions(new RowsOfPartition((ReaderFactory) scan.createReaderFactory()))
        .rdd();
    return (RDD<Row>) rows;
  }

  /** For EXPLAIN, which adds the filters and columns itself. */
  @Override
  public String toString() {
    return table.description();
  }
}
