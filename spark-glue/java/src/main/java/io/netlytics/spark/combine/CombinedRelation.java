package io.netlytics.spark.combine;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/** The form in which Spark takes the RDD of a {@link CombinedScan}. */
final class CombinedRelation extends BaseRelation implements TableScan {
  private final SQLContext context;
  private final CombinedScan scan;
  private final String description;

  CombinedRelation(SQLContext context, CombinedScan scan, String description) {
    this.context = context;
    this.scan = scan;
    this.description = description;
  }

  @Override
  public SQLContext sqlContext() {
    return context;
  }

  @Override
  public StructType schema() {
    return scan.readSchema();
  }

  /** Rows are Spark's own already. */
  @Override
  public boolean needConversion() {
    return false;
  }

  @Override
  @SuppressWarnings("unchecked") // Without conversion the declared Row is an InternalRow.
  public RDD<Row> buildScan() {
    return (RDD<Row>) scan.rows();
  }

  /** For EXPLAIN, which adds the filters and columns itself. */
  @Override
  public String toString() {
    return description;
  }
}
