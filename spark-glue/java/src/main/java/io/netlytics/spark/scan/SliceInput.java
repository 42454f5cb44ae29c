package io.netlytics.spark.scan;

import io.netlytics.NetlyticsException;
import io.netlytics.spark.files.FileSlice;
import io.netlytics.spark.files.LogFileSystem;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The bytes of one slice, read through Hadoop's file system into a native buffer. */
final class SliceInput implements Closeable {
  /** How much of a file's beginning a split that does not start there is given (the header). */
  private static final int HEAD_BYTES = 65_536;

  /** How much is read at once past a split's end, where only its last line is wanted. */
  private static final int TAIL_BYTES = 65_536;

  private final String path;
  private final FSDataInputStream in;
  private boolean throughHeap;
  private final long end;
  /** Where the file ended when it was listed. */
  private final long fileLength;
  private long position;
  private boolean atEnd;
  private long waitNanos;

  SliceInput(FileSlice slice, Configuration hadoop) {
    path = slice.path;
    // The native reader looks at the byte before a split to know whether a line begins with it.
    position = Math.max(0, slice.start - 1);
    end = slice.length == FileSlice.WHOLE ? Long.MAX_VALUE : slice.start + slice.length;
    fileLength = slice.fileLength;
    try {
      Path file = new Path(slice.path);
      FileSystem fs = LogFileSystem.of(file, hadoop);
      in = fs.open(file);
      requireListed(slice, fs.getFileStatus(file));
      in.seek(position);
    } catch (FileNotFoundException gone) {
      throw NetlyticsException.io(
          "The file was there when the query was planned and is gone now:", path, gone);
    } catch (IOException unreadable) {
      throw NetlyticsException.io("Cannot open", path, unreadable);
    }
  }

  /**
   * A file that has grown is still the one that was listed, as a log does that is being written. One
   * that is shorter, or as long but written since, has been rotated or written anew.
   */
  private void requireListed(FileSlice slice, FileStatus now) throws IOException {
    long length = now.getLen();
    boolean rewritten =
        length == fileLength && length > 0 && now.getModificationTime() != slice.modified;
    if (length < fileLength || rewritten) {
      in.close();
      throw changed(length);
    }
  }

  private NetlyticsException changed(long length) {
    return NetlyticsException.of("Io", "The file has changed since the query was planned: it had "
        + fileLength + " bytes then and has " + length + " now, so it was rotated or written anew. "
        + "Run the query again: " + path, path, null);
  }

  /** The file's first bytes for a split that starts later, else null. Leaves the input in place. */
  byte[] head() {
    if (position == 0) {
      return null;
    }
    byte[] head = new byte[(int) Math.min(HEAD_BYTES, end)];
    try {
      in.readFully(0, head);
    } catch (IOException unreadable) {
      throw NetlyticsException.io("Cannot read the beginning of", path, unreadable);
    }
    return head;
  }

  /** Fills the buffer with the next bytes and returns how many there are. */
  int fill(ReadBuffer buffer) {
    long wanted = position < end ? end - position : TAIL_BYTES;
    int most = (int) Math.min(buffer.capacity(), wanted);
    long before = System.nanoTime();
    try {
      int filled = read(buffer, most);
      position += filled;
      atEnd = filled < most;
      if (atEnd && position < Math.min(end, fileLength)) {
        throw changed(position);
      }
      return filled;
    } catch (IOException unreadable) {
      throw NetlyticsException.io("Cannot read at byte " + position + " of", path, unreadable);
    } finally {
      waitNanos += System.nanoTime() - before;
    }
  }

  private int read(ReadBuffer buffer, int most) throws IOException {
    if (!throughHeap) {
      try {
        return buffer.fill(in, most, false);
      } catch (UnsupportedOperationException noDirectReads) {
        // Only asking tells: wrapping streams promise it and their inner stream refuses.
        throughHeap = true;
      }
    }
    return buffer.fill(in, most, true);
  }

  /** Whether the last {@link #fill} met the end of the file. */
  boolean atEnd() {
    return atEnd;
  }

  /** Nanoseconds spent waiting for the file system. */
  long waitNanos() {
    return waitNanos;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException failed) {
      throw NetlyticsException.io("Cannot close", path, failed);
    }
  }
}
