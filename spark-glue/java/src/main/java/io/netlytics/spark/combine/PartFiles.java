package io.netlytics.spark.combine;

import io.netlytics.NetlyticsException;
import io.netlytics.spark.files.FileLister;
import io.netlytics.spark.files.FileListing;
import io.netlytics.spark.files.LayoutRules;
import io.netlytics.spark.scan.SizeEstimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;

/** The files of each part of a combined table. */
final class PartFiles {
  private final Map<Part, FileListing> listings = new LinkedHashMap<>();

  /**
   * @throws NetlyticsException when a path is missing or unreadable, or when a part that is not
   *     optional has no files
   */
  PartFiles(CombinedTable table, Configuration hadoop, boolean locality) {
    List<String> paths = table.options.paths();
    for (Part part : table.combination.parts) {
      LayoutRules rules = part.rules(table.options);
      FileListing listing =
          FileLister.list(rules, adopted(part, table), paths, hadoop, locality);
      if (!part.optional) {
        listing.requireFiles(rules, paths);
      }
      listings.put(part, listing);
    }
  }

  /** A file of an odd name that the user gives goes to the part that must be there. */
  private static Predicate<FileStatus> adopted(Part part, CombinedTable table) {
    List<LayoutRules> others = table.combination.parts.stream()
        .filter(other -> other != part)
        .map(other -> other.rules(table.options))
        .collect(Collectors.toList());
    return file -> !part.optional && others.stream().noneMatch(rules -> rules.own(file));
  }

  FileListing of(Part part) {
    return listings.get(part);
  }

  /** About how many bytes the parts' columns take in memory. */
  long estimatedBytes(double compressionFactor) {
    return listings.entrySet().stream()
        .map(entry -> new SizeEstimate(entry.getValue().files(), compressionFactor,
            entry.getKey().columns, entry.getKey().connector.schema))
        .mapToLong(estimate -> estimate.sizeInBytes().getAsLong())
        .sum();
  }
}
