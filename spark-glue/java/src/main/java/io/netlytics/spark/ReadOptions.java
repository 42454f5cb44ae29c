package io.netlytics.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.NetlyticsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The options of one read, as the user gave them. Names are case-insensitive. */
final class ReadOptions {
  /** What Spark itself adds to the options of a read or of a catalog table. */
  private static final Set<String> SPARKS_OWN = new HashSet<>(
      Arrays.asList("path", "paths", "serialization.format"));

  private final CaseInsensitiveStringMap map;

  ReadOptions(CaseInsensitiveStringMap map) {
    this.map = map;
  }

  /** The connector's name or alias. */
  String connector() {
    String connector = map.get("connector");
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
    return map.get("badRecordsPath");
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
      if (!SPARKS_OWN.contains(option.getKey().toLowerCase(Locale.ROOT))) {
        given.put(spelling(option.getKey(), connector), option.getValue());
      }
    }
    return Collections.unmodifiableMap(given);
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
