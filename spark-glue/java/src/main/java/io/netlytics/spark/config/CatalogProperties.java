package io.netlytics.spark.config;

import java.util.HashMap;
import java.util.Map;

/**
 * The reader options among the properties of a table in Spark's catalog. Spark 4 gives a table's
 * options under the prefix {@code option.} beside its owner, location and other properties; a read
 * that names no table gives its options alone.
 */
public final class CatalogProperties {
  private static final String PREFIX = "option.";

  private CatalogProperties() {}

  /** The options that a table was created with, its location as {@code path}. */
  public static Map<String, String> options(Map<String, String> properties) {
    Map<String, String> options = new HashMap<>();
    properties.forEach((name, value) -> {
      if (name.startsWith(PREFIX)) {
        options.put(name.substring(PREFIX.length()), value);
      }
    });
    if (options.isEmpty()) {
      return properties;
    }
    boolean ownsLocation = Boolean.parseBoolean(properties.get("is_managed_location"));
    if (!ownsLocation && properties.containsKey("location")) {
      options.putIfAbsent("path", properties.get("location"));
    }
    return options;
  }
}
