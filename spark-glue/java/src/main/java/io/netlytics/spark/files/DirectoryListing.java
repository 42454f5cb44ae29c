package io.netlytics.spark.files;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** The entries of one directory, and those that cannot be named. */
final class DirectoryListing {
  /** By path; with their blocks, where those were asked for. */
  final List<FileStatus> entries = new ArrayList<>();

  /**
   * Names that are not text in UTF-8 or that this JVM's locale has no characters for, their odd bytes
   * as {@code \xhh}. Hadoop passes over them in silence; no {@link Path} can say them.
   */
  final List<String> unreadable = new ArrayList<>();

  private DirectoryListing() {}

  /** @param withBlocks whether entries are wanted with the locations of their blocks */
  static DirectoryListing of(FileSystem fs, Path directory, boolean withBlocks)
      throws IOException {
    DirectoryListing listing = new DirectoryListing();
    if (withBlocks) {
      RemoteIterator<LocatedFileStatus> located = fs.listLocatedStatus(directory);
      while (located.hasNext()) {
        listing.entries.add(located.next());
      }
    } else {
      listing.entries.addAll(Arrays.asList(fs.listStatus(directory)));
    }
    listing.entries.sort(Comparator.comparing(FileStatus::getPath));
    if (fs instanceof RawLocalFileSystem) {
      listing.findUnreadable(((RawLocalFileSystem) fs).pathToFile(directory));
    }
    return listing;
  }

  private void findUnreadable(File directory) throws IOException {
    Set<String> found = new HashSet<>();
    entries.forEach(entry -> found.add(entry.getPath().getName()));
    if (!directory.isDirectory()) {
      return;
    }
    try (DirectoryStream<java.nio.file.Path> all = Files.newDirectoryStream(directory.toPath())) {
      for (java.nio.file.Path entry : all) {
        String name = entry.getFileName().toString();
        // What is gone by now, or a link to nowhere, is no entry for Hadoop either.
        if (!found.contains(name) && Files.exists(entry)) {
          String quoted = quoted(rawName(entry));
          if (!quoted.equals(name)) {
            unreadable.add(quoted);
          }
        }
      }
    }
    unreadable.sort(null);
  }

  /** The bytes of a name: a path keeps them, and only its URI shows them. */
  private static byte[] rawName(java.nio.file.Path entry) {
    String uri = entry.toUri().getRawPath();
    String encoded = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    encoded = encoded.substring(encoded.lastIndexOf('/') + 1);
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        bytes.put((byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.put((byte) encoded.charAt(i));
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** The name as text, each byte that is not UTF-8 as {@code \xhh}. */
  private static String quoted(byte[] name) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(name);
    CharBuffer out = CharBuffer.allocate(4 * name.length);
    for (CoderResult step = decoder.decode(in, out, true); step.isError();
        step = decoder.decode(in, out, true)) {
      for (int i = 0; i < step.length(); i++) {
        out.put(String.format("\\x%02x", in.get() & 0xff));
      }
    }
    return new String(out.array(), 0, out.position());
  }
}
