package io.netlytics.spark;

import io.netlytics.jni.NativeLibrary;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The data source {@code netlytics}: logs of network tools as tables. */
public final class NetlyticsSource implements TableProvider, DataSourceRegister {
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
  public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> options) {
    NativeLibrary.load(SessionConf.active().nativePath());
    return NetlyticsTable.of(
        new ReadOptions(new CaseInsensitiveStringMap(options)), schema);
  }

  /** Users may name the columns they want with {@code spark.read.schema(…)}. */
  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }
}
