package io.netlytics.spark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogPropertiesTest {
  private static Map<String, String> map(String... namesAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  @Test
  void aReadWithoutATableHasOptionsOnly() {
    Map<String, String> options = map("connector", "zeek_to_DNS", "path", "/a");
    assertEquals(options, CatalogProperties.options(options));
  }

  @Test
  void aTablesOwnPropertiesAreNoOptions() {
    assertEquals(map("connector", "zeek_to_DNS", "path", "/a"),
        CatalogProperties.options(map("option.connector", "zeek_to_DNS", "connector",
            "zeek_to_DNS", "owner", "me", "location", "/a")));
  }

  @Test
  void aManagedTablesFolderHoldsNoLogs() {
    assertEquals(map("connector", "zeek_to_DNS"),
        CatalogProperties.options(map("option.connector", "zeek_to_DNS",
            "location", "/warehouse/t", "is_managed_location", "true")));
  }
}
