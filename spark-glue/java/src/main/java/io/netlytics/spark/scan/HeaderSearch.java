package io.netlytics.spark.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.netlytics.jni.Json;
import io.netlytics.jni.NativeHeads;
import io.netlytics.jni.NativeLibrary;
import io.netlytics.spark.files.FileSlice;
import io.netlytics.spark.files.FilesPartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * Finds the headers inside plain files that are cut into slices. Logs that were put together with
 * {@code cat} have a header before each of them, and the columns may differ: a slice must be read
 * with the header before it. One job with a task for each slice looks for header lines only, which
 * takes a small part of the time that reading the rows takes.
 */
final class HeaderSearch implements Function<Integer, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final String DESCRIPTION = "spark.job.description";

  private final ScanTask task;

  /** Sent with the task and not as the job's data, whose serializer is the user's choice. */
  private final ArrayList<FileSlice> slices;

  private HeaderSearch(ScanTask task, ArrayList<FileSlice> slices) {
    this.task = task;
    this.slices = slices;
  }

  /** The partitions with the heads of the slices that do not begin their file. */
  static List<FilesPartition> withHeads(
      SparkContext spark, ScanTask task, List<FilesPartition> partitions) {
    ArrayList<FileSlice> cut = partitions.stream().flatMap(partition -> partition.slices.stream())
        .filter(slice -> slice.length != FileSlice.WHOLE)
        .collect(Collectors.toCollection(ArrayList::new));
    if (cut.isEmpty() || !hasHeaders(task.template, cut.get(0))) {
      return partitions;
    }
    Map<String, TreeMap<Long, String>> heads =
        heads(task.template, cut, new HeaderSearch(task, cut).run(spark));
    return partitions.stream()
        .map(partition -> partition.with(slice -> slice.length == FileSlice.WHOLE
            ? slice : slice.with(inForce(heads.get(slice.path), slice.start))))
        .collect(Collectors.toList());
  }

  private static boolean hasHeaders(String template, FileSlice slice) {
    long search = NativeHeads.open(
        ScanTemplate.forSlice(template, slice.path, slice.start, slice.length));
    NativeHeads.close(search);
    return search != 0;
  }

  /** The header lines of each slice, as JSON. */
  private List<byte[]> run(SparkContext context) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(context);
    String description = spark.getLocalProperty(DESCRIPTION);
    spark.setLocalProperty(DESCRIPTION, "Headers inside the " + slices.size()
        + " slices of large log files");
    try {
      List<Integer> places =
          IntStream.range(0, slices.size()).boxed().collect(Collectors.toList());
      return spark.parallelize(places, places.size()).map(this).collect();
    } finally {
      spark.setLocalProperty(DESCRIPTION, description);
    }
  }

  @Override
  public byte[] call(Integer place) {
    NativeLibrary.load(task.nativePath);
    FileSlice slice = slices.get(place);
    ReadBuffer buffer = ReadBuffer.take(task.bufferBytes);
    try (SliceInput input = new SliceInput(slice, task.hadoop.get())) {
      long search = NativeHeads.open(
          ScanTemplate.forSlice(task.template, slice.path, slice.start, slice.length));
      try {
        boolean complete = false;
        while (!complete && !input.atEnd()) {
          SliceReader.stopIfKilled();
          complete = NativeHeads.push(search, buffer.address(), input.fill(buffer));
        }
        return NativeHeads.finish(search);
      } finally {
        NativeHeads.close(search);
      }
    } finally {
      buffer.release();
    }
  }

  /** By file: the offset from which a head is in force, and its text. */
  private static Map<String, TreeMap<Long, String>> heads(
      String template, List<FileSlice> slices, List<byte[]> lines) {
    Map<String, List<Integer>> files = IntStream.range(0, slices.size()).boxed()
        .collect(Collectors.groupingBy(place -> slices.get(place).path));
    Map<String, TreeMap<Long, String>> heads = new HashMap<>();
    files.forEach((path, places) -> {
      places.sort(Comparator.comparingLong(place -> slices.get(place).start));
      ArrayNode ofFile = Json.array();
      places.forEach(place -> ofFile.add(Json.parse(lines.get(place))));
      TreeMap<Long, String> found = new TreeMap<>();
      for (JsonNode head : Json.parse(NativeHeads.heads(
          ScanTemplate.forSlice(template, path, 0, FileSlice.WHOLE), Json.utf8(ofFile)))) {
        found.put(head.get("from").asLong(), head.get("text").asText());
      }
      heads.put(path, found);
    });
    return heads;
  }

  /** The head of a slice: that of the last header that begins before it. */
  private static byte[] inForce(TreeMap<Long, String> heads, long start) {
    Map.Entry<Long, String> head = heads.lowerEntry(start);
    return head == null ? null : head.getValue().getBytes(StandardCharsets.UTF_8);
  }
}
