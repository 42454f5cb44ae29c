package io.netlytics.spark.kernel;

import io.netlytics.NetlyticsException;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;

/** Files of models on any Hadoop file system: there as a whole or not at all. */
public final class ModelFile {
  private static final int COPY_BYTES = 1 << 16;

  private ModelFile() {}

  /**
   * The bytes of a file.
   *
   * @throws NetlyticsException of kind BadOption when there is no such file, Io when it cannot be
   *     read
   */
  public static byte[] read(Configuration conf, String path) {
    Path file = new Path(path);
    try (FSDataInputStream in = system(file, conf).open(file)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      IOUtils.copyBytes(in, bytes, COPY_BYTES, false);
      return bytes.toByteArray();
    } catch (FileNotFoundException missing) {
      throw NetlyticsException.of("BadOption", "There is no model at " + path + ".", path, missing);
    } catch (IOException failed) {
      throw NetlyticsException.io("Cannot read the model", path, failed);
    }
  }

  /**
   * Writes a file, under a name of its own until it is whole.
   *
   * @param overwrite whether a file that is there is replaced
   * @throws NetlyticsException of kind BadOption when a file is there that is not to be replaced, Io
   *     when it cannot be written
   */
  public static void write(Configuration conf, String path, byte[] bytes, boolean overwrite) {
    Path file = new Path(path);
    try {
      FileSystem system = system(file, conf);
      Path whole = system.makeQualified(file);
      if (!overwrite && system.exists(whole)) {
        throw exists(path);
      }
      Path part = new Path(whole.getParent(), "." + whole.getName() + "." + UUID.randomUUID());
      try {
        try (FSDataOutputStream out = system.create(part, false)) {
          out.write(bytes);
          out.hsync();
        }
        rename(system, conf, part, whole, overwrite);
      } finally {
        system.delete(part, false);
      }
    } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException there) {
      throw exists(path);
    } catch (IOException failed) {
      throw NetlyticsException.io("Cannot write the model", path, failed);
    }
  }

  private static void rename(
      FileSystem system, Configuration conf, Path part, Path whole, boolean overwrite)
      throws IOException {
    // RawLocalFileSystem does not tell its scheme otherwise.
    if (!"file".equals(system.getUri().getScheme())) {
      Options.Rename how = overwrite ? Options.Rename.OVERWRITE : Options.Rename.NONE;
      FileContext.getFileContext(whole.toUri(), conf).rename(part, whole, how);
    } else if (overwrite) {
      system.rename(part, whole);
    } else {
      // Renaming would replace a file that came meanwhile; a link does not.
      Files.createLink(Paths.get(whole.toUri()), Paths.get(part.toUri()));
    }
  }

  /** The local file system without its files of checksums, which other programs know nothing of. */
  private static FileSystem system(Path file, Configuration conf) throws IOException {
    FileSystem system = file.getFileSystem(conf);
    return system instanceof ChecksumFileSystem
        ? ((ChecksumFileSystem) system).getRawFileSystem()
        : system;
  }

  private static NetlyticsException exists(String path) {
    String message = "There is a file at " + path + " already: overwrite it, or choose another path.";
    return NetlyticsException.of("BadOption", message, path, null);
  }
}
