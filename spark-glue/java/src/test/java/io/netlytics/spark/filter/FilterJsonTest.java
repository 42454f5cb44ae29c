package io.netlytics.spark.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.jni.Json;
import java.util.Arrays;
import java.util.Random;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class FilterJsonTest {
  private static final StructType TABLE = new StructType()
      .add("c_port", DataTypes.LongType)
      .add("req_time", DataTypes.DoubleType)
      .add("query", DataTypes.StringType)
      .add("answers", DataTypes.createArrayType(DataTypes.StringType));
  private static final Expression PORT = Expressions.column("c_port");
  private static final Expression QUERY = Expressions.column("query");
  private static final Expression FIFTY_THREE = new LiteralValue<>(53L, DataTypes.LongType);

  private static Expression text(String value) {
    return new LiteralValue<>(UTF8String.fromString(value), DataTypes.StringType);
  }

  private static Predicate predicate(String name, Expression... operands) {
    return new Predicate(name, operands);
  }

  private static void translates(String json, Predicate predicate) {
    assertEquals(json.replace('\'', '"'),
        Json.text(new FilterJson(TABLE).translate(predicate)));
  }

  private static void staysWithSpark(Predicate predicate) {
    assertNull(new FilterJson(TABLE).translate(predicate));
  }

  @Test
  void comparisonsNameColumnAndValue() {
    translates("{'op':'=','column':'c_port','value':53}", predicate("=", PORT, FIFTY_THREE));
    translates("{'op':'<=>','column':'query','value':'a\\'b'}".replace("\\'", "\\\""),
        predicate("<=>", QUERY, text("a\"b")));
    translates("{'op':'>=','column':'req_time','value':0.1}",
        predicate(">=", Expressions.column("req_time"),
            new LiteralValue<>(0.1, DataTypes.DoubleType)));
  }

  @Test
  void aConstantOnTheLeftMirrorsTheComparison() {
    translates("{'op':'>','column':'c_port','value':53}", predicate("<", FIFTY_THREE, PORT));
    translates("{'op':'<=','column':'c_port','value':53}", predicate(">=", FIFTY_THREE, PORT));
    translates("{'op':'<=>','column':'c_port','value':53}", predicate("<=>", FIFTY_THREE, PORT));
  }

  @Test
  void logicNests() {
    translates(
        "{'op':'or','children':[{'op':'isNull','column':'query'},"
            + "{'op':'not','children':[{'op':'endsWith','column':'query','value':'.it'}]}]}",
        predicate("OR", predicate("IS_NULL", QUERY),
            predicate("NOT", predicate("ENDS_WITH", QUERY, text(".it")))));
  }

  @Test
  void aChainIsOneConditionHoweverDeepItWasBuilt() {
    Predicate leftDeep = predicate("=", PORT, new LiteralValue<>(0L, DataTypes.LongType));
    Predicate rightDeep = leftDeep;
    for (long port = 1; port < 10_000; port++) {
      Predicate next = predicate("=", PORT, new LiteralValue<>(port, DataTypes.LongType));
      leftDeep = predicate("OR", leftDeep, next);
      rightDeep = predicate("OR", next, rightDeep);
    }
    for (Predicate chain : Arrays.asList(leftDeep, rightDeep)) {
      JsonNode filter = new FilterJson(TABLE).translate(chain);
      assertEquals(10_000, filter.get("children").size());
      long first = chain == leftDeep ? 0 : 9_999;
      assertEquals(first, filter.get("children").get(0).get("value").asLong());
      assertEquals(chain == leftDeep ? 1 : 9_998,
          filter.get("children").get(1).get("value").asLong());
    }
    translates("{'op':'and','children':[{'op':'isNull','column':'query'},{'op':'or','children':["
            + "{'op':'isNotNull','column':'query'},{'op':'isNull','column':'c_port'}]},"
            + "{'op':'isNotNull','column':'c_port'}]}",
        predicate("AND", predicate("AND", predicate("IS_NULL", QUERY),
            predicate("OR", predicate("IS_NOT_NULL", QUERY), predicate("IS_NULL", PORT))),
            predicate("IS_NOT_NULL", PORT)));
  }

  @Test
  void whatIsTooDeepForTheNativeReaderStaysWithSpark() {
    Predicate nested = predicate("IS_NULL", QUERY);
    for (int level = 2; level <= 32; level++) {
      nested = predicate(level % 2 == 0 ? "OR" : "AND", predicate("IS_NULL", PORT), nested);
    }
    assertNotNull(new FilterJson(TABLE).translate(nested));
    staysWithSpark(predicate("AND".equals(nested.name()) ? "OR" : "AND", nested, nested));
  }

  @Test
  void doublesAreWrittenExactly() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      double time = i % 2 == 0 ? 1.4e9 + random.nextDouble() * 3e8
          : Double.longBitsToDouble(random.nextLong());
      if (!Double.isNaN(time) && !Double.isInfinite(time)) {
        String json = Json.text(new FilterJson(TABLE).translate(predicate("<",
            Expressions.column("req_time"), new LiteralValue<>(time, DataTypes.DoubleType))));
        String written = json.substring(json.lastIndexOf(':') + 1, json.length() - 1);
        assertEquals(time, Double.parseDouble(written), 0.0);
        // The template is parsed and written once more for each slice.
        assertEquals(json, Json.text(Json.parse(json)));
      }
    }
  }

  @Test
  void unequalIsNotEqual() {
    translates("{'op':'not','children':[{'op':'=','column':'c_port','value':53}]}",
        predicate("<>", PORT, FIFTY_THREE));
  }

  @Test
  void inListsAllValues() {
    translates("{'op':'in','column':'query','values':['a','b']}",
        predicate("IN", QUERY, text("a"), text("b")));
  }

  @Test
  void whatIsNotExactStaysWithSpark() {
    staysWithSpark(predicate("=", PORT, new LiteralValue<>(53, DataTypes.IntegerType)));
    staysWithSpark(predicate("=", PORT, new LiteralValue<Long>(null, DataTypes.LongType)));
    staysWithSpark(predicate("IN", PORT, FIFTY_THREE,
        new LiteralValue<Long>(null, DataTypes.LongType)));
    staysWithSpark(predicate("<", Expressions.column("req_time"),
        new LiteralValue<>(Double.NaN, DataTypes.DoubleType)));
    staysWithSpark(predicate("IS_NULL", Expressions.column("answers")));
    staysWithSpark(predicate("IS_NOT_NULL", Expressions.column("_corrupt_record")));
    staysWithSpark(predicate("=", PORT, Expressions.column("s_port")));
    staysWithSpark(predicate("ALWAYS_TRUE"));
  }

  @Test
  void oneUntranslatableChildLeavesTheWholeFilter() {
    staysWithSpark(predicate("OR", predicate("=", PORT, FIFTY_THREE), predicate("ALWAYS_FALSE")));
  }
}
