package io.netlytics.spark.filter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.jni.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
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

  /**
   * Levels of conditions that are translated. The native reader's JSON parser ends at 128 levels of
   * objects and arrays, of which a condition has two.
   */
  private static final int MOST_LEVELS = 32;

  private final StructType table;

  /** @param table the columns the native reader knows; others are never translated */
  public FilterJson(StructType table) {
    this.table = table;
  }

  /** The filter's JSON, or null when it has no exact translation; null has none. */
  public ObjectNode translate(Expression filter) {
    return translate(filter, MOST_LEVELS);
  }

  private ObjectNode translate(Expression filter, int levels) {
    if (levels == 0 || !(filter instanceof Predicate)) {
      return null;
    }
    String name = ((Predicate) filter).name();
    Expression[] operands = filter.children();
    switch (name) {
      case "AND":
      case "OR":
        return combine(name, chained(name, operands), levels);
      case "NOT":
        return combine(name, Arrays.asList(operands), levels);
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

  /**
   * What a chain of one operator connects, in order. Queries that are put together by programs nest
   * thousands of ORs, one in the other, which is deeper than a stack or a parser can go.
   */
  private static List<Expression> chained(String op, Expression[] operands) {
    List<Expression> members = new ArrayList<>();
    Deque<Expression> waiting = new ArrayDeque<>(Arrays.asList(operands));
    while (!waiting.isEmpty()) {
      Expression next = waiting.pop();
      if (next instanceof Predicate && ((Predicate) next).name().equals(op)) {
        Expression[] inner = next.children();
        for (int i = inner.length - 1; i >= 0; i--) {
          waiting.push(inner[i]);
        }
      } else {
        members.add(next);
      }
    }
    return members;
  }

  private ObjectNode combine(String op, List<Expression> operands, int levels) {
    ObjectNode filter = Json.object().put("op", op.toLowerCase(Locale.ROOT));
    ArrayNode children = filter.putArray("children");
    for (Expression operand : operands) {
      ObjectNode child = translate(operand, levels - 1);
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
