package io.netlytics.spark.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.jni.Json;
import org.apache.spark.sql.sources.AlwaysTrue;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.Not;
import org.apache.spark.sql.sources.Or;
import org.apache.spark.sql.sources.StringStartsWith;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class LegacyFilterTest {
  private static final FilterJson JSON = new FilterJson(new StructType()
      .add("c_port", DataTypes.LongType)
      .add("req_time", DataTypes.DoubleType)
      .add("query", DataTypes.StringType));

  private static void translates(String json, Filter filter) {
    assertEquals(json.replace('\'', '"'), Json.text(JSON.translate(LegacyFilter.predicate(filter))));
  }

  @Test
  void filtersBecomeTheSameJsonAsPredicates() {
    translates("{'op':'=','column':'c_port','value':53}", new EqualTo("c_port", 53L));
    translates("{'op':'<','column':'req_time','value':1.5}", new LessThan("req_time", 1.5));
    translates("{'op':'isNotNull','column':'query'}", new IsNotNull("query"));
    translates("{'op':'startsWith','column':'query','value':'w'}",
        new StringStartsWith("query", "w"));
    translates("{'op':'in','column':'query','values':['a','b']}",
        new In("query", new Object[] {"a", "b"}));
  }

  @Test
  void logicNests() {
    translates("{'op':'or','children':[{'op':'not','children':[{'op':'=','column':'c_port',"
            + "'value':1}]},{'op':'isNotNull','column':'query'}]}",
        new Or(new Not(new EqualTo("c_port", 1L)), new IsNotNull("query")));
  }

  @Test
  void aChainMayBeDeeperThanTheStack() {
    Filter ports = new EqualTo("c_port", 0L);
    Filter texts = new IsNotNull("query");
    for (long port = 1; port < 10_000; port++) {
      ports = new Or(ports, new EqualTo("c_port", port));
      texts = new And(new StringStartsWith("query", "w"), texts);
    }
    JsonNode either = JSON.translate(LegacyFilter.predicate(ports));
    assertEquals(10_000, either.get("children").size());
    assertEquals(0, either.get("children").get(0).get("value").asLong());
    assertEquals(9_999, either.get("children").get(9_999).get("value").asLong());
    JsonNode both = JSON.translate(LegacyFilter.predicate(texts));
    assertEquals("and", both.get("op").asText());
    assertEquals("isNotNull", both.get("children").get(9_999).get("op").asText());
  }

  @Test
  void whatIsNotKnownIsNotTranslated() {
    assertNull(LegacyFilter.predicate(new AlwaysTrue()));
    assertNull(LegacyFilter.predicate(new And(new AlwaysTrue(), new IsNotNull("query"))));
    assertNull(JSON.translate(LegacyFilter.predicate(new EqualTo("c_port", null))));
    assertNull(JSON.translate(LegacyFilter.predicate(new EqualTo("c_port", 53))));
  }
}
