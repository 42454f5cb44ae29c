package io.netlytics.spark.filter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.jni.Json;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Translates Spark's predicates to the filters the native reader evaluates exactly, with SQL's
 * three-valued logic, on long, double and string columns. What cannot be said exactly is not
 * translated at all: Spark evaluates it after the scan.
 */
public final class FilterJson {
  private static final Map<String, String> COMPARISONS = new HashMap<>();
  private static final Map<String, String> MIRRORED = new HashMap<>();
  private static final Map<String, String> TEXT = new HashMap<>();

  static {
    for (String op : Arrays.asList("=", "<=>", "<", "<=", ">", ">=")) {
      COMPARISONS.put(op, op);
      MIRRORED.put(op, op.replace('<', '#').replace('>', '<').replace('#', '>'));
    }
    MIRRORED.put("<=>", "<=>");
    TEXT.put("STARTS_WITH", "startsWith");
    TEXT.put("ENDS_WITH", "endsWith");
    TEXT.put("CONTAINS", "contains");
  }

  private final StructType table;

  /** @param table the columns the native reader knows; others are never translated */
  public FilterJson(StructType table) {
    this.table = table;
  }

  /** The filter's JSON, or null when it has no exact translation; null has none. */
  public ObjectNode translate(Expression filter) {
    if (!(filter instanceof Predicate)) {
      return null;
    }
    String name = ((Predicate) filter).name();
    Expression[] operands = filter.children();
    switch (name) {
      case "AND":
      case "OR":
      case "NOT":
        return combine(name.toLowerCase(Locale.ROOT), operands);
      case "<>":
        return negate(comparison("=", operands));
      case "IS_NULL":
        return nullness("isNull", operands[0]);
      case "IS_NOT_NULL":
        return nullness("isNotNull", operands[0]);
      case "IN":
        return membership(operands);
      default:
        return COMPARISONS.containsKey(name)
            ? comparison(COMPARISONS.get(name), operands)
            : TEXT.containsKey(name) ? text(TEXT.get(name), operands) : null;
    }
  }

  private ObjectNode combine(String op, Expression[] operands) {
    ObjectNode filter = Json.object().put("op", op);
    ArrayNode children = filter.putArray("children");
    for (Expression operand : operands) {
      ObjectNode child = translate(operand);
      if (child == null) {
        return null;
      }
      children.add(child);
    }
    return filter;
  }

  private static ObjectNode negate(ObjectNode filter) {
    if (filter == null) {
      return null;
    }
    ObjectNode not = Json.object().put("op", "not");
    not.putArray("children").add(filter);
    return not;
  }

  private ObjectNode comparison(String op, Expression[] operands) {
    if (operands[0] instanceof Literal) {
      return comparison(MIRRORED.get(op), new Expression[] {operands[1], operands[0]});
    }
    return withValue(op, operands, false);
  }

  private ObjectNode text(String op, Expression[] operands) {
    return withValue(op, operands, true);
  }

  private ObjectNode withValue(String op, Expression[] operands, boolean onText) {
    DataType type = type(operands[0]);
    if (type == null || onText && !type.equals(DataTypes.StringType)) {
      return null;
    }
    ObjectNode filter = Json.object().put("op", op).put("column", column(operands[0]));
    ArrayNode value = Json.array();
    return FilterValue.append(value, operands[1], type) ? filter.set("value", value.get(0)) : null;
  }

  private ObjectNode membership(Expression[] operands) {
    DataType type = type(operands[0]);
    if (type == null) {
      return null;
    }
    ObjectNode filter = Json.object().put("op", "in").put("column", column(operands[0]));
    ArrayNode values = filter.putArray("values");
    for (Expression value : Arrays.asList(operands).subList(1, operands.length)) {
      if (!FilterValue.append(values, value, type)) {
        return null;
      }
    }
    return filter;
  }

  private ObjectNode nullness(String op, Expression operand) {
    return type(operand) == null
        ? null : Json.object().put("op", op).put("column", column(operand));
  }

  private static String column(Expression reference) {
    return ((NamedReference) reference).fieldNames()[0];
  }

  /** The type of a scalar column of the table, or null for anything else. */
  private DataType type(Expression operand) {
    StructField column = ScalarColumn.of(operand, table);
    return column == null ? null : column.dataType();
  }
}
