package io.netlytics.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryListingTest {
  @TempDir
  java.nio.file.Path root;

  /** @param name percent-encoded, so that it may hold any bytes */
  private void create(String name) throws IOException {
    Files.createFile(Paths.get(URI.create(root.toUri() + name)));
  }

  private DirectoryListing listed() throws IOException {
    Path path = new Path(root.toString());
    FileSystem fs = LogFileSystem.of(path, new Configuration());
    return DirectoryListing.of(fs, path, false);
  }

  private static String names(DirectoryListing listing) {
    return listing.entries.stream().map(FileStatus::getPath).map(Path::getName)
        .collect(Collectors.joining(" "));
  }

  @Test
  void whatIsNotTextIsQuoted() throws IOException {
    for (String name : new String[] {"dns.log", "%FFdns.log", "dns%C3.%FE%FF.log", "a.log"}) {
      create(name);
    }
    DirectoryListing listing = listed();
    assertEquals("a.log dns.log", names(listing));
    assertEquals("[\\xffdns.log, dns\\xc3.\\xfe\\xff.log]", listing.unreadable.toString());
  }

  @Test
  void linksToNowhereAreNoEntries() throws IOException {
    create("dns.log");
    Files.createSymbolicLink(root.resolve("gone"), root.resolve("nothing"));
    Files.createSymbolicLink(root.resolve("self"), root.resolve("self"));
    DirectoryListing listing = listed();
    assertEquals("dns.log", names(listing));
    assertEquals("[]", listing.unreadable.toString());
  }

  @Test
  void aFileAndALinkToItAreOne() throws IOException {
    create("dns.log");
    create("http.log");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("dns.log"));
    Files.createLink(root.resolve("name"), root.resolve("dns.log"));
    Path path = new Path(root.toString());
    FileSystem fs = LogFileSystem.of(path, new Configuration());
    FileListing files = new FileListing();
    FileListing without = new FileListing();
    for (FileStatus entry : listed().entries) {
      Object identity = LogFileSystem.identity(fs, entry);
      files.leaveOut(LayoutVerdict.NO_DAY, entry.getPath(), identity);
      files.read(new LogFile(entry, null), identity);
      without.leaveOut(LayoutVerdict.NO_DAY, entry.getPath(), identity);
    }
    assertEquals(2, files.files().size());
    assertEquals(0, files.pruned());
    assertEquals(2, without.pruned());
  }
}
