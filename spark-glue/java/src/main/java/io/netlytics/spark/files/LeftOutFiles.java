package io.netlytics.spark.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the listings of this driver have left out since the last {@link #reset}, for the summaries
 * that the scripts print. An entry counts once, however often it is listed.
 */
public final class LeftOutFiles {
  /** Names that are told of each reason. */
  static final int EXAMPLES = 3;

  /** Why, by path; in order, so that the same names are told every time. */
  private static final Map<String, LayoutVerdict> BY_PATH = new TreeMap<>();

  private LeftOutFiles() {}

  static void add(Map<String, LayoutVerdict> leftOut) {
    synchronized (BY_PATH) {
      BY_PATH.putAll(leftOut);
    }
  }

  /** Forgets everything. */
  public static void reset() {
    synchronized (BY_PATH) {
      BY_PATH.clear();
    }
  }

  /** Adds {@code {reason: {"count", "examples": [name, …]}}}, a directory counting as one. */
  public static void addTo(ObjectNode reasons) {
    Map<LayoutVerdict, List<String>> names = new EnumMap<>(LayoutVerdict.class);
    synchronized (BY_PATH) {
      BY_PATH.forEach((path, why) -> names.computeIfAbsent(why, none -> new ArrayList<>())
          .add(path.substring(path.lastIndexOf('/') + 1)));
    }
    names.forEach((why, all) -> {
      ObjectNode reason = reasons.putObject(why.words).put("count", all.size());
      ArrayNode examples = reason.putArray("examples");
      all.stream().limit(EXAMPLES).forEach(examples::add);
    });
  }
}
