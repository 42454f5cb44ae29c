package io.netlytics.spark;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;
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

  /** What the table is made of, or null when every line of the logs is a row. */
  final Combination combination;

  private final StructType schema;

  private NetlyticsTable(ConnectorInfo connector, ReadOptions options, StructType schema,
      Combination combination) {
    this.connector = connector;
    this.options = options;
    this.rules = new LayoutRules(connector, options);
    this.schema = schema;
    this.combination = combination;
  }

  /**
   * Checks everything that can be known without looking at a file, so that a mistake shows where the
   * table is named and not in a task.
   *
   * @param schema the columns wanted, or null or empty for all
   */
  static NetlyticsTable of(ReadOptions options, StructType schema) {
    ConnectorInfo connector = ConnectorInfo.of(options.connector());
    options.splittable();
    Combination combination =
        Combination.of(ScanTemplate.of(connector, options, connector.schema, null, null, -1));
    StructType columns = schema == null || schema.isEmpty() ? connector.schema
        : UserSchema.check(schema, connector, options.corruptColumn(), combination != null);
    if (combination == null) {
      options.check(connector, columns);
    } else {
      combination.parts.forEach(part -> options.check(part.connector, part.columns));
    }
    NetlyticsTable table = new NetlyticsTable(connector, options, columns, combination);
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
        + ", mode=" + options.mode() + (combination == null ? "" : ", parts=" + combination);
  }

  // Deprecated since Spark 3.4 for columns(), which 3.3 does not have.
  @Override
  public StructType schema() {
    return schema;
  }

  /** The columns of these names. */
  StructType only(String[] columns) {
    StructType wanted = new StructType();
    for (String column : columns) {
      wanted = wanted.add(schema.apply(column));
    }
    return wanted;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Collections.singleton(TableCapability.BATCH_READ);
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    MetadataColumn corrupt = new CorruptRecordColumn(options.corruptColumn());
    Stream<MetadataColumn> hidden = combination == null
        ? Stream.of(corrupt, new OffsetColumn()) : Stream.of(corrupt);
    return hidden
        .filter(column -> !Arrays.asList(schema.fieldNames()).contains(column.name()))
        .toArray(MetadataColumn[]::new);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap ofTheTableAlready) {
    return combination == null ? new NetlyticsScanBuilder(this) : new CombinedScanBuilder(this);
  }
}
