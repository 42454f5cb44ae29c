package io.netlytics.spark.files;

import io.netlytics.NetlyticsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Finds the files of a read on the driver, through any Hadoop file system. Directories are walked by
 * the connector's layout rules, so that the days outside the range are never listed.
 */
public final class FileLister {
  /** How often a directory is entered, each time by another way. */
  private static final int MOST_WAYS = 16;

  private final LayoutRules rules;
  private final Predicate<FileStatus> adopts;
  private final Configuration hadoop;
  private final boolean locality;
  private final FileListing listing = new FileListing();
  /** The directories that are being walked, one in the other. */
  private final Set<Object> above = new HashSet<>();
  private final Map<Object, Integer> entered = new HashMap<>();

  private FileLister(LayoutRules rules, Predicate<FileStatus> adopts, Configuration hadoop,
      boolean locality) {
    this.rules = rules;
    this.adopts = adopts;
    this.hadoop = hadoop;
    this.locality = locality;
  }

  /**
   * @param adopts whether a file that the user gives by an odd name is read
   * @throws NetlyticsException when a path is missing or unreadable
   */
  public static FileListing list(LayoutRules rules, Predicate<FileStatus> adopts, List<String> paths,
      Configuration hadoop, boolean locality) {
    FileLister lister = new FileLister(rules, adopts, hadoop, locality);
    for (String path : paths) {
      try {
        lister.addPath(new Path(path));
      } catch (IOException unreadable) {
        throw NetlyticsException.io("Cannot list", path, unreadable);
      }
    }
    LeftOutFiles.add(lister.listing.leftOut());
    return lister.listing;
  }

  private void addPath(Path path) throws IOException {
    FileSystem fs = LogFileSystem.of(path, hadoop);
    List<FileStatus> matches;
    boolean named = true;
    try {
      matches = Collections.singletonList(fs.getFileStatus(path));
    } catch (FileNotFoundException notByThisName) {
      // Only now as a glob: a name may hold a bracket of its own.
      matches = PathGlob.matches(fs, path, listing);
      named = false;
    }
    if (matches.isEmpty()) {
      throw missing(fs, path);
    }
    addMatches(fs, named ? matches.get(0).getPath() : PathGlob.root(fs, path), matches, named);
  }

  /** What the user named: directories are entered, files are read if their day allows. */
  private void addMatches(FileSystem fs, Path root, List<FileStatus> matches, boolean named)
      throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus match : matches) {
      if (match.isDirectory()) {
        addDirectory(fs, root, match);
      } else {
        files.add(match);
      }
    }
    LayoutVerdict[] verdicts = rules.verdicts(root, files);
    // A file given by name, or by a glob of which the layout knows nothing, is the user's word for it.
    boolean trusted = named || files.size() == matches.size()
        && Arrays.stream(verdicts).allMatch(verdict -> verdict == LayoutVerdict.FOREIGN);
    for (int i = 0; i < verdicts.length; i++) {
      LayoutVerdict verdict = verdicts[i];
      if (trusted && verdict == LayoutVerdict.FOREIGN && adopts.test(files.get(i))) {
        verdict = rules.hasDays() ? LayoutVerdict.NO_DAY : LayoutVerdict.READ;
      }
      add(fs, files.get(i), verdict);
    }
  }

  /**
   * Walks a directory. One that contains itself by a link is not entered again below itself, and one
   * that many links lead to only so often: a name of each may say another day.
   */
  private void addDirectory(FileSystem fs, Path root, FileStatus directory) throws IOException {
    Object identity = LogFileSystem.identity(fs, directory);
    if (entered.merge(identity, 1, Integer::sum) > MOST_WAYS || !above.add(identity)) {
      return;
    }
    List<FileStatus> entries = entries(fs, directory.getPath());
    LayoutVerdict[] verdicts = rules.verdicts(root, entries);
    for (int i = 0; i < verdicts.length; i++) {
      if (verdicts[i] == LayoutVerdict.DESCEND) {
        addDirectory(fs, root, entries.get(i));
      } else {
        add(fs, entries.get(i), verdicts[i]);
      }
    }
    above.remove(identity);
  }

  private void add(FileSystem fs, FileStatus file, LayoutVerdict verdict) throws IOException {
    Object identity = LogFileSystem.identity(fs, file);
    if (verdict != LayoutVerdict.READ) {
      listing.leaveOut(verdict, file.getPath(), identity);
      return;
    }
    BlockLocation[] blocks = null;
    if (file instanceof LocatedFileStatus) {
      blocks = ((LocatedFileStatus) file).getBlockLocations();
    } else if (wantsBlocks(fs)) {
      blocks = fs.getFileBlockLocations(file, 0, file.getLen());
    }
    listing.read(new LogFile(file, blocks), identity);
  }

  /** A directory's entries by name, without the hidden ones ({@code _SUCCESS}, {@code .crc}). */
  private List<FileStatus> entries(FileSystem fs, Path directory) throws IOException {
    DirectoryListing found = DirectoryListing.of(fs, directory, wantsBlocks(fs));
    found.unreadable.stream().filter(name -> !isHidden(name))
        .forEach(name -> listing.leaveOutUnreadable(directory, name));
    List<FileStatus> entries = new ArrayList<>(found.entries);
    entries.removeIf(entry -> isHidden(entry.getPath().getName()));
    return entries;
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private boolean wantsBlocks(FileSystem fs) {
    return locality && LogFileSystem.hasBlocks(fs);
  }

  private static NetlyticsException missing(FileSystem fs, Path path) throws IOException {
    Path parent = path.getParent();
    while (parent != null && !fs.exists(parent)) {
      parent = parent.getParent();
    }
    return NetlyticsException.of("Io", "Path does not exist: " + fs.makeQualified(path)
        + " (the nearest that does is " + parent + ").", path.toString(), null);
  }
}
