package io.netlytics.spark.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.netlytics.NetlyticsException;
import io.netlytics.jni.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The bad records of one task as JSON lines, in a file that appears only when the task has ended
 * well. Its name depends on the scan and the partition alone: of several attempts at a task the first
 * one to end gives the file, the others throw theirs away.
 */
final class BadRecordsFile {
  private final ScanTask task;
  private final String name;
  private FileSystem fs;
  private Path temporary;
  private OutputStream out;

  BadRecordsFile(ScanTask task, int partition) {
    this.task = task;
    name = String.format("bad-records-%s-%05d.json", task.scanId, partition);
  }

  /** @param records a JSON array, one object a bad record */
  void write(byte[] records) {
    try {
      if (out == null) {
        open();
      }
      for (JsonNode record : Json.parse(records)) {
        out.write(Json.utf8(record));
        out.write('\n');
      }
    } catch (IOException failed) {
      throw NetlyticsException.io("Cannot write bad records to", task.badRecordsPath, failed);
    }
  }

  private void open() throws IOException {
    Path directory = new Path(task.badRecordsPath);
    fs = directory.getFileSystem(task.hadoop.get());
    fs.mkdirs(directory);
    temporary = new Path(directory, "_" + name + "." + UUID.randomUUID());
    out = fs.create(temporary, false);
  }

  /** Ends the file. Nothing happens when there was no bad record. */
  void close(boolean taskSucceeded) {
    if (out == null) {
      return;
    }
    try {
      out.close();
      out = null;
      if (!taskSucceeded || !appear()) {
        fs.delete(temporary, false);
      }
    } catch (IOException failed) {
      throw NetlyticsException.io("Cannot write bad records to", task.badRecordsPath, failed);
    }
  }

  /** False when another attempt's file is there already. */
  private boolean appear() throws IOException {
    Path wanted = new Path(temporary.getParent(), name);
    try {
      if (fs.rename(temporary, wanted)) {
        return true;
      }
    } catch (FileAlreadyExistsException another) {
      return false;
    }
    if (!fs.exists(wanted)) {
      throw new IOException("cannot rename " + temporary + " to " + wanted);
    }
    return false;
  }
}
