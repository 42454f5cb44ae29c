package io.netlytics.jni;

/**
 * The native library's entry points for SQL functions. Needs {@link NativeLibrary#load}.
 *
 * <p>{@link #row} is called for every row and takes numbers only, so that no Java object has to be
 * handed over. Values lie in slots outside the heap, two longs each: a text's address and its length
 * in bytes; a number, the bits of a double, or 0 or 1, and 0; or, for null, anything and -1.
 */
public final class NativeFunction {
  /** Bytes of a slot. */
  public static final int SLOT_BYTES = 2 * Long.BYTES;

  private NativeFunction() {}

  /**
   * What functions there are.
   *
   * @return JSON array of {@code {"name","description","arguments":[{"name","type","doc"},…],
   *     "returns","examples":[…]}}; types are named as in Spark's schemas
   */
  public static native byte[] signatures();

  /**
   * The number of a function, above 0. It is valid in every thread as long as the library is loaded;
   * there is nothing to give back.
   */
  public static native long open(byte[] name);

  /**
   * Calls a function for one row.
   *
   * @param slots address of one slot an argument and one more, which is filled with the result. A text
   *     of the result lies in an argument or in memory of this thread, and is valid until the thread's
   *     next call.
   */
  public static native void row(long function, long slots);
}
