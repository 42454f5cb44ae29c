package io.netlytics.spark.files;

import io.netlytics.NetlyticsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** The files of one read, each once, and an account of what was left out and why. */
public final class FileListing {
  private final List<LogFile> files = new ArrayList<>();
  private final Set<Object> read = new HashSet<>();
  private final Map<Object, LeftOut> leftOut = new LinkedHashMap<>();

  /**
   * A file to read, unless it has been listed under another name already.
   *
   * @param identity of {@link LogFileSystem#identity}
   */
  void read(LogFile file, Object identity) {
    if (read.add(identity)) {
      files.add(file);
      leftOut.remove(identity);
    }
  }

  /** An entry that is not read, unless it is under another name. */
  void leaveOut(LayoutVerdict why, Path entry, Object identity) {
    leaveOut(why, entry.toString(), entry.getName(), identity);
  }

  /** An entry of a directory whose name no path can hold. */
  void leaveOutUnreadable(Path directory, String name) {
    String path = directory + Path.SEPARATOR + name;
    leaveOut(LayoutVerdict.UNREADABLE_NAME, path, name, path);
  }

  private void leaveOut(LayoutVerdict why, String path, String name, Object identity) {
    if (!read.contains(identity)) {
      leftOut.putIfAbsent(identity, new LeftOut(why, path, name));
    }
  }

  /** The files to read, in the order of the listing. */
  public List<LogFile> files() {
    return files;
  }

  /** Number of entries left out, a directory that was not entered counting as one. */
  public long pruned() {
    return leftOut.size();
  }

  /** What a summary tells: what is of this connector and was left out all the same. */
  Map<String, LayoutVerdict> leftOut() {
    Map<String, LayoutVerdict> told = new HashMap<>();
    leftOut.values().stream()
        .filter(entry -> entry.why != LayoutVerdict.FOREIGN)
        .forEach(entry -> told.put(entry.path, entry.why));
    return told;
  }

  /** @throws NetlyticsException saying what was there instead, when there is nothing to read */
  public void requireFiles(LayoutRules rules, List<String> paths) {
    if (!files.isEmpty()) {
      return;
    }
    StringBuilder message = new StringBuilder("No files of ").append(rules.connector);
    if (rules.hasDays()) {
      message.append(" for the days ").append(rules.days());
    }
    message.append(" under ").append(String.join(", ", paths)).append(": ");
    if (leftOut.isEmpty()) {
      message.append("nothing is there.");
    } else {
      Map<LayoutVerdict, List<String>> reasons = new EnumMap<>(LayoutVerdict.class);
      leftOut.values().forEach(entry ->
          reasons.computeIfAbsent(entry.why, none -> new ArrayList<>()).add(entry.name));
      List<String> parts = new ArrayList<>();
      reasons.forEach((why, names) -> parts.add(names.size() + " " + why.words + examples(names)));
      message.append("skipped ").append(String.join("; ", parts)).append('.');
      if (rules.hasDays()) {
        message.append(" Days are YYYY_MM_DD, both inclusive; without them every day is read.");
      }
    }
    throw NetlyticsException.of("BadInput", message.toString(), paths.get(0), null);
  }

  private static String examples(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(LeftOutFiles.EXAMPLES, names.size())));
    return " (" + shown + (names.size() > LeftOutFiles.EXAMPLES ? ", …" : "") + ")";
  }

  private static final class LeftOut {
    final LayoutVerdict why;
    final String path;
    final String name;

    LeftOut(LayoutVerdict why, String path, String name) {
      this.why = why;
      this.path = path;
      this.name = name;
    }
  }
}
