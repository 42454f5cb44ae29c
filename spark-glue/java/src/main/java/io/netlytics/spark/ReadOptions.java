package io.netlytics.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.NetlyticsException;
import io.netlytics.jni.Native;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The options of one read, as the user gave them. Names are case-insensitive. */
final class ReadOptions {
  /** What Spark itself adds to the options of a read or of a catalog table. */
  private static final Set<String> SPARKS_OWN = new HashSet<>(
      Arrays.asList("path", "paths", "serialization.format"));

  private static final String CONNECTOR = "connector";
  private static final String BAD_RECORDS_PATH = "badRecordsPath";

  private final CaseInsensitiveStringMap map;

  ReadOptions(CaseInsensitiveStringMap map) {
    this.map = map;
  }

  /** The connector's name or alias. */
  String connector() {
    String connector = map.get(CONNECTOR);
    if (connector == null || connector.isEmpty()) {
      throw NetlyticsException.badOption("Option connector is required: it names what the files are,"
          + " for instance .option(\"connector\", \"zeek_to_DNS\").");
    }
    return connector;
  }

  /** The paths to read: {@code load(a, b)} arrives as a JSON array. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    String several = map.get("paths");
    if (several != null) {
      for (JsonNode path : Json.parse(several)) {
        paths.add(path.asText());
      }
    }
    String one = map.get("path");
    if (one != null && !one.isEmpty()) {
      paths.add(one);
    }
    if (paths.isEmpty()) {
      throw NetlyticsException.badOption("Option path is required: a file, a directory or a glob,"
          + " for instance .load(\"hdfs:///logs/zeek\").");
    }
    return paths;
  }

  /** First day to read as the user wrote it, or null. */
  String startDay() {
    return map.get("startDay");
  }

  /** Last day to read as the user wrote it, or null. */
  String endDay() {
    return map.get("endDay");
  }

  ReadMode mode() {
    return ReadMode.of(map.getOrDefault("mode", ReadMode.PERMISSIVE.name()));
  }

  /** Directory for bad records, or null. */
  String badRecordsPath() {
    return map.get(BAD_RECORDS_PATH);
  }

  String corruptColumn() {
    return map.getOrDefault("columnNameOfCorruptRecord", "_corrupt_record");
  }

  int batchRows() {
    return positive("batchRows", 8192);
  }

  int batchBytes() {
    return positive("batchBytes", 8 << 20);
  }

  int maxLineBytes() {
    return positive("maxLineBytes", 4 << 20);
  }

  /** Whether plain text may be cut into several splits. */
  boolean splittable() {
    String text = map.getOrDefault("splittable", "true").toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw NetlyticsException.badOption("Option splittable is '" + text + "': true or false.");
    }
    return text.equals("true");
  }

  /** What the native library gets to see: the user's options under the registry's spelling. */
  Map<String, String> forConnector(ConnectorInfo connector) {
    Map<String, String> given = new LinkedHashMap<>();
    for (Map.Entry<String, String> option : map.asCaseSensitiveMap().entrySet()) {
      boolean isOurs = PartRead.OPTION.equalsIgnoreCase(option.getKey());
      if (!isOurs && !SPARKS_OWN.contains(option.getKey().toLowerCase(Locale.ROOT))) {
        given.put(spelling(option.getKey(), connector), option.getValue());
      }
    }
    return Collections.unmodifiableMap(given);
  }

  /** Refuses what the native reader of a connector refuses: it looks at values when it is opened. */
  void check(ConnectorInfo connector, StructType columns) {
    String template = ScanTemplate.of(connector, this, columns, null, null, -1);
    Native.close(Native.open(
        ScanTemplate.forSlice(template, paths().get(0), 0, FileSlice.WHOLE), null));
  }

  /** These options for a scan of one part of the table. */
  Map<String, String> forPart(Part part, PartRead read) {
    Map<String, String> options = new LinkedHashMap<>(map.asCaseSensitiveMap());
    options.keySet().removeIf(name -> name.equalsIgnoreCase(CONNECTOR)
        || !read.counted && name.equalsIgnoreCase(BAD_RECORDS_PATH));
    options.put(CONNECTOR, part.connector.name);
    options.put(PartRead.OPTION, read.id);
    return options;
  }

  /** What the table is read for as a part of another, or null. */
  PartRead partRead() {
    return PartRead.of(map.get(PartRead.OPTION));
  }

  private static String spelling(String name, ConnectorInfo connector) {
    String nearest = NearestName.of(name, connector.options);
    if (!nearest.equalsIgnoreCase(name)) {
      throw NetlyticsException.badOption("Connector " + connector.name + " has no option '" + name
          + "': did you mean " + nearest + "? It takes " + String.join(", ", connector.options)
          + ".");
    }
    return nearest;
  }

  private int positive(String name, int otherwise) {
    String text = map.get(name);
    try {
      int value = text == null ? otherwise : Integer.parseInt(text.trim());
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the same message as a number out of range.
    }
    throw NetlyticsException.badOption(
        "Option " + name + " is '" + text + "': it must be a whole number above 0.");
  }
}
