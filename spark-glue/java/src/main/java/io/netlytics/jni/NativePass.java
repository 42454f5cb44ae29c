package io.netlytics.jni;

/**
 * The native library's entry points for one pass of a fit over the rows of one partition.
 *
 * <p>A batch is written to memory of Rust's, in one piece: the map that {@link Native#step}
 * describes, with the body's address counted from the piece's beginning, and the body. Needs {@link
 * NativeLibrary#load}.
 */
public final class NativePass {
  private NativePass() {}

  /**
   * A pass at its start.
   *
   * @param name of the estimator
   * @param params JSON object with its parameters
   * @param schema of the batches to come, a Spark {@code StructType} as JSON
   * @param state of the fit, from {@link NativeFit#state}
   * @return a handle that owns the pass; give it back with {@link #close}
   */
  public static native long open(byte[] name, byte[] params, byte[] schema, byte[] state);

  /** Address of memory for a batch of this length; valid until the next call. */
  public static native long reserve(long pass, long length);

  /** Takes the batch that was written there. */
  public static native void push(long pass);

  /** The partial result. The pass is over then. */
  public static native byte[] finish(long pass);

  /** Frees a pass. Closing 0 or a closed pass does nothing. */
  public static native void close(long pass);
}
