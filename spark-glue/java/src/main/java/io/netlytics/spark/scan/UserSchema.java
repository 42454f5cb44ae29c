package io.netlytics.spark.scan;

import io.netlytics.NetlyticsException;
import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.NearestName;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks a schema that a user gave against the connector's table. */
public final class UserSchema {
  private UserSchema() {}

  /**
   * The same columns in the same order, with the table's own nullability and comments.
   *
   * @param asked columns of the table with the table's types, and possibly the hidden columns
   * @param isCombined whether a row is of several lines, and so has no offset
   */
  public static StructType check(StructType asked, ConnectorInfo connector, String corruptColumn,
      boolean isCombined) {
    StructType checked = new StructType();
    for (StructField field : asked.fields()) {
      checked = checked.add(field.name().equals(corruptColumn)
          ? hidden(field, DataTypes.StringType)
          : field.name().equals(OffsetColumn.NAME) && !isCombined
              ? hidden(field, DataTypes.LongType) : column(field, connector));
    }
    return checked;
  }

  private static StructField hidden(StructField field, DataType type) {
    requireType(field, type);
    return new StructField(field.name(), type, true, field.metadata());
  }

  private static StructField column(StructField field, ConnectorInfo connector) {
    List<String> names = Arrays.asList(connector.schema.fieldNames());
    if (!names.contains(field.name())) {
      throw NetlyticsException.badOption("Table " + connector.table + " of " + connector.name
          + " has no column '" + field.name() + "': did you mean "
          + NearestName.of(field.name(), names) + "? It has " + String.join(", ", names) + ".");
    }
    StructField own = connector.schema.apply(field.name());
    requireType(field, own.dataType());
    return own;
  }

  private static void requireType(StructField field, DataType type) {
    if (!field.dataType().catalogString().equals(type.catalogString())) {
      throw NetlyticsException.badOption("Column " + field.name() + " is "
          + type.catalogString() + ", the schema given has " + field.dataType().catalogString()
          + ": read it as " + type.catalogString() + " and cast it in the query.");
    }
  }
}
