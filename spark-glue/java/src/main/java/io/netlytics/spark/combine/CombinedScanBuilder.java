package io.netlytics.spark.combine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.spark.filter.FilterJson;
import io.netlytics.spark.filter.LegacyFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownFilters;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Takes over columns and filters for the query over a combined table's parts. Filters in the older
 * form, which is the one that EXPLAIN shows of a {@link CombinedScan}.
 */
final class CombinedScanBuilder
    implements ScanBuilder, SupportsPushDownRequiredColumns, SupportsPushDownFilters {
  private final CombinedTable table;
  private final FilterJson translator;
  private final List<Filter> pushed = new ArrayList<>();
  private final List<ObjectNode> filters = new ArrayList<>();
  private StructType columns;

  CombinedScanBuilder(CombinedTable table) {
    this.table = table;
    this.columns = table.schema();
    translator = new FilterJson(
        table.connector.schema.add(table.options.corruptColumn(), DataTypes.StringType));
  }

  @Override
  public void pruneColumns(StructType required) {
    columns = required;
  }

  @Override
  public Filter[] pushFilters(Filter[] given) {
    return Arrays.stream(given).filter(filter -> !push(filter)).toArray(Filter[]::new);
  }

  /** Takes a filter over; false leaves it to Spark. */
  private boolean push(Filter filter) {
    ObjectNode translated = translator.translate(LegacyFilter.predicate(filter));
    if (translated == null) {
      return false;
    }
    pushed.add(filter);
    filters.add(translated);
    return true;
  }

  @Override
  public Filter[] pushedFilters() {
    return pushed.toArray(new Filter[0]);
  }

  @Override
  public CombinedScan build() {
    return new CombinedScan(table, columns, filters);
  }
}
