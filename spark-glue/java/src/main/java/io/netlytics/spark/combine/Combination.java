package io.netlytics.spark.combine;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.jni.Json;
import io.netlytics.jni.Native;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a table is made that no single line of a log holds: its parts, and a query over them. */
final class Combination {
  final List<Part> parts;

  /** Over views named as the parts are; gives all columns of the table. */
  final String sql;

  private Combination(JsonNode combination) {
    List<Part> all = new ArrayList<>();
    combination.get("parts").forEach(part -> all.add(new Part(part)));
    parts = Collections.unmodifiableList(all);
    sql = combination.get("sql").asText();
  }

  /**
   * @param template of {@link io.netlytics.spark.scan.ScanTemplate}
   * @return null when every line of the log is a row
   */
  static Combination of(String template) {
    byte[] json = Native.combination(template.getBytes(StandardCharsets.UTF_8));
    return json == null ? null : new Combination(Json.parse(json));
  }

  /** Names of the parts' connectors, for EXPLAIN. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    parts.forEach(part -> names.add(part.connector.name + (part.optional ? "?" : "")));
    return names.toString();
  }
}
