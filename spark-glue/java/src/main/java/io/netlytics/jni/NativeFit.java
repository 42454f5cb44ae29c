package io.netlytics.jni;

/**
 * The native library's entry points for fits: algorithms that learn a model in passes over rows.
 *
 * <p>States, partial results and models are Arrow IPC streams of one row. Needs {@link
 * NativeLibrary#load}.
 */
public final class NativeFit {
  private NativeFit() {}

  /**
   * A fit, where its passes are led from.
   *
   * @param name of the estimator, for instance {@code clustering.kmeans}
   * @param params JSON object with its parameters
   * @param schema of the rows, a Spark {@code StructType} as JSON
   * @param state to go on from, or null to begin
   * @return a handle that owns the fit; give it back with {@link #close}
   */
  public static native long open(byte[] name, byte[] params, byte[] schema, byte[] state);

  /** Whether the first pass is the last one, so that the rows need not be kept. */
  public static native boolean isOnePass(long fit);

  /** The state for the next pass; after the last one, the model. */
  public static native byte[] state(long fit);

  /** What the last {@link #advance} tells people: a line of progress, or the summary as JSON. */
  public static native byte[] told(long fit);

  /** Two partial results of the pass as one. Any order of merging gives the same. */
  public static native byte[] merge(long fit, byte[] left, byte[] right);

  /**
   * Goes on with the partial result of all rows.
   *
   * @return whether the model is found
   */
  public static native boolean advance(long fit, byte[] partial);

  /** Frees a fit. Closing 0 or a closed fit does nothing. */
  public static native void close(long fit);
}
