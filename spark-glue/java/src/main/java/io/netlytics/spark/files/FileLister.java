package io.netlytics.spark.files;

import io.netlytics.NetlyticsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Finds the files of a read on the driver, through any Hadoop file system. Directories are walked by
 * the connector's layout rules, so that the days outside the range are never listed.
 */
public final class FileLister {
  private final LayoutRules rules;
  private final Predicate<FileStatus> adopts;
  private final Configuration hadoop;
  private final boolean locality;
  private final FileListing listing = new FileListing();

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
      matches = PathGlob.matches(fs, path);
      named = false;
    }
    if (matches.isEmpty()) {
      throw missing(fs, path);
    }
    addMatches(fs, matches, named);
  }

  /** What the user named: directories are entered, files are read if their day allows. */
  private void addMatches(FileSystem fs, List<FileStatus> matches, boolean named)
      throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus match : matches) {
      if (match.isDirectory()) {
        addDirectory(fs, match.getPath());
      } else {
        files.add(match);
      }
    }
    LayoutVerdict[] verdicts = rules.verdicts(files);
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

  private void addDirectory(FileSystem fs, Path directory) throws IOException {
    List<FileStatus> entries = entries(fs, directory);
    LayoutVerdict[] verdicts = rules.verdicts(entries);
    for (int i = 0; i < verdicts.length; i++) {
      if (verdicts[i] == LayoutVerdict.DESCEND) {
        addDirectory(fs, entries.get(i).getPath());
      } else {
        add(fs, entries.get(i), verdicts[i]);
      }
    }
  }

  private void add(FileSystem fs, FileStatus file, LayoutVerdict verdict) throws IOException {
    if (verdict != LayoutVerdict.READ) {
      listing.skip(verdict, file.getPath());
      return;
    }
    BlockLocation[] blocks = null;
    if (file instanceof LocatedFileStatus) {
      blocks = ((LocatedFileStatus) file).getBlockLocations();
    } else if (wantsBlocks(fs)) {
      blocks = fs.getFileBlockLocations(file, 0, file.getLen());
    }
    listing.read(new LogFile(file, blocks));
  }

  /** A directory's entries by name, without the hidden ones ({@code _SUCCESS}, {@code .crc}). */
  private List<FileStatus> entries(FileSystem fs, Path directory) throws IOException {
    List<FileStatus> entries = new ArrayList<>();
    if (wantsBlocks(fs)) {
      RemoteIterator<LocatedFileStatus> located = fs.listLocatedStatus(directory);
      while (located.hasNext()) {
        entries.add(located.next());
      }
    } else {
      Collections.addAll(entries, fs.listStatus(directory));
    }
    entries.removeIf(entry -> entry.getPath().getName().matches("[._].*"));
    entries.sort(Comparator.comparing(FileStatus::getPath));
    return entries;
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
