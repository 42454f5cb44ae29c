package io.netlytics.spark.filter;

import java.util.Arrays;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the native reader can compute with: the long, double and string columns of its table. */
public final class ScalarColumn {
  private ScalarColumn() {}

  /** The column that an expression is a plain reference to, or null for anything else. */
  public static StructField of(Expression expression, StructType table) {
    if (!(expression instanceof NamedReference)) {
      return null;
    }
    String[] names = ((NamedReference) expression).fieldNames();
    if (names.length != 1 || !Arrays.asList(table.fieldNames()).contains(names[0])) {
      return null;
    }
    StructField column = table.apply(names[0]);
    return column.dataType() instanceof ArrayType ? null : column;
  }
}
