package io.netlytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class NetlyticsExceptionTest {
  @Test
  void theFieldsOfTheJsonAreInTheGetters() {
    NetlyticsException error = new NetlyticsException(
        "{\"kind\":\"BadInput\",\"message\":\"m\",\"path\":\"/a\",\"splitStart\":1,\"offset\":2,"
            + "\"record\":3,\"column\":\"c_port\",\"expected\":\"a number\"}");
    assertEquals("BadInput", error.getKind());
    assertEquals("m", error.getMessage());
    assertEquals("/a", error.getPath());
    assertEquals(1L, error.getSplitStart());
    assertEquals(2L, error.getOffset());
    assertEquals(3L, error.getRecord());
    assertEquals("c_port", error.getColumn());
    assertEquals("a number", error.getExpected());
  }

  @Test
  void absentAndNullFieldsAreNull() {
    NetlyticsException error =
        new NetlyticsException("{\"kind\":\"Io\",\"message\":\"m\",\"path\":null}");
    assertNull(error.getPath());
    assertNull(error.getOffset());
  }

  @Test
  void textThatIsNotJsonIsKept() {
    assertEquals("boom", new NetlyticsException("boom").getMessage());
    assertEquals("Internal", new NetlyticsException("boom").getKind());
  }
}
