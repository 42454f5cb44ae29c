package io.netlytics.spark.combine;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.spark.config.ReadMode;
import io.netlytics.spark.filter.FilterColumn;
import io.netlytics.spark.rows.InternalRows;
import io.netlytics.spark.rows.NamedColumn;
import io.netlytics.spark.scan.PartRead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The query that makes a combined table of its parts. Spark's optimizer takes the filters and the
 * choice of columns on into the parts' own scans.
 */
final class CombinedQuery implements AutoCloseable {
  private final CombinedTable table;
  private final PartFiles files;
  private final SparkSession session;
  private final List<PartRead> reads = new ArrayList<>();
  private final String corruptColumn;

  /** Close it when the rows' plan is made: the parts' scans find their files no longer then. */
  CombinedQuery(CombinedTable table, PartFiles files, SparkSession session) {
    this.table = table;
    this.files = files;
    this.session = session;
    corruptColumn = table.options.corruptColumn();
  }

  /**
   * @param columns of the table, possibly with that of the bad lines
   * @param filters of {@link io.netlytics.spark.filter.FilterJson}
   * @return rows in Spark's internal form, as nothing is run yet
   */
  RDD<?> rows(StructType columns, List<? extends JsonNode> filters) {
    boolean wantsCorrupt = Arrays.asList(columns.fieldNames()).contains(corruptColumn)
        || filters.stream()
            .anyMatch(filter -> filter.findValuesAsText("column").contains(corruptColumn));
    Dataset<Row> rows = wantsCorrupt ? withBadLines(filters) : combined(false);
    for (JsonNode filter : filters) {
      rows = rows.where(FilterColumn.of(filter));
    }
    return InternalRows.of(rows.select(named(columns))).rdd();
  }

  private Dataset<Row> combined(boolean checksEveryColumn) {
    for (Part part : table.combination.parts) {
      view(part, checksEveryColumn).createOrReplaceTempView(part.view);
    }
    Dataset<Row> rows = session.sql(table.combination.sql);
    requireColumns(rows.schema());
    return rows;
  }

  /** The rows, and one for each bad line of each part; of these alone, where no others are wanted. */
  private Dataset<Row> withBadLines(List<? extends JsonNode> filters) {
    boolean onlyBad = filters.stream().anyMatch(filter ->
        filter.get("op").asText().equals("isNotNull")
            && filter.get("column").asText().equals(corruptColumn));
    Dataset<Row> rows = onlyBad
        ? session.createDataFrame(Collections.emptyList(), table.connector.schema) : combined(true);
    rows = rows.withColumn(corruptColumn, nothing(DataTypes.StringType));
    for (Part part : table.combination.parts) {
      if (isThere(part) && (onlyBad || table.options.mode() == ReadMode.PERMISSIVE)) {
        // Every line counts once: here, unless it has been read for the rows already.
        rows = rows.union(badLines(part, onlyBad));
      }
    }
    return rows;
  }

  private Dataset<Row> view(Part part, boolean checksEveryColumn) {
    if (!isThere(part)) {
      return session.createDataFrame(Collections.emptyList(), part.columns);
    }
    Column[] columns = named(part.columns);
    if (!checksEveryColumn) {
      return read(part, true).select(columns);
    }
    // Asked for the bad lines, the reader calls a line bad for any column, not only those it needs.
    Column text = NamedColumn.of(corruptColumn);
    List<Column> withText = new ArrayList<>(Arrays.asList(columns));
    withText.add(text);
    // Selected before it is filtered by: above a filter, Spark 3.3 does not find a hidden column.
    return read(part, true).select(withText.toArray(new Column[0]))
        .where(text.isNull()).select(columns);
  }

  private boolean isThere(Part part) {
    return !files.of(part).files().isEmpty();
  }

  /** The bad lines of a part, every column of the table null beside them. */
  private Dataset<Row> badLines(Part part, boolean counted) {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(table.connector.schema.fields())
        .forEach(field -> columns.add(nothing(field.dataType()).as(field.name())));
    Column text = NamedColumn.of(corruptColumn);
    columns.add(text);
    return read(part, counted).select(text).where(text.isNotNull())
        .select(columns.toArray(new Column[0]));
  }

  /** @param counted whether its counts and bad records are kept: false when it is read again */
  private Dataset<Row> read(Part part, boolean counted) {
    PartRead read = new PartRead(files.of(part), counted);
    reads.add(read);
    Map<String, String> options =
        table.options.forPart(part.connector.name, read.id, counted);
    return session.read().format("netlytics").options(options).load();
  }

  private static Column[] named(StructType columns) {
    return Arrays.stream(columns.fieldNames()).map(NamedColumn::of).toArray(Column[]::new);
  }

  private static Column nothing(DataType type) {
    return functions.lit(null).cast(type);
  }

  /** The rows are handed on unchecked, so their columns must be the table's. */
  private void requireColumns(StructType found) {
    String is = found.catalogString();
    String wanted = table.connector.schema.catalogString();
    if (!is.equals(wanted)) {
      throw new IllegalStateException(
          "The parts of " + table.connector.name + " give " + is + " in place of " + wanted);
    }
  }

  @Override
  public void close() {
    reads.forEach(PartRead::close);
  }
}
