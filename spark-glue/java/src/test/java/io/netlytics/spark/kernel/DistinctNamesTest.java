package io.netlytics.spark.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistinctNamesTest {
  private static void check(List<String> names, List<String> expected) {
    assertEquals(expected, DistinctNames.of(names));
  }

  @Test
  void distinctNamesStay() {
    check(Arrays.asList("a", "b", "a b"), Arrays.asList("a", "b", "a b"));
  }

  @Test
  void theFirstOfANameKeepsIt() {
    check(Arrays.asList("a", "b", "a", "A"), Arrays.asList("a", "b", "a (2)", "A (3)"));
  }

  @Test
  void noNameIsTakenFromAnotherColumn() {
    check(Arrays.asList("a", "a", "a (2)"), Arrays.asList("a", "a (3)", "a (2)"));
  }
}
