package io.netlytics.spark.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.spark.rows.NamedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A filter of {@link FilterJson} as a condition in Spark's own language. */
public final class FilterColumn {
  private FilterColumn() {}

  /** @param filter the JSON of one filter, with all its children */
  public static Column of(JsonNode filter) {
    String op = filter.get("op").asText();
    switch (op) {
      case "and":
        return combined(filter, Column::and);
      case "or":
        return combined(filter, Column::or);
      case "not":
        return functions.not(of(filter.get("children").get(0)));
      case "isNull":
        return column(filter).isNull();
      case "isNotNull":
        return column(filter).isNotNull();
      case "in":
        List<Object> values = new ArrayList<>();
        filter.get("values").forEach(value -> values.add(constant(value)));
        return column(filter).isin(values.toArray());
      default:
        return compared(op, column(filter), constant(filter.get("value")));
    }
  }

  private static Column combined(JsonNode filter, BinaryOperator<Column> operator) {
    List<Column> children = new ArrayList<>();
    filter.get("children").forEach(child -> children.add(of(child)));
    return balanced(children, operator);
  }

  /** Halves of halves: Spark cannot work on a condition of thousands of levels. */
  private static Column balanced(List<Column> columns, BinaryOperator<Column> operator) {
    int half = columns.size() / 2;
    return half == 0 ? columns.get(0) : operator.apply(
        balanced(columns.subList(0, half), operator),
        balanced(columns.subList(half, columns.size()), operator));
  }

  private static Column compared(String op, Column column, Object value) {
    switch (op) {
      case "=":
        return column.equalTo(value);
      case "<=>":
        return column.eqNullSafe(value);
      case "<":
        return column.lt(value);
      case "<=":
        return column.leq(value);
      case ">":
        return column.gt(value);
      case ">=":
        return column.geq(value);
      case "startsWith":
        return column.startsWith((String) value);
      case "endsWith":
        return column.endsWith((String) value);
      case "contains":
        return column.contains(value);
      default:
        throw new IllegalStateException("FilterJson makes no " + op);
    }
  }

  private static Column column(JsonNode filter) {
    return NamedColumn.of(filter.get("column").asText());
  }

  private static Object constant(JsonNode value) {
    return value.isTextual() ? value.asText()
        : value.isIntegralNumber() ? (Object) value.asLong() : (Object) value.asDouble();
  }
}
