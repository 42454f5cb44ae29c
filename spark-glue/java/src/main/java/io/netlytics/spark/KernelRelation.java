package io.netlytics.spark;

import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What a kernel makes of the rows of a query, partition by partition. */
final class KernelRelation extends BaseRelation implements TableScan {
  private final Dataset<Row> query;
  private final String kernel;
  private final Function<Dataset<Row>, JavaRDD<InternalRow>> work;
  private final StructType output;

  private KernelRelation(
      Dataset<Row> query,
      String kernel,
      Function<Dataset<Row>, JavaRDD<InternalRow>> work,
      StructType output) {
    this.query = query;
    this.kernel = kernel;
    this.work = work;
    this.output = output;
  }

  /** The rows that the kernel gives. */
  static KernelRelation map(Dataset<Row> query, String name, String params, byte[] model) {
    StructType input = query.schema();
    Algorithm kernel = new Algorithm(name, params, model, input);
    int[] places = places(input, input.fieldNames());
    KernelRows rows = new KernelRows(kernel, places);
    return new KernelRelation(
        query, name, all -> InternalRows.views(all).mapPartitions(rows), kernel.output());
  }

  /** The query's rows, with the columns that the kernel gives for them. */
  static KernelRelation append(
      Dataset<Row> query, String name, String params, byte[] model, String[] inputs) {
    StructType given = query.schema();
    int[] places = places(given, inputs);
    StructType input = new StructType();
    for (int place : places) {
      input = input.add(given.fields()[place]);
    }
    Algorithm kernel = new Algorithm(name, params, model, input);
    StructType output = given;
    for (StructField field : kernel.output().fields()) {
      output = output.add(field);
    }
    AppendedRows rows = new AppendedRows(name, new KernelRows(kernel, places));
    return new KernelRelation(
        query, name, all -> InternalRows.of(all).mapPartitions(rows), output);
  }

  private static int[] places(StructType schema, String[] names) {
    int[] places = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      places[i] = schema.fieldIndex(names[i]);
    }
    return places;
  }

  @Override
  public SQLContext sqlContext() {
    return query.sparkSession().sqlContext();
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
    RDD<?> result = work.apply(query).rdd();
    return (RDD<Row>) result;
  }

  /** For EXPLAIN. */
  @Override
  public String toString() {
    return "netlytics kernel " + kernel;
  }
}
