package io.netlytics.jni;

/**
 * The native library's entry points for models: Arrow IPC streams of one row that say what they
 * are. Needs {@link NativeLibrary#load}.
 */
public final class NativeModel {
  private NativeModel() {}

  /**
   * What a model says of itself, as JSON.
   *
   * @return {@code {"name", "version", "estimator", "parameters", "features", "summary",
   *     "transform"}}; the transform is described in the same way, or null
   */
  public static native byte[] describe(byte[] model);

  /** A model together with the transform that makes its features. */
  public static native byte[] withTransform(byte[] model, byte[] transform);

  /** The transform that a model holds, or null. */
  public static native byte[] transform(byte[] model);

  /** How many models this process has decoded so far: each one once, however many tasks use it. */
  public static native long decoded();
}
