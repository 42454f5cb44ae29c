package io.netlytics.spark.combine;

import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.ReadOptions;
import io.netlytics.spark.scan.CorruptRecordColumn;
import io.netlytics.spark.scan.NetlyticsTable;
import io.netlytics.spark.scan.ScanTemplate;
import io.netlytics.spark.scan.UserSchema;
import java.util.stream.Stream;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table whose rows are put together from several logs, or from several lines of one. */
public final class CombinedTable extends NetlyticsTable {
  /** What the table is made of. */
  final Combination combination;

  private CombinedTable(ConnectorInfo connector, ReadOptions options, StructType schema,
      Combination combination) {
    super(connector, options, schema);
    this.combination = combination;
    options.splittable();
    combination.parts.forEach(part -> ScanTemplate.check(part.connector, options, part.columns));
  }

  /**
   * Checks everything that can be known without looking at a file.
   *
   * @param schema the columns wanted, or null or empty for all
   * @return null when a single record of the log is a row, which a scan gives
   */
  public static CombinedTable of(ConnectorInfo connector, ReadOptions options, StructType schema) {
    Combination combination =
        Combination.of(ScanTemplate.of(connector, options, connector.schema, null, null, -1));
    if (combination == null) {
      return null;
    }
    StructType columns = schema == null || schema.isEmpty() ? connector.schema
        : UserSchema.check(schema, connector, options.corruptColumn(), true);
    return new CombinedTable(connector, options, columns, combination);
  }

  @Override
  public BaseRelation relation(SQLContext context) {
    return new CombinedTableRelation(context, this);
  }

  @Override
  protected Stream<MetadataColumn> hiddenColumns() {
    return Stream.of(new CorruptRecordColumn(options.corruptColumn()));
  }

  @Override
  public String description() {
    return super.description() + ", parts=" + combination;
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ofTheTableAlready) {
    return new CombinedScanBuilder(this);
  }
}
