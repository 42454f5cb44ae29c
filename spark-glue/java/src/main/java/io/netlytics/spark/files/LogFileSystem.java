package io.netlytics.spark.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The Hadoop file system that holds a path. */
public final class LogFileSystem {
  private LogFileSystem() {}

  /**
   * Local files are read without Hadoop's checksum layer: no log has its side files, and it cannot
   * open names with a colon, which is how Zeek names rotated logs ({@code
   * dns.00:00:00-01:00:00.log}).
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return fs instanceof LocalFileSystem ? ((LocalFileSystem) fs).getRawFileSystem() : fs;
  }

  /**
   * What is the same for all names of one file or directory: on a local disk, where links and several
   * names of one file are common, its device and inode; elsewhere its path.
   */
  static Object identity(FileSystem fs, FileStatus status) throws IOException {
    if (fs instanceof RawLocalFileSystem) {
      File file = ((RawLocalFileSystem) fs).pathToFile(status.getPath());
      try {
        Object key = Files.readAttributes(file.toPath(), BasicFileAttributes.class).fileKey();
        if (key != null) {
          return key;
        }
      } catch (NoSuchFileException gone) {
        // Deleted since it was listed: whoever opens it will say so.
      }
    }
    return status.getPath();
  }

  /**
   * Whether files have blocks on hosts. A local disk has none, and to ask for them makes Hadoop start
   * a process for each file (it copies the owner into the answer, which it learns from {@code ls}).
   */
  static boolean hasBlocks(FileSystem fs) {
    return !(fs instanceof RawLocalFileSystem);
  }
}
