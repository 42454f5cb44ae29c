package io.netlytics.spark;

import io.netlytics.spark.config.SessionConf;
import io.netlytics.spark.function.FunctionSignature;
import io.netlytics.spark.function.NamedTextFunction;
import io.netlytics.spark.function.TextFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** The SQL functions by name, without a catalog: {@code netlytics_registered_domain(name)}. */
public final class NetlyticsFunctions {
  /** What the functions' names begin with, so that they hide none of anybody else. */
  public static final String PREFIX = "netlytics_";

  private NetlyticsFunctions() {}

  /**
   * Registers all functions with a session, under their names with {@link #PREFIX} before them. A
   * function of the catalog ({@link NetlyticsCatalog}) is called faster.
   *
   * @return the names
   */
  public static String[] register(SparkSession session) {
    String nativePath = SessionConf.of(session).nativePath();
    List<String> names = new ArrayList<>();
    for (FunctionSignature signature : FunctionSignature.all(nativePath)) {
      String name = PREFIX + signature.name;
      TextFunction function = TextFunction.of(signature, nativePath);
      session.udf().register(name, new NamedTextFunction(name, function), DataTypes.StringType);
      names.add(name);
    }
    return names.toArray(new String[0]);
  }
}
