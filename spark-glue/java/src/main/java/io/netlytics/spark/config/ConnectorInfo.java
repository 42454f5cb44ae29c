package io.netlytics.spark.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.NetlyticsException;
import io.netlytics.jni.Json;
import io.netlytics.jni.Native;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the native registry says of one connector. */
public final class ConnectorInfo {
  /** The connector's own name, also when it was asked for by an alias. */
  public final String name;

  /** Its Data Table, for instance {@code DNS}. */
  public final String table;

  /**
   * The table's columns. All nullable for Spark, whatever the schema file says: the row that carries
   * a bad line in {@code _corrupt_record} has null in every other column.
   */
  public final StructType schema;

  /** Whether a large file of plain text may be cut: false when a row depends on all before it. */
  public final boolean splits;

  /** The reader options it takes. */
  final List<String> options = new ArrayList<>();

  private ConnectorInfo(JsonNode description) {
    name = description.get("name").asText();
    table = description.get("table").asText();
    schema = columns(description.get("schema"));
    splits = !description.get("split").asText().equals("whole");
    description.get("options").forEach(option -> options.add(option.asText()));
  }

  /** @throws NetlyticsException naming the nearest connectors when there is none of this name */
  public static ConnectorInfo of(String connector) {
    return new ConnectorInfo(
        Json.parse(Native.describe(connector.getBytes(StandardCharsets.UTF_8))));
  }

  private static StructType columns(JsonNode table) {
    // Only what a StructType has: Spark refuses the table's description beside it.
    ObjectNode struct = Json.object().put("type", "struct");
    struct.set("fields", table.get("fields"));
    StructType result = new StructType();
    for (StructField field : ((StructType) DataType.fromJson(Json.text(struct))).fields()) {
      result = result.add(new StructField(field.name(), field.dataType(), true, field.metadata()));
    }
    return result;
  }
}
