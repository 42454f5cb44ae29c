package io.netlytics.spark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SkippedLinesTest {
  private static SkippedLines of(String kind, long lines) {
    SkippedLines counted = new SkippedLines();
    counted.add(Collections.singletonMap(kind, lines));
    return counted;
  }

  @Test
  void kindsAreAddedUpApart() {
    SkippedLines all = of("zone transfers", 1);
    all.add(Collections.singletonMap("query-errors", 2L));
    all.merge(of("query-errors", 40));
    assertEquals(42, all.value().get("query-errors"));
    assertEquals(Arrays.asList("query-errors", "zone transfers"),
        new ArrayList<>(all.value().keySet()));
  }

  @Test
  void aCopyIsOfItsOwn() {
    SkippedLines first = of("responses", 3);
    SkippedLines copy = first.copy();
    first.reset();
    assertTrue(first.isZero());
    assertFalse(copy.isZero());
    assertEquals(Collections.singletonMap("responses", 3L), copy.value());
  }
}
