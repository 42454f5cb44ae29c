package io.netlytics.spark.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.jni.Json;
import io.netlytics.jni.Native;
import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.ReadMode;
import io.netlytics.spark.config.ReadOptions;
import io.netlytics.spark.files.FileSlice;
import java.util.Arrays;
import org.apache.spark.sql.types.StructType;

/** The JSON a native scan is opened with: made once on the driver, completed for every slice. */
public final class ScanTemplate {
  private ScanTemplate() {}

  /**
   * @param columns wanted, in order; may hold the corrupt record column
   * @param filter of {@link io.netlytics.spark.filter.FilterJson}, or null
   * @param counts to give in place of the columns, or null
   * @param limit rows after which a scan may stop, or -1
   */
  public static String of(
      ConnectorInfo connector, ReadOptions options, StructType columns, ObjectNode filter,
      PushedCounts counts, int limit) {
    ObjectNode scan = Json.object();
    scan.put("connector", connector.name);
    ArrayNode names = scan.putArray("columns");
    if (counts == null) {
      Arrays.stream(columns.fieldNames()).forEach(names::add);
    } else {
      counts.addTo(scan);
    }
    scan.set("filter", filter);
    scan.put("limit", limit);
    scan.put("mode", options.mode().name());
    scan.put("corruptColumn", options.corruptColumn());
    scan.put("keepBadRecords", keepsBadRecords(options));
    scan.put("batchRows", options.batchRows());
    scan.put("batchBytes", options.batchBytes());
    scan.put("maxLineBytes", options.maxLineBytes());
    ObjectNode given = scan.putObject("options");
    options.forConnector(connector).forEach(given::put);
    return Json.text(scan);
  }

  /** Refuses what the native reader refuses, which looks at the options' values when it is opened. */
  public static void check(ConnectorInfo connector, ReadOptions options, StructType columns) {
    String template = of(connector, options, columns, null, null, -1);
    Native.close(Native.open(
        forSlice(template, options.paths().get(0), 0, FileSlice.WHOLE), null));
  }

  static boolean keepsBadRecords(ReadOptions options) {
    return options.badRecordsPath() != null && options.mode() == ReadMode.PERMISSIVE;
  }

  static byte[] forSlice(String template, String path, long start, long length) {
    ObjectNode scan = (ObjectNode) Json.parse(template);
    scan.put("path", path).put("splitStart", start).put("splitLength", length);
    return Json.utf8(scan);
  }
}
