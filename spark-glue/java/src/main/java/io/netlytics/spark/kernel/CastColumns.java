package io.netlytics.spark.kernel;

import io.netlytics.NetlyticsException;
import io.netlytics.spark.rows.NamedColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns that a model reads, cast to the types that it learned: whole numbers to double, other
 * values to string. Columns that had to be cast come back as they were.
 */
public final class CastColumns {
  private static final String HELD = "__netlytics_own_";

  private final Dataset<Row> query;
  private final Map<String, String> held = new LinkedHashMap<>();
  private Dataset<Row> cast;

  /**
   * @param types by the name of a column, {@code double}, {@code string}, or another one, which
   *     stays as it is
   * @throws NetlyticsException of kind BadOption when the query has no such column
   */
  public CastColumns(Dataset<Row> query, Map<String, String> types) {
    this.query = query;
    this.cast = query;
    List<String> columns = Arrays.asList(query.columns());
    types.forEach(
        (name, type) -> {
          if (!columns.contains(name)) {
            throw NetlyticsException.badOption(
                "There is no column " + name + ", which the model was learned from: there are "
                    + String.join(", ", columns) + ".");
          }
          DataType wanted = typeOf(type);
          if (wanted != null && !query.schema().apply(name).dataType().equals(wanted)) {
            String own = HELD + held.size();
            held.put(name, own);
            cast =
                cast.withColumnRenamed(name, own)
                    .withColumn(name, NamedColumn.of(own).cast(wanted));
          }
        });
  }

  /** The query with its columns cast. */
  public Dataset<Row> cast() {
    return cast;
  }

  /** The query's own columns as they were, then these others, out of what became of the rows. */
  public Dataset<Row> restored(Dataset<Row> rows, List<String> others) {
    if (held.isEmpty() && Arrays.asList(rows.columns()).equals(all(others))) {
      return rows;
    }
    List<Column> columns = new ArrayList<>();
    for (String name : query.columns()) {
      columns.add(NamedColumn.of(held.getOrDefault(name, name)).as(name));
    }
    others.forEach(name -> columns.add(NamedColumn.of(name)));
    return rows.select(columns.toArray(new Column[0]));
  }

  private List<String> all(List<String> others) {
    List<String> all = new ArrayList<>(Arrays.asList(query.columns()));
    all.addAll(others);
    return all;
  }

  private static DataType typeOf(String type) {
    switch (type) {
      case "double":
        return DataTypes.DoubleType;
      case "string":
        return DataTypes.StringType;
      default:
        return null;
    }
  }
}
