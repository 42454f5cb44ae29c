package io.netlytics.spark.combine;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.PrunedFilteredScan;
import org.apache.spark.sql.types.StructType;

/** A table of Spark 3's catalog that is made of parts. Filters and columns are pushed down alike. */
final class CombinedTableRelation extends BaseRelation implements PrunedFilteredScan {
  private final SQLContext context;
  private final CombinedTable table;

  CombinedTableRelation(SQLContext context, CombinedTable table) {
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
    return new CombinedScanBuilder(table).build().estimateStatistics().sizeInBytes().getAsLong();
  }

  /** Rows are Spark's own already. */
  @Override
  public boolean needConversion() {
    return false;
  }

  @Override
  public Filter[] unhandledFilters(Filter[] filters) {
    return new CombinedScanBuilder(table).pushFilters(filters);
  }

  @Override
  @SuppressWarnings("unchecked") // Without conversion the declared Row is an InternalRow.
  public RDD<Row> buildScan(String[] columns, Filter[] filters) {
    CombinedScanBuilder builder = new CombinedScanBuilder(table);
    builder.pushFilters(filters);
    builder.pruneColumns(table.only(columns));
    return (RDD<Row>) builder.build().rows();
  }

  /** For EXPLAIN, which adds the filters and columns itself. */
  @Override
  public String toString() {
    return table.description();
  }
}
