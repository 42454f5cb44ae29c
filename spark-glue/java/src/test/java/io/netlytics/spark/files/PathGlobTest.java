package io.netlytics.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netlytics.NetlyticsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathGlobTest {
  @TempDir
  java.nio.file.Path root;

  private final FileListing listing = new FileListing();

  @BeforeEach
  void makeTree() throws IOException {
    for (String day : new String[] {"2017-03-01", "2017-03-02"}) {
      Files.createDirectory(root.resolve(day));
      Files.createFile(root.resolve(day).resolve("dns.00:00:00-01:00:00.log"));
      Files.createFile(root.resolve(day).resolve("conn.log"));
    }
    Files.createFile(root.resolve("2017-03-02/only.log"));
  }

  private List<String> names(String glob) throws IOException {
    Path path = new Path(root + "/" + glob);
    List<FileStatus> matches =
        PathGlob.matches(LogFileSystem.of(path, new Configuration()), path, listing);
    return matches.stream()
        .map(status -> status.getPath().toUri().getPath().substring(root.toString().length() + 1))
        .collect(Collectors.toList());
  }

  @Test
  void wildcardsMatchInEveryComponent() throws IOException {
    assertEquals("[2017-03-01, 2017-03-02]", names("2017*").toString());
    assertEquals("[2017-03-01/dns.00:00:00-01:00:00.log, 2017-03-02/dns.00:00:00-01:00:00.log]",
        names("*/dns*").toString());
    assertEquals("[2017-03-02/conn.log]", names("2017-03-0[^1]/{conn,http}.log").toString());
  }

  @Test
  void aPlainNameNeedNotBeEverywhere() throws IOException {
    assertEquals("[2017-03-02/only.log]", names("*/only.log").toString());
  }

  @Test
  void nothingMatchesBelowAFile() throws IOException {
    assertEquals("[]", names("2017-03-01/conn.log/*").toString());
    assertEquals("[]", names("nowhere/*").toString());
  }

  @Test
  void brokenWildcardsAreRefused() {
    assertThrows(NetlyticsException.class, () -> names("{a"));
  }

  @Test
  void namesThatCannotBeReadAreLeftOutByName() throws IOException {
    for (String name : new String[] {"dns.%FF.log", "http.%FF.log"}) {
      Files.createFile(Paths.get(URI.create(root.resolve("2017-03-01").toUri() + "/" + name)));
    }
    assertEquals(2, names("*/dns*").size());
    assertEquals("{" + root + "/2017-03-01/dns.\\xff.log=UNREADABLE_NAME}",
        listing.leftOut().toString().replace("file:", ""));
  }
}
