package io.netlytics.jni;

/**
 * The native library's entry points: the whole border between the JVM and Rust.
 *
 * <p>Call {@link NativeLibrary#load} first. Every method may throw {@link
 * io.netlytics.NetlyticsException}; a panic in Rust arrives as one of kind {@code Internal}. All
 * text crosses as UTF-8 bytes. Nothing here is called more than once a batch.
 */
public final class Native {
  /** {@link #step} has consumed all bytes and asks for the next ones. */
  public static final int NEED_INPUT = 0;

  /** {@link #step} has a batch; its layout's address is in {@code outcome[1]}. */
  public static final int BATCH = 1;

  /** The scan is over: end of input, end of the split, or the limit was reached. */
  public static final int FINISHED = 2;

  /** How many longs {@link #step} fills. */
  public static final int OUTCOME_LONGS = 3;

  /** How many longs {@link #metrics} fills. */
  public static final int METRICS_LONGS = 8;

  private Native() {}

  /** Version of this border; must equal {@link NativeLibrary#ABI}. */
  public static native int abi();

  /** Version of the library, for people. */
  public static native String version();

  /**
   * What a connector gives.
   *
   * @param connector name or alias; an unknown one is refused naming the nearest
   * @return JSON {@code {"name","tool","table","schema":<StructType>,"options":[names]}}
   */
  public static native byte[] describe(byte[] connector);

  /**
   * Which entries of one directory belong to a connector and a range of days.
   *
   * @param request JSON {@code {"connector","startDay","endDay","options":{…},
   *     "entries":[[path,isDirectory],…]}}
   * @return one byte an entry: 0 not this tool's file, 1 read, 2 descend, 3 other day, 4 days were
   *     asked for and the file's path shows none
   */
  public static native byte[] layout(byte[] request);

  /**
   * How a connector's table is put together from several logs, or from several lines of one.
   *
   * @param scan the scan's JSON
   * @return JSON {@code {"parts":[{"connector","view","columns":[names],"optional"},…],"sql"}}: a
   *     query over views of the parts that gives all columns of the table; null when every line is a
   *     row
   */
  public static native byte[] combination(byte[] scan);

  /**
   * Starts a scan of one file or of one part of it.
   *
   * @param scan the scan's JSON
   * @param head first up to 65,536 raw bytes of the file when the part does not start at 0, else
   *     null
   * @return a handle that owns the scan; give it back with {@link #close}, on any thread, once no
   *     other call uses it
   */
  public static native long open(byte[] scan, byte[] head);

  /**
   * Feeds bytes until the scan has a batch, is over, or needs more.
   *
   * <p>The bytes are only borrowed during the call. A batch belongs to the scan and is valid until
   * the next {@code step} or {@link #close}. After {@link #BATCH} call again with the rest of the
   * same input.
   *
   * @param address of the first byte, outside the heap; ignored when length is 0
   * @param endOfInput whether these are the file's last bytes
   * @param outcome filled with: bytes consumed, address of the batch's layout, bad records waiting
   * @return {@link #NEED_INPUT}, {@link #BATCH} or {@link #FINISHED}
   */
  public static native int step(
      long scan, long address, int length, boolean endOfInput, long[] outcome);

  /**
   * Takes the bad records kept so far and empties the queue.
   *
   * @return JSON array of {@code {"path","offset","record","column","reason","text"}}
   */
  public static native byte[] takeBadRecords(long scan);

  /**
   * Lines that were no bad ones, but of a kind that the table does not take.
   *
   * @return JSON array of {@code [kind, lines]} since {@link #open}
   */
  public static native byte[] skipped(long scan);

  /**
   * Counters of a scan since {@link #open}.
   *
   * @param out filled with: records, malformed, raw bytes in, bytes of text, nanoseconds decoding,
   *     lines, rows filtered out, batches
   */
  public static native void metrics(long scan, long[] out);

  /** Frees a scan and its last batch. Closing 0 or a closed scan does nothing. */
  public static native void close(long scan);
}
