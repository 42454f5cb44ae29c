package io.netlytics.spark.filter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.types.DataType;

/** Writes a filter's constant as JSON. */
final class FilterValue {
  private FilterValue() {}

  /**
   * Appends a constant of exactly the column's type.
   *
   * @return false for null, for NaN and the infinities (JSON has none), and for any other type
   */
  static boolean append(ArrayNode values, Expression constant, DataType columnType) {
    if (!(constant instanceof Literal) || !((Literal<?>) constant).dataType().equals(columnType)) {
      return false;
    }
    Object value = ((Literal<?>) constant).value();
    if (value instanceof Long) {
      values.add((Long) value);
    } else if (value instanceof Double && !((Double) value).isNaN()
        && !((Double) value).isInfinite()) {
      values.add((Double) value);
    } else if (value != null && columnType.typeName().equals("string")) {
      values.add(value.toString());
    } else {
      return false;
    }
    return true;
  }
}
