package io.netlytics.jni;

/**
 * The native library's entry points for kernels: algorithms that take record batches and give
 * record batches.
 *
 * <p>Batches cross as addresses of a map in native memory, in both directions the one that {@link
 * Native#step} describes. Needs {@link NativeLibrary#load}.
 */
public final class NativeKernel {
  private NativeKernel() {}

  /**
   * A kernel at work on one partition.
   *
   * @param name for instance {@code anomaly.s_h_esd}
   * @param params JSON object with the kernel's parameters
   * @param model what its estimator found, or null for a kernel that takes none
   * @param schema of the batches to come, a Spark {@code StructType} as JSON
   * @return a handle that owns the kernel; give it back with {@link #close}
   */
  public static native long open(byte[] name, byte[] params, byte[] model, byte[] schema);

  /** The columns of the batches that a kernel gives: a Spark {@code StructType} as JSON. */
  public static native byte[] schema(long kernel);

  /**
   * Feeds a batch, which is only borrowed during the call.
   *
   * @param batch address of its map
   * @return address of the map of the first batch that is ready, or 0; it belongs to the kernel and
   *     is valid until the next call. Ask {@link #next} for more until there is none.
   */
  public static native long push(long kernel, long batch);

  /** Says that there are no more batches; returns as {@link #push}. */
  public static native long end(long kernel);

  /** The next batch that is ready, as {@link #push} returns it. */
  public static native long next(long kernel);

  /** Frees a kernel and its last batch. Closing 0 or a closed kernel does nothing. */
  public static native void close(long kernel);
}
