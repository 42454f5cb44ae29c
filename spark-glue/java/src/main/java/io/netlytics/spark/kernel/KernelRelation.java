package io.netlytics.spark.kernel;

import io.netlytics.spark.rows.InternalRows;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/** Rows that a kernel has to do with, as a table. */
public final class KernelRelation extends BaseRelation implements TableScan {
  private final SparkSession session;
  private final Algorithm kernel;
  private final StructType schema;
  private final Supplier<JavaRDD<InternalRow>> rows;

  /** @param rows of this schema; asked for when the table is read: planning may run shuffles */
  KernelRelation(
      SparkSession session,
      Algorithm kernel,
      StructType schema,
      Supplier<JavaRDD<InternalRow>> rows) {
    this.session = session;
    this.kernel = kernel;
    this.schema = schema;
    this.rows = rows;
  }

  /** The rows that a kernel gives for those of a query. */
  public static KernelRelation of(Dataset<Row> query, Algorithm kernel) {
    KernelRows work = KernelRows.ofAll(kernel);
    return new KernelRelation(
        query.sparkSession(),
        kernel,
        kernel.output(),
        () -> InternalRows.views(query).mapPartitions(work));
  }

  @Override
  public SQLContext sqlContext() {
    return session.sqlContext();
  }

  @Override
  public StructType schema() {
    return schema;
  }

  /** Rows are Spark's own already. */
  @Override
  public boolean needConversion() {
    return false;
  }

  @Override
  public RDD<Row> buildScan() {
    return InternalRows.asDeclared(rows.get());
  }

  /** For EXPLAIN. */
  @Override
  public String toString() {
    return "netlytics kernel " + kernel.name();
  }
}
