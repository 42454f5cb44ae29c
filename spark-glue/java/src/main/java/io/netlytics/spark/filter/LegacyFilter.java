package io.netlytics.spark.filter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.LiteralValue;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualNullSafe;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.IsNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.Not;
import org.apache.spark.sql.sources.Or;
import org.apache.spark.sql.sources.StringContains;
import org.apache.spark.sql.sources.StringEndsWith;
import org.apache.spark.sql.sources.StringStartsWith;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The filters of relations in the newer form, which is the one that is translated further. */
public final class LegacyFilter {
  private LegacyFilter() {}

  /** The same condition as a predicate, or null when there is none. */
  public static Predicate predicate(Filter filter) {
    if (filter instanceof EqualTo) {
      return compare("=", ((EqualTo) filter).attribute(), ((EqualTo) filter).value());
    } else if (filter instanceof EqualNullSafe) {
      EqualNullSafe equal = (EqualNullSafe) filter;
      return compare("<=>", equal.attribute(), equal.value());
    } else if (filter instanceof LessThan) {
      return compare("<", ((LessThan) filter).attribute(), ((LessThan) filter).value());
    } else if (filter instanceof LessThanOrEqual) {
      LessThanOrEqual most = (LessThanOrEqual) filter;
      return compare("<=", most.attribute(), most.value());
    } else if (filter instanceof GreaterThan) {
      return compare(">", ((GreaterThan) filter).attribute(), ((GreaterThan) filter).value());
    } else if (filter instanceof GreaterThanOrEqual) {
      GreaterThanOrEqual least = (GreaterThanOrEqual) filter;
      return compare(">=", least.attribute(), least.value());
    } else if (filter instanceof In) {
      return compare("IN", ((In) filter).attribute(), ((In) filter).values());
    } else if (filter instanceof IsNull) {
      return compare("IS_NULL", ((IsNull) filter).attribute());
    } else if (filter instanceof IsNotNull) {
      return compare("IS_NOT_NULL", ((IsNotNull) filter).attribute());
    } else if (filter instanceof StringStartsWith) {
      StringStartsWith starts = (StringStartsWith) filter;
      return compare("STARTS_WITH", starts.attribute(), starts.value());
    } else if (filter instanceof StringEndsWith) {
      StringEndsWith ends = (StringEndsWith) filter;
      return compare("ENDS_WITH", ends.attribute(), ends.value());
    } else if (filter instanceof StringContains) {
      StringContains contains = (StringContains) filter;
      return compare("CONTAINS", contains.attribute(), contains.value());
    } else if (filter instanceof And || filter instanceof Or) {
      return combine(filter instanceof And ? "AND" : "OR", chained(filter));
    }
    return filter instanceof Not
        ? combine("NOT", Collections.singletonList(((Not) filter).child())) : null;
  }

  private static Predicate compare(String name, String column, Object... values) {
    return new Predicate(name, Stream.concat(
        Stream.<Expression>of(Expressions.column(column)),
        Arrays.stream(values).map(LegacyFilter::literal)).toArray(Expression[]::new));
  }

  private static Expression literal(Object value) {
    DataType type = value instanceof Long ? DataTypes.LongType
        : value instanceof Double ? DataTypes.DoubleType
        : value instanceof String ? DataTypes.StringType : DataTypes.NullType;
    return new LiteralValue<>(value, type);
  }

  /** What a chain of ANDs or of ORs connects, in order; the chain may be deeper than the stack. */
  private static List<Filter> chained(Filter chain) {
    List<Filter> members = new ArrayList<>();
    Deque<Filter> waiting = new ArrayDeque<>(Collections.singleton(chain));
    while (!waiting.isEmpty()) {
      Filter next = waiting.pop();
      if (next.getClass() != chain.getClass()) {
        members.add(next);
      } else if (next instanceof And) {
        waiting.push(((And) next).right());
        waiting.push(((And) next).left());
      } else {
        waiting.push(((Or) next).right());
        waiting.push(((Or) next).left());
      }
    }
    return members;
  }

  /** One predicate of all conditions, however many: {@link FilterJson} takes them so. */
  private static Predicate combine(String name, List<Filter> filters) {
    Predicate[] children =
        filters.stream().map(LegacyFilter::predicate).toArray(Predicate[]::new);
    return Arrays.asList(children).contains(null) ? null : new Predicate(name, children);
  }
}
