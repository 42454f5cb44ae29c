package io.netlytics.spark;

import io.netlytics.jni.NativeLibrary;
import io.netlytics.spark.combine.CombinedTable;
import io.netlytics.spark.config.CatalogProperties;
import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.ReadOptions;
import io.netlytics.spark.config.SessionConf;
import io.netlytics.spark.scan.NetlyticsTable;
import io.netlytics.spark.scan.ScannedTable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.sources.RelationProvider;
import org.apache.spark.sql.sources.SchemaRelationProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * The data source {@code netlytics}: logs of network tools as tables.
 *
 * <p>{@code spark.read} and {@code CREATE TEMPORARY VIEW … USING} take it as a {@link TableProvider}
 * in every Spark. A table of {@code CREATE TABLE … USING} is kept in Spark's own catalog, and Spark 3
 * opens those as relations only: hence the two older interfaces.
 */
public final class NetlyticsSource
    implements TableProvider, RelationProvider, SchemaRelationProvider, DataSourceRegister {
  @Override
  public String shortName() {
    return "netlytics";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    NativeLibrary.load(SessionConf.active().nativePath());
    return ConnectorInfo.of(new ReadOptions(options).connector()).schema;
  }

  /** @param schema of the user, or the one inferred; a subset of the connector's columns */
  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return table(schema, CatalogProperties.options(properties));
  }

  /** Users may name the columns they want with {@code spark.read.schema(…)}. */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public BaseRelation createRelation(
      SQLContext context, scala.collection.immutable.Map<String, String> options) {
    return createRelation(context, options, null);
  }

  // The only place where a Scala collection is touched; these methods are the same in 2.12 and 2.13.
  @Override
  public BaseRelation createRelation(
      SQLContext context, scala.collection.immutable.Map<String, String> options,
      StructType schema) {
    Map<String, String> given = new HashMap<>();
    for (Iterator<Tuple2<String, String>> all = options.iterator(); all.hasNext(); ) {
      Tuple2<String, String> option = all.next();
      given.put(option._1(), option._2());
    }
    return table(schema, given).relation(context);
  }

  private static NetlyticsTable table(StructType schema, Map<String, String> given) {
    NativeLibrary.load(SessionConf.active().nativePath());
    ReadOptions options = new ReadOptions(new CaseInsensitiveStringMap(given));
    ConnectorInfo connector = ConnectorInfo.of(options.connector());
    CombinedTable combined = CombinedTable.of(connector, options, schema);
    return combined != null ? combined : new ScannedTable(connector, options, schema);
  }
}
