package io.netlytics.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/** What a kernel makes of the rows of a query, partition by partition. */
final class KernelRelation extends BaseRelation implements TableScan {
  private final Dataset<Row> query;
  private final String kernel;
  private final KernelRows rows;
  private final StructType output;

  KernelRelation(Dataset<Row> query, String kernel, String params) {
    this.query = query;
    this.kernel = kernel;
    this.rows = new KernelRows(kernel, params, query.schema(), SessionConf.active().nativePath());
    this.output = rows.output();
  }

  @Override
  public SQLContext sqlContext() {
    return query.sqlContext();
  }

  @Override
  public StructType schema() {
    return output;
  }

  /** Rows are Spark's own already. */
  @Override
  public boolean needConversion() {
    return false;
  }

  @Override
  @SuppressWarnings("unchecked") // Without conversion the declared Row is an InternalRow.
  public RDD<Row> buildScan() {
    JavaRDD<InternalRow> input = ((RDD<InternalRow>) InternalRows.of(query)).toJavaRDD();
    RDD<?> result = input.mapPartitions(rows).rdd();
    return (RDD<Row>) result;
  }

  /** For EXPLAIN. */
  @Override
  public String toString() {
    return "netlytics kernel " + kernel;
  }
}
