package io.netlytics.jni;

/**
 * The native library's entry points for finding the headers inside a plain file that is cut into
 * slices, so that each slice is read with the header before it. Needs {@link NativeLibrary#load}.
 */
public final class NativeHeads {
  private NativeHeads() {}

  /**
   * Starts a search for the header lines of one slice.
   *
   * @param scan the scan's JSON with the slice
   * @return a handle that owns the search, to be given back with {@link #close}; 0 when logs of this
   *     connector have no header
   */
  public static native long open(byte[] scan);

  /**
   * Takes the next bytes, which begin with the one before the slice. They are only borrowed during
   * the call.
   *
   * @param address of the first byte, outside the heap; ignored when length is 0
   * @return whether the slice and its last line are complete: no more bytes are needed
   */
  public static native boolean push(long search, long address, int length);

  /** The header lines of the slice, as a JSON array. The search is over then. */
  public static native byte[] finish(long search);

  /** Frees a search. Closing 0 or a closed search does nothing. */
  public static native void close(long search);

  /**
   * Where which header comes into force.
   *
   * @param scan the scan's JSON
   * @param lines JSON array of what {@link #finish} gave for the slices of one file, in order
   * @return JSON array of {@code {"from","text"}}: the text is the head of slices that start behind
   *     that offset, up to the next entry
   */
  public static native byte[] heads(byte[] scan, byte[] lines);
}
