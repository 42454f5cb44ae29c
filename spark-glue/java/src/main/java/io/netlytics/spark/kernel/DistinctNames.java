package io.netlytics.spark.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names that tell columns apart which have the same one. Spark asks a relation for columns by name, so
 * inside it no two may be called alike; upper and lower case do not tell names apart by default.
 */
final class DistinctNames {
  private DistinctNames() {}

  /** As many names, in order; the first column of a name keeps it, the others get a number. */
  static List<String> of(List<String> names) {
    Set<String> taken = new HashSet<>();
    names.forEach(name -> taken.add(folded(name)));
    Set<String> seen = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String own = name;
      for (int number = 2; !seen.add(folded(own)); number++) {
        String numbered = name + " (" + number + ")";
        own = taken.contains(folded(numbered)) ? own : numbered;
      }
      distinct.add(own);
    }
    return distinct;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
