package io.netlytics.spark.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.spark.filter.ScalarColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows and values counted by the native reader, per group. Its counts are partial: a group comes
 * again in other batches, and Spark adds them up.
 */
final class PushedCounts {
  private final List<String> groupBy = new ArrayList<>();

  /** The column whose values are counted; null counts rows. */
  private final List<String> counts = new ArrayList<>();

  private StructType schema = new StructType();

  private PushedCounts() {}

  /**
   * The same aggregation for the native reader, or null when Spark has to do it.
   *
   * @param table the columns the native reader knows
   */
  static PushedCounts of(Aggregation aggregation, StructType table) {
    PushedCounts pushed = new PushedCounts();
    Expression[] groups = aggregation.groupByExpressions();
    // Spark adds up counts with SUM, which of no rows at all is NULL where COUNT is 0. With groups
    // there is no such sum.
    boolean translated = groups.length > 0;
    for (Expression group : groups) {
      translated = translated && pushed.addGroup(ScalarColumn.of(group, table));
    }
    for (AggregateFunc function : aggregation.aggregateExpressions()) {
      translated = translated && pushed.addCount(function, table);
    }
    return translated ? pushed : null;
  }

  /** Not of doubles: Spark makes all NaN one group, and -0.0 and 0.0. */
  private boolean addGroup(StructField column) {
    if (column == null || column.dataType().equals(DataTypes.DoubleType)) {
      return false;
    }
    groupBy.add(column.name());
    schema = schema.add(column);
    return true;
  }

  private boolean addCount(AggregateFunc function, StructType table) {
    if (function instanceof CountStar) {
      return addCount(null, "count(1)");
    }
    if (!(function instanceof Count) || ((Count) function).isDistinct()) {
      return false;
    }
    StructField column = ScalarColumn.of(((Count) function).column(), table);
    return column != null && addCount(column.name(), "count(" + column.name() + ")");
  }

  private boolean addCount(String column, String name) {
    counts.add(column);
    schema = schema.add(name, DataTypes.LongType, false);
    return true;
  }

  /** What the scan gives: the groups' columns, then a bigint for each count. */
  StructType schema() {
    return schema;
  }

  /** Completes the JSON that a native scan is opened with. */
  void addTo(ObjectNode scan) {
    ArrayNode groups = scan.putArray("groupBy");
    groupBy.forEach(groups::add);
    ArrayNode counted = scan.putArray("counts");
    counts.forEach(counted::add);
  }

  /** For EXPLAIN. */
  @Override
  public String toString() {
    List<String> functions = new ArrayList<>();
    counts.forEach(column -> functions.add("COUNT(" + (column == null ? "*" : column) + ")"));
    return "PushedAggregates: " + functions + ", PushedGroupBy: " + groupBy;
  }
}
