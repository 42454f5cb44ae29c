package io.netlytics.spark.scan;

import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.ReadOptions;
import io.netlytics.spark.files.LayoutRules;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;

/** The logs under some paths, read with one connector. */
public abstract class NetlyticsTable implements SupportsRead, SupportsMetadataColumns {
  /** What the logs are. */
  public final ConnectorInfo connector;

  /** What the user asked for. */
  public final ReadOptions options;

  /** Which files are read. */
  public final LayoutRules rules;

  private final StructType schema;

  /** Checks the days, too, so that a mistake shows where the table is named and not in a task. */
  protected NetlyticsTable(ConnectorInfo connector, ReadOptions options, StructType schema) {
    this.connector = connector;
    this.options = options;
    this.rules = new LayoutRules(connector, options);
    this.schema = schema;
    rules.checkDays();
  }

  /** The table in the form that Spark 3 takes from its own catalog. */
  public abstract BaseRelation relation(SQLContext context);

  /** Columns that are there only for a query that names them. */
  protected abstract Stream<MetadataColumn> hiddenColumns();

  @Override
  public String name() {
    return "netlytics." + connector.name;
  }

  /** What is read, for EXPLAIN. */
  public String description() {
    return name() + " paths=" + options.paths() + ", days=" + rules.days()
        + ", mode=" + options.mode();
  }

  // Deprecated since Spark 3.4 for columns(), which 3.3 does not have.
  @Override
  public StructType schema() {
    return schema;
  }

  /** The columns of these names. */
  public StructType only(String[] columns) {
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
    return hiddenColumns()
        .filter(column -> !Arrays.asList(schema.fieldNames()).contains(column.name()))
        .toArray(MetadataColumn[]::new);
  }
}
