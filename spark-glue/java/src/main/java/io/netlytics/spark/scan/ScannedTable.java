package io.netlytics.spark.scan;

import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.ReadOptions;
import java.util.stream.Stream;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table whose rows a scan of the logs gives one by one, as it meets them. */
public final class ScannedTable extends NetlyticsTable {
  /**
   * Checks everything that can be known without looking at a file.
   *
   * @param schema the columns wanted, or null or empty for all
   */
  public ScannedTable(ConnectorInfo connector, ReadOptions options, StructType schema) {
    super(connector, options, schema == null || schema.isEmpty() ? connector.schema
        : UserSchema.check(schema, connector, options.corruptColumn(), false));
    options.splittable();
    ScanTemplate.check(connector, options, schema());
  }

  @Override
  public BaseRelation relation(SQLContext context) {
    return new NetlyticsRelation(context, this);
  }

  @Override
  protected Stream<MetadataColumn> hiddenColumns() {
    return Stream.of(new CorruptRecordColumn(options.corruptColumn()), new OffsetColumn());
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ofTheTableAlready) {
    return new NetlyticsScanBuilder(this);
  }
}
