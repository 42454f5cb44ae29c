package io.netlytics.spark.combine;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.ReadOptions;
import io.netlytics.spark.files.LayoutRules;
import io.netlytics.spark.scan.OffsetColumn;
import org.apache.spark.sql.types.StructType;

/** One of the logs that a combined table is made of: a connector of its own, {@code table/part}. */
final class Part {
  final ConnectorInfo connector;

  /** What the combination's query calls it. */
  final String view;

  /** The columns that the query needs of it. */
  final StructType columns;

  /** Whether it is empty, rather than an error, where there are no files of it. */
  final boolean optional;

  Part(JsonNode part) {
    connector = ConnectorInfo.of(part.get("connector").asText());
    view = part.get("view").asText();
    optional = part.get("optional").asBoolean();
    StructType needed = new StructType();
    for (JsonNode column : part.get("columns")) {
      needed = needed.add(column.asText().equals(OffsetColumn.NAME)
          ? OffsetColumn.FIELD : connector.schema.apply(column.asText()));
    }
    columns = needed;
  }

  /** Which files are this part's; the user's options are valid for every part. */
  LayoutRules rules(ReadOptions options) {
    return new LayoutRules(connector, options);
  }
}
