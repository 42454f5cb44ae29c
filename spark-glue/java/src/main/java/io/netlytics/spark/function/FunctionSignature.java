package io.netlytics.spark.function;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.jni.Json;
import io.netlytics.jni.NativeFunction;
import io.netlytics.jni.NativeLibrary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/** What the native registry says of one function. */
public final class FunctionSignature implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The function's name. */
  public final String name;

  /** What it gives, for people. */
  public final String description;

  /** The types of its arguments, in order. */
  final List<DataType> arguments = new ArrayList<>();

  /** The names of its arguments, in order. */
  final List<String> argumentNames = new ArrayList<>();

  /** The type of its result. */
  final DataType returns;

  private FunctionSignature(JsonNode signature) {
    name = signature.get("name").asText();
    description = signature.get("description").asText();
    for (JsonNode argument : signature.get("arguments")) {
      arguments.add(type(argument.get("type")));
      argumentNames.add(argument.get("name").asText());
    }
    returns = type(signature.get("returns"));
  }

  /**
   * All functions, in the registry's order.
   *
   * @param nativePath the session's path of the native library, or null
   */
  public static List<FunctionSignature> all(String nativePath) {
    NativeLibrary.load(nativePath);
    List<FunctionSignature> all = new ArrayList<>();
    Json.parse(NativeFunction.signatures()).forEach(one -> all.add(new FunctionSignature(one)));
    return all;
  }

  private static DataType type(JsonNode name) {
    return DataType.fromJson(Json.text(name));
  }
}
