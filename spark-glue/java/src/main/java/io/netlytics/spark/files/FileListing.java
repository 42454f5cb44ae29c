package io.netlytics.spark.files;

import io.netlytics.NetlyticsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** The files of one read, and account of what was left out and why. */
public final class FileListing {
  private static final int EXAMPLES = 3;

  private final List<LogFile> files = new ArrayList<>();
  private final Map<LayoutVerdict, List<String>> skipped = new EnumMap<>(LayoutVerdict.class);

  void read(LogFile file) {
    files.add(file);
  }

  void skip(LayoutVerdict why, Path entry) {
    skipped.computeIfAbsent(why, none -> new ArrayList<>()).add(entry.getName());
  }

  /** The files to read, in the order of the listing. */
  public List<LogFile> files() {
    return files;
  }

  /** Entries left out, a pruned directory counting as one. */
  public long pruned() {
    return skipped.values().stream().mapToLong(List::size).sum();
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
    if (skipped.isEmpty()) {
      message.append("nothing is there.");
    } else {
      List<String> parts = new ArrayList<>();
      skipped.forEach((why, names) -> parts.add(names.size() + " " + why.words + examples(names)));
      message.append("skipped ").append(String.join("; ", parts)).append('.');
      if (rules.hasDays()) {
        message.append(" Days are YYYY_MM_DD, both inclusive; without them every day is read.");
      }
    }
    throw NetlyticsException.of("BadInput", message.toString(), paths.get(0), null);
  }

  private static String examples(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(EXAMPLES, names.size())));
    return " (" + shown + (names.size() > EXAMPLES ? ", …" : "") + ")";
  }
}
