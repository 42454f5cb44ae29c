package io.netlytics.spark.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.jni.Json;
import io.netlytics.jni.Native;
import io.netlytics.spark.config.ConnectorInfo;
import io.netlytics.spark.config.ReadOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Asks the native library which files belong to a connector and a range of days. */
public final class LayoutRules {
  final String connector;

  /** First day, or null for no bound. */
  final String startDay;

  /** Last day, or null for no bound. */
  final String endDay;

  /** The reader's options: some ask for further files. */
  private final Map<String, String> options;

  /** @param options of the user, whose days and reader options decide */
  public LayoutRules(ConnectorInfo connector, ReadOptions options) {
    this.connector = connector.name;
    this.startDay = options.startDay();
    this.endDay = options.endDay();
    this.options = options.forConnector(connector);
  }

  /** @throws io.netlytics.NetlyticsException when a day is none, or the last before the first */
  public void checkDays() {
    verdicts(new Path("/"), Collections.emptyList());
  }

  boolean hasDays() {
    return startDay != null || endDay != null;
  }

  /** The days for messages and EXPLAIN. */
  public String days() {
    return hasDays()
        ? (startDay == null ? "" : startDay) + ".." + (endDay == null ? "" : endDay) : "all";
  }

  /** Whether a file is of this connector by its name. */
  public boolean own(FileStatus file) {
    return verdicts(file.getPath(), Collections.singletonList(file))[0] != LayoutVerdict.FOREIGN;
  }

  /**
   * One verdict an entry, in one call across the border.
   *
   * @param root the qualified path that the user gave, or the part of a glob before its first
   *     wildcard: the names of the folders above it say no day
   */
  LayoutVerdict[] verdicts(Path root, List<? extends FileStatus> entries) {
    ObjectNode request = Json.object();
    request.put("connector", connector).put("startDay", startDay).put("endDay", endDay)
        .put("root", root.toString());
    ObjectNode given = request.putObject("options");
    options.forEach(given::put);
    ArrayNode list = request.putArray("entries");
    for (FileStatus entry : entries) {
      list.addArray().add(entry.getPath().toString()).add(entry.isDirectory());
    }
    byte[] codes = Native.layout(Json.utf8(request));
    LayoutVerdict[] verdicts = new LayoutVerdict[codes.length];
    for (int i = 0; i < codes.length; i++) {
      verdicts[i] = LayoutVerdict.of(codes[i]);
    }
    return verdicts;
  }
}
