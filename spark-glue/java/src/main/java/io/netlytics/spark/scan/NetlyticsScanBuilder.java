package io.netlytics.spark.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.jni.Json;
import io.netlytics.spark.filter.FilterJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Takes over from Spark what the native reader does better: columns, filters, counts and a limit. */
final class NetlyticsScanBuilder
    implements ScanBuilder,
        SupportsPushDownRequiredColumns,
        SupportsPushDownV2Filters,
        SupportsPushDownAggregates,
        SupportsPushDownLimit {
  private final ScannedTable table;
  private final List<Predicate> pushed = new ArrayList<>();
  private final ArrayNode filters = Json.array();
  private StructType columns;
  private PushedCounts counts;
  private int limit = -1;

  NetlyticsScanBuilder(ScannedTable table) {
    this.table = table;
    this.columns = table.schema();
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  /** Keeps the filters that are evaluated exactly and gives the others back. */
  @Override
  public Predicate[] pushPredicates(Predicate[] predicates) {
    FilterJson json = new FilterJson(table.connector.schema);
    List<Predicate> left = new ArrayList<>();
    for (Predicate predicate : predicates) {
      ObjectNode filter = json.translate(predicate);
      if (filter == null) {
        left.add(predicate);
      } else {
        pushed.add(predicate);
        filters.add(filter);
      }
    }
    return left.toArray(new Predicate[0]);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return pushed.toArray(new Predicate[0]);
  }

  /**
   * Counts in the native reader, when all of the aggregation can be. Bad lines that are wanted as rows
   * are not counted there, and a limit says which rows are.
   */
  @Override
  public boolean pushAggregation(Aggregation aggregation) {
    boolean hasBadLines =
        Arrays.asList(table.schema().fieldNames()).contains(table.options.corruptColumn());
    if (hasBadLines || limit >= 0) {
      return false;
    }
    counts = PushedCounts.of(aggregation, table.connector.schema);
    return counts != null;
  }

  /** Every task stops after so many rows; Spark still cuts the union of all tasks. */
  @Override
  public boolean pushLimit(int rows) {
    if (counts != null) {
      return false; // Rows of the scan are parts of groups.
    }
    limit = rows;
    return true;
  }

  @Override
  public Scan build() {
    String template =
        ScanTemplate.of(table.connector, table.options, columns, filter(), counts, limit);
    return new NetlyticsScan(
        table, counts == null ? columns : counts.schema(), template, pushed, counts, limit);
  }

  private ObjectNode filter() {
    if (filters.size() < 2) {
      return (ObjectNode) filters.get(0);
    }
    ObjectNode all = Json.object().put("op", "and");
    all.set("children", filters);
    return all;
  }
}
