package io.netlytics.spark.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.NetlyticsException;
import io.netlytics.jni.Json;
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
public final class ReadOptions {
  /** What Spark itself adds to the options of a read or of a catalog table. */
  private static final Set<String> SPARKS_OWN = new HashSet<>(
      Arrays.asList("path", "paths", "serialization.format"));

  private static final String CONNECTOR = "connector";
  private static final String BAD_RECORDS_PATH = "badRecordsPath";
  /** Says what a part of a combined table is read for. Not for users: its values are never known. */
  private static final String PART_READ = "netlyticsPartRead";

  private final CaseInsensitiveStringMap map;

  /** @param map the options by name, whose case does not matter */
  public ReadOptions(CaseInsensitiveStringMap map) {
    this.map = map;
  }

  /** The connector's name or alias. */
  public String connector() {
    String connector = map.get(CONNECTOR);
    if (connector == null || connector.isEmpty()) {
      throw NetlyticsException.badOption("Option connector is required: it names what the files are,"
          + " for instance .option(\"connector\", \"zeek_to_DNS\").");
    }
    return connector;
  }

  /** The paths to read: {@code load(a, b)} arrives as a JSON array. */
  public List<String> paths() {
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
  public String startDay() {
    return map.get("startDay");
  }

  /** Last day to read as the user wrote it, or null. */
  public String endDay() {
    return map.get("endDay");
  }

  /** What happens to a line that cannot be read: PERMISSIVE unless the user says otherwise. */
  public ReadMode mode() {
    return ReadMode.of(map.getOrDefault("mode", ReadMode.PERMISSIVE.name()));
  }

  /** Directory for bad records, or null. */
  public String badRecordsPath() {
    return map.get(BAD_RECORDS_PATH);
  }

  /** The name of the hidden column with the text of bad lines. */
  public String corruptColumn() {
    return map.getOrDefault("columnNameOfCorruptRecord", "_corrupt_record");
  }

  /** Rows of a batch at most. */
  public int batchRows() {
    return positive("batchRows", 8192);
  }

  /** Bytes of text in a batch at most, but for its last row. */
  public int batchBytes() {
    return positive("batchBytes", 8 << 20);
  }

  /** Bytes of a line at most; a longer one is a bad record. */
  public int maxLineBytes() {
    return positive("maxLineBytes", 4 << 20);
  }

  /** Whether plain text may be cut into several splits. */
  public boolean splittable() {
    String text = map.getOrDefault("splittable", "true").toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw NetlyticsException.badOption("Option splittable is '" + text + "': true or false.");
    }
    return text.equals("true");
  }

  /** What the native library gets to see: the user's options under the registry's spelling. */
  public Map<String, String> forConnector(ConnectorInfo connector) {
    Map<String, String> given = new LinkedHashMap<>();
    for (Map.Entry<String, String> option : map.asCaseSensitiveMap().entrySet()) {
      boolean isOurs = PART_READ.equalsIgnoreCase(option.getKey());
      if (!isOurs && !SPARKS_OWN.contains(option.getKey().toLowerCase(Locale.ROOT))) {
        given.put(spelling(option.getKey(), connector), option.getValue());
      }
    }
    return Collections.unmodifiableMap(given);
  }

  /**
   * These options for a scan of one part of the table.
   *
   * @param connector the part's own
   * @param id returned by {@link #partRead} of the part's options
   * @param keepsBadRecords false for a part whose lines are read by another scan, too
   */
  public Map<String, String> forPart(String connector, String id, boolean keepsBadRecords) {
    Map<String, String> options = new LinkedHashMap<>(map.asCaseSensitiveMap());
    options.keySet().removeIf(name -> name.equalsIgnoreCase(CONNECTOR)
        || !keepsBadRecords && name.equalsIgnoreCase(BAD_RECORDS_PATH));
    options.put(CONNECTOR, connector);
    options.put(PART_READ, id);
    return options;
  }

  /** The id of the read that this is a part of, or null for a table that a user names. */
  public String partRead() {
    return map.get(PART_READ);
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
