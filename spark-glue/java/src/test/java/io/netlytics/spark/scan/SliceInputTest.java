package io.netlytics.spark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netlytics.NetlyticsException;
import io.netlytics.spark.files.FileSlice;
import io.netlytics.spark.files.LogFile;
import io.netlytics.spark.files.LogFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceInputTest {
  @TempDir
  java.nio.file.Path root;

  private java.nio.file.Path log;
  private LogFile listed;

  @BeforeEach
  void listALog() throws IOException {
    log = root.resolve("dns.log");
    write("0123456789");
    Files.setLastModifiedTime(log, FileTime.fromMillis(1_000_000));
    Path path = new Path(log.toString());
    listed = new LogFile(
        LogFileSystem.of(path, new Configuration()).getFileStatus(path), null);
  }

  private void write(String text, StandardOpenOption... how) throws IOException {
    Files.write(log, text.getBytes(StandardCharsets.UTF_8), how);
  }

  private SliceInput opened(long start, long length) {
    return new SliceInput(new FileSlice(listed, start, length), new Configuration());
  }

  private void isRefused(String told) {
    NetlyticsException error =
        assertThrows(NetlyticsException.class, () -> opened(5, 5));
    assertEquals("Io", error.getKind());
    assertTrue(error.getMessage().contains(told), error.getMessage());
    assertTrue(error.getMessage().contains("dns.log"), error.getMessage());
  }

  @Test
  void aFileThatHasBecomeShorterIsRefused() throws IOException {
    write("0123");
    isRefused("it had 10 bytes then and has 4 now");
  }

  @Test
  void aFileThatWasWrittenAnewIsRefused() throws IOException {
    write("9876543210");
    isRefused("written anew");
  }

  @Test
  void aFileThatHasGrownIsRead() throws IOException {
    write("more", StandardOpenOption.APPEND);
    ReadBuffer buffer = ReadBuffer.take(64);
    try (SliceInput input = opened(0, 10)) {
      assertEquals(10, input.fill(buffer));
    }
    buffer.release();
  }

  @Test
  void aFileThatIsCutWhileItIsReadIsAnError() throws IOException {
    ReadBuffer buffer = ReadBuffer.take(64);
    try (SliceInput input = opened(0, FileSlice.WHOLE)) {
      write("0123");
      assertThrows(NetlyticsException.class, () -> input.fill(buffer));
    }
    buffer.release();
  }
}
