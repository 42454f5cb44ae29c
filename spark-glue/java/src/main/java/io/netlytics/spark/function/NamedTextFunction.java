package io.netlytics.spark.function;

import io.netlytics.NetlyticsException;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A text function as a UDF. Spark hands UDFs Java strings, so each text is decoded and encoded once
 * more than by {@link TextFunction}; nothing in Spark's public API registers that one by name.
 */
public final class NamedTextFunction implements UDF1<Object, String> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final TextFunction function;

  /** @param name what the function is registered as */
  public NamedTextFunction(String name, TextFunction function) {
    this.name = name;
    this.function = function;
  }

  @Override
  public String call(Object text) {
    if (text == null) {
      return null;
    }
    // Spark does not check the types of a UDF's arguments.
    if (!(text instanceof String)) {
      throw NetlyticsException.badOption(name + " takes a string, not a "
          + text.getClass().getSimpleName() + ": cast it to string.");
    }
    UTF8String result = function.invoke(UTF8String.fromString((String) text));
    return result == null ? null : result.toString();
  }
}
