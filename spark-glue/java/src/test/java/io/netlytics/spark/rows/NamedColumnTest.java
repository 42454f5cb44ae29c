package io.netlytics.spark.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NamedColumnTest {
  @Test
  void anyNameIsOneColumn() {
    assertEquals("`a.b`", NamedColumn.of("a.b").toString());
    assertEquals("a`b", NamedColumn.of("a`b").toString());
  }
}
