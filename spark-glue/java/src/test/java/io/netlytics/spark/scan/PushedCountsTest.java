package io.netlytics.spark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netlytics.jni.Json;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PushedCountsTest {
  private static final StructType TABLE = new StructType()
      .add("c_port", DataTypes.LongType)
      .add("req_time", DataTypes.DoubleType)
      .add("query", DataTypes.StringType)
      .add("answers", DataTypes.createArrayType(DataTypes.StringType));
  private static final Expression PORT = Expressions.column("c_port");
  private static final Expression TIME = Expressions.column("req_time");
  private static final Expression QUERY = Expressions.column("query");
  private static final Expression ANSWERS = Expressions.column("answers");
  private static final Expression CORRUPT = Expressions.column("_corrupt_record");

  private static Expression[] by(Expression... groups) {
    return groups;
  }

  private static PushedCounts pushed(Expression[] groups, AggregateFunc... functions) {
    return PushedCounts.of(new Aggregation(functions, groups), TABLE);
  }

  private static void staysWithSpark(Expression[] groups, AggregateFunc... functions) {
    assertNull(pushed(groups, functions));
  }

  @Test
  void groupsAndCountsAreNamed() {
    ObjectNode scan = Json.object();
    PushedCounts counts =
        pushed(by(QUERY, PORT), new CountStar(), new Count(TIME, false));
    counts.addTo(scan);
    assertEquals("{'groupBy':['query','c_port'],'counts':[null,'req_time']}".replace('\'', '"'),
        Json.text(scan));
    assertEquals("PushedAggregates: [COUNT(*), COUNT(req_time)], PushedGroupBy: [query, c_port]",
        counts.toString());
  }

  @Test
  void theScanGivesGroupsThenCounts() {
    assertEquals(
        new StructType()
            .add("query", DataTypes.StringType)
            .add("count(1)", DataTypes.LongType, false)
            .add("count(query)", DataTypes.LongType, false),
        pushed(by(QUERY), new CountStar(), new Count(QUERY, false)).schema());
  }

  @Test
  void groupsAloneAreDistinctValues() {
    assertEquals(new StructType().add("query", DataTypes.StringType), pushed(by(QUERY)).schema());
  }

  @Test
  void groupsThatAreNoPlainLongOrStringStayWithSpark() {
    staysWithSpark(by(TIME), new CountStar());
    staysWithSpark(by(QUERY, ANSWERS), new CountStar());
    staysWithSpark(by(CORRUPT), new CountStar());
    staysWithSpark(by(Expressions.bucket(2, "query")), new CountStar());
    staysWithSpark(by(Expressions.column("query.part")), new CountStar());
  }

  @Test
  void otherFunctionsStayWithSpark() {
    staysWithSpark(by(QUERY), new Count(PORT, true));
    staysWithSpark(by(QUERY), new CountStar(), new Sum(PORT, false));
    staysWithSpark(by(QUERY), new Count(ANSWERS, false));
    staysWithSpark(by(QUERY), new Count(CORRUPT, false));
    staysWithSpark(by(QUERY), new Count(new LiteralValue<>(2, DataTypes.IntegerType), false));
  }

  @Test
  void withoutGroupsSparkCounts() {
    staysWithSpark(by(), new CountStar());
  }
}
