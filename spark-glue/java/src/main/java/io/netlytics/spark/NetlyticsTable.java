package io.netlytics.spark;

import io.netlytics.jni.Native;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The logs under some paths, read with one connector. */
final class NetlyticsTable implements SupportsRead, SupportsMetadataColumns {
  final ConnectorInfo connector;
  final ReadOptions options;
  final LayoutRules rules;
  private final StructType schema;

  private NetlyticsTable(ConnectorInfo connector, ReadOptions options, StructType schema) {
    this.connector = connector;
    this.options = options;
    this.rules = new LayoutRules(connector.name, options.startDay(), options.endDay());
    this.schema = schema;
  }

  /**
   * Checks everything that can be known without looking at a file, so that a mistake shows where the
   * table is named and not in a task.
   *
   * @param schema the columns wanted, or null or empty for all
   */
  static NetlyticsTable of(ReadOptions options, StructType schema) {
    ConnectorInfo connector = ConnectorInfo.of(options.connector());
    StructType columns = schema == null || schema.isEmpty() ? connector.schema
        : UserSchema.check(schema, connector, options.corruptColumn());
    String path = options.paths().get(0);
    options.splittable();
    String template = ScanTemplate.of(connector, options, columns, null, null, -1);
    // The native reader checks the options' values when a scan is opened.
    Native.close(Native.open(
        ScanTemplate.forSlice(template, path, 0, FileSlice.WHOLE), null));
    NetlyticsTable table = new NetlyticsTable(connector, options, columns);
    // Of no entries: only the days are checked.
    table.rules.verdicts(Collections.emptyList());
    return table;
  }

  @Override
  public String name() {
    return "netlytics." + connector.name;
  }

  /** What is read, for EXPLAIN. */
  String description() {
    return name() + " paths=" + options.paths() + ", days=" + rules.days()
        + ", mode=" + options.mode();
  }

  // Deprecated since Spark 3.4 for columns(), which 3.3 does not have.
  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Collections.singleton(TableCapability.BATCH_READ);
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    boolean isPlainColumn = Arrays.asList(schema.fieldNames()).contains(options.corruptColumn());
    return isPlainColumn ? new MetadataColumn[0]
        : new MetadataColumn[] {new CorruptRecordColumn(options.corruptColumn())};
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ofTheTableAlready) {
    return new NetlyticsScanBuilder(this);
  }
}
