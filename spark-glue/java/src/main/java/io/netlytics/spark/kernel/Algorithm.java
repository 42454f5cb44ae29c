package io.netlytics.spark.kernel;

import io.netlytics.jni.NativeFit;
import io.netlytics.jni.NativeKernel;
import io.netlytics.jni.NativeLibrary;
import io.netlytics.jni.NativePass;
import io.netlytics.spark.config.SessionConf;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * An algorithm of the native library as a task needs it: name, parameters, columns and model. The
 * model is broadcast, so it reaches an executor once however many tasks use it; decoded, it stays
 * in the native library.
 */
public final class Algorithm implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String params;
  private final Broadcast<byte[]> model;
  private final StructType input;
  private final String nativePath;

  /**
   * @param params JSON object with its parameters
   * @param model what a fit found, or null for an algorithm that takes none
   * @param input the columns it is given
   */
  public Algorithm(String name, String params, byte[] model, StructType input) {
    this(name, params, model, input, SessionConf.active().nativePath());
  }

  /** @param nativePath path of the native library, or null */
  Algorithm(String name, String params, byte[] model, StructType input, String nativePath) {
    this.name = name;
    this.params = params;
    this.model = model == null ? null : broadcast(model);
    this.input = input;
    this.nativePath = nativePath;
  }

  String name() {
    return name;
  }

  StructType input() {
    return input;
  }

  /** A handle for {@link NativeKernel}. */
  long openKernel() {
    NativeLibrary.load(nativePath);
    return NativeKernel.open(utf8(name), utf8(params), model == null ? null : model.value(), schema());
  }

  /** A handle for {@link NativeFit}, at a state or, when it is null, at the start. */
  long openFit(byte[] state) {
    NativeLibrary.load(nativePath);
    return NativeFit.open(utf8(name), utf8(params), schema(), state);
  }

  /** A handle for {@link NativePass}. */
  long openPass(byte[] state) {
    NativeLibrary.load(nativePath);
    return NativePass.open(utf8(name), utf8(params), schema(), state);
  }

  /**
   * The columns that the kernel gives. Checks its name, its parameters and its input.
   *
   * @throws io.netlytics.NetlyticsException of kind BadOption when one is not valid
   */
  StructType output() {
    long handle = openKernel();
    try {
      return outputOf(handle);
    } finally {
      NativeKernel.close(handle);
    }
  }

  static StructType outputOf(long kernel) {
    String schema = new String(NativeKernel.schema(kernel), StandardCharsets.UTF_8);
    return (StructType) DataType.fromJson(schema);
  }

  private static Broadcast<byte[]> broadcast(byte[] model) {
    SparkSession session = SessionConf.active().session();
    return JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(model);
  }

  private byte[] schema() {
    return utf8(input.json());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
