package io.netlytics.spark.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netlytics.jni.Json;
import org.junit.jupiter.api.Test;

class FilterColumnTest {
  private static void means(String sql, String filter) {
    assertEquals(sql, FilterColumn.of(Json.parse(filter.replace('\'', '"'))).toString());
  }

  @Test
  void comparisonsKeepTheTypeOfTheirConstant() {
    means("(c_port = 53)", "{'op':'=','column':'c_port','value':53}");
    means("(req_time >= 0.5)", "{'op':'>=','column':'req_time','value':0.5}");
    means("(req_time < 2.0)", "{'op':'<','column':'req_time','value':2.0}");
    means("(c_port <= 53)", "{'op':'<=','column':'c_port','value':53}");
    means("(c_port > 9223372036854775807)",
        "{'op':'>','column':'c_port','value':9223372036854775807}");
    means("(query <=> a)", "{'op':'<=>','column':'query','value':'a'}");
  }

  @Test
  void textIsSearched() {
    means("startswith(query, a)", "{'op':'startsWith','column':'query','value':'a'}");
    means("endswith(query, a)", "{'op':'endsWith','column':'query','value':'a'}");
    means("contains(query, a)", "{'op':'contains','column':'query','value':'a'}");
  }

  @Test
  void nullsAndSets() {
    means("(query IS NULL)", "{'op':'isNull','column':'query'}");
    means("(query IS NOT NULL)", "{'op':'isNotNull','column':'query'}");
    means("(c_port IN (1, 2))", "{'op':'in','column':'c_port','values':[1,2]}");
  }

  @Test
  void conditionsAreCombined() {
    String first = "{'op':'isNull','column':'a'}";
    String second = "{'op':'=','column':'b','value':1}";
    means("((a IS NULL) AND (b = 1))", "{'op':'and','children':[" + first + "," + second + "]}");
    means("((a IS NULL) OR (b = 1))", "{'op':'or','children':[" + first + "," + second + "]}");
    String three = "[" + second + "," + first + "," + second + "]";
    means("((b = 1) OR ((a IS NULL) OR (b = 1)))", "{'op':'or','children':" + three + "}");
    means("(NOT (b = 1))", "{'op':'not','children':[" + second + "]}");
  }
}
