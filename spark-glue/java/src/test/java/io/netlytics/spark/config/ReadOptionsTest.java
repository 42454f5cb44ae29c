package io.netlytics.spark.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netlytics.NetlyticsException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {
  private static ReadOptions options(String... namesAndValues) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new ReadOptions(new CaseInsensitiveStringMap(map));
  }

  private static void refused(String partOfMessage, Runnable read) {
    NetlyticsException error = assertThrows(NetlyticsException.class, read::run);
    assertEquals("BadOption", error.getKind());
    assertTrue(error.getMessage().contains(partOfMessage), error.getMessage());
  }

  @Test
  void pathsComeFromBothOptions() {
    assertEquals(Arrays.asList("/a"), options("path", "/a").paths());
    assertEquals(Arrays.asList("/a", "/b,c"), options("paths", "[\"/a\",\"/b,c\"]").paths());
  }

  @Test
  void missingOptionsAreNamed() {
    refused("connector is required", () -> options().connector());
    refused("path is required", () -> options().paths());
  }

  @Test
  void wrongValuesShowTheRightOnes() {
    refused("nearest: FAILFAST", () -> options("mode", "failfats").mode());
    refused("batchRows is '0'", () -> options("batchrows", "0").batchRows());
    refused("maxLineBytes is '4MB'", () -> options("MAXLINEBYTES", "4MB").maxLineBytes());
    refused("true or false", () -> options("splittable", "maybe").splittable());
  }

  @Test
  void theNearestNameIsByEdits() {
    assertEquals("startDay",
        NearestName.of("start_day", Arrays.asList("endDay", "startDay", "mode")));
  }
}
