package io.netlytics.spark.rows;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** References to columns by their exact names. */
public final class NamedColumn {
  private NamedColumn() {}

  /** The column of this name, whatever characters are in it. */
  public static Column of(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
