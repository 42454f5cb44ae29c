package io.netlytics.spark.function;

import io.netlytics.NetlyticsException;
import io.netlytics.jni.NativeFunction;
import io.netlytics.jni.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** A function that makes a text of a text. Null gives null. */
public final class TextFunction implements ScalarFunction<UTF8String> {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String nativePath;
  /** The function's number in this process; 0 before the first call. */
  private transient volatile long number;

  private TextFunction(String name, String nativePath) {
    this.name = name;
    this.nativePath = nativePath;
  }

  /**
   * A function by its signature.
   *
   * @param nativePath the session's path of the native library, or null
   * @throws NetlyticsException for one of other arguments or another result
   */
  public static TextFunction of(FunctionSignature signature, String nativePath) {
    boolean fits = signature.returns.equals(DataTypes.StringType)
        && signature.arguments.equals(Collections.singletonList(DataTypes.StringType));
    if (!fits) {
      throw NetlyticsException.of("Internal", "There is no Spark class for the arguments "
          + signature.arguments + " and the result " + signature.returns + " of "
          + signature.name, null, null);
    }
    return new TextFunction(signature.name, nativePath);
  }

  /** The method that Spark's generated code calls for every row. */
  public UTF8String invoke(UTF8String text) {
    return text == null ? null : CallMemory.ofThread().call(number(), text);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String canonicalName() {
    return "netlytics." + name;
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] {DataTypes.StringType};
  }

  @Override
  public DataType resultType() {
    return DataTypes.StringType;
  }

  /** Spark compares the functions of SELECT and GROUP BY, each of which it has bound by itself. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TextFunction && ((TextFunction) other).name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  private long number() {
    long known = number;
    if (known == 0) {
      NativeLibrary.load(nativePath);
      known = NativeFunction.open(name.getBytes(StandardCharsets.UTF_8));
      number = known;
    }
    return known;
  }
}
