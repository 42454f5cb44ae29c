package io.netlytics.spark.kernel;

import io.netlytics.NetlyticsException;
import io.netlytics.spark.rows.InternalRows;
import io.netlytics.spark.rows.NamedColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.PrunedScan;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A query's rows, with the columns that a kernel gives for them. What nobody asks for is not
 * carried along: without the query's own columns rows need not be kept and joined, and without the
 * kernel's it does not run.
 */
public final class AppendingRelation extends BaseRelation implements PrunedScan {
  private final Dataset<Row> query;
  private final Algorithm kernel;
  private final StructType made;
  private final StructType schema;

  /** @param query rows with columns of distinct names, none of which {@code made} has */
  private AppendingRelation(Dataset<Row> query, Algorithm kernel, StructType made) {
    this.query = query;
    this.kernel = kernel;
    this.made = made;
    this.schema = both(query.schema(), made);
  }

  /**
   * The query's columns, then the kernel's, each under its own name: two columns of one name both
   * stay.
   *
   * @param model what a fit found, or null for a kernel that takes none
   * @param inputs the columns of the query that the kernel takes
   * @throws NetlyticsException of kind BadOption when the query has two columns of an input's name
   */
  public static Dataset<Row> append(
      Dataset<Row> query, String name, String params, byte[] model, List<String> inputs) {
    List<String> own = Arrays.asList(query.columns());
    for (String input : inputs) {
      if (Collections.frequency(own, input) > 1) {
        throw NetlyticsException.badOption("The query has several columns " + input
            + ": rename all but the one that the kernel " + name + " is to take.");
      }
    }
    Algorithm kernel = new Algorithm(name, params, model, some(query.schema(), inputs));
    StructType made = kernel.output();
    List<String> names = new ArrayList<>(own);
    names.addAll(Arrays.asList(made.fieldNames()));
    List<String> distinct = DistinctNames.of(names);
    if (distinct.equals(names)) {
      return rows(new AppendingRelation(query, kernel, made));
    }
    List<String> first = distinct.subList(0, own.size());
    List<String> last = distinct.subList(own.size(), distinct.size());
    Dataset<Row> told = query.toDF(first.toArray(new String[0]));
    if (!first.containsAll(inputs)) {
      throw NetlyticsException.badOption("The query has columns whose names differ from those of "
          + inputs + " in upper and lower case only: rename them.");
    }
    return rows(new AppendingRelation(told, kernel, named(made, last)))
        .toDF(names.toArray(new String[0]));
  }

  @Override
  public SQLContext sqlContext() {
    return query.sparkSession().sqlContext();
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
  public RDD<Row> buildScan(String[] requiredColumns) {
    List<String> required = Arrays.asList(requiredColumns);
    List<String> appended = Arrays.asList(made.fieldNames());
    List<String> own = new ArrayList<>(required);
    own.removeAll(appended);
    if (own.size() == required.size()) {
      return InternalRows.asDeclared(InternalRows.of(query.select(named(required))));
    }
    Set<String> read = new LinkedHashSet<>(own);
    read.addAll(Arrays.asList(kernel.input().fieldNames()));
    Dataset<Row> given = query.select(named(read));
    KernelRows work = KernelRows.of(kernel, given.schema());
    JavaRDD<InternalRow> joined =
        own.isEmpty()
            ? InternalRows.views(given).mapPartitions(work)
            : InternalRows.of(given).mapPartitions(new AppendedRows(kernel.name(), work));
    StructType found = own.isEmpty() ? made : both(given.schema(), made);
    if (required.equals(Arrays.asList(found.fieldNames()))) {
      return InternalRows.asDeclared(joined);
    }
    SparkSession session = query.sparkSession();
    KernelRelation unordered = new KernelRelation(session, kernel, found, () -> joined);
    Dataset<Row> ordered = session.baseRelationToDataFrame(unordered).select(named(required));
    return InternalRows.asDeclared(InternalRows.of(ordered));
  }

  /** For EXPLAIN. */
  @Override
  public String toString() {
    return "netlytics kernel " + kernel.name();
  }

  private static StructType some(StructType schema, List<String> names) {
    StructType some = new StructType();
    for (String name : names) {
      some = some.add(schema.apply(name));
    }
    return some;
  }

  private static StructType named(StructType columns, List<String> names) {
    StructType named = new StructType();
    for (int i = 0; i < names.size(); i++) {
      StructField field = columns.fields()[i];
      named = named.add(
          new StructField(names.get(i), field.dataType(), field.nullable(), field.metadata()));
    }
    return named;
  }

  private static Dataset<Row> rows(AppendingRelation relation) {
    return relation.query.sparkSession().baseRelationToDataFrame(relation);
  }

  private static StructType both(StructType first, StructType second) {
    StructType both = first;
    for (StructField field : second.fields()) {
      both = both.add(field);
    }
    return both;
  }

  private static Column[] named(Collection<String> names) {
    return names.stream().map(NamedColumn::of).toArray(Column[]::new);
  }
}
