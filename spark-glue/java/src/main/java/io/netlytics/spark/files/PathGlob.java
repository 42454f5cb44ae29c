package io.netlytics.spark.files;

import io.netlytics.NetlyticsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Finds what a path with wildcards ({@code * ? [a-z] [^a] {a,b}}) stands for, folder by folder.
 * Hadoop's own globbing cannot be used: it fails on any name with a colon, as Zeek's have.
 */
final class PathGlob {
  private PathGlob() {}

  /** The files and directories there are, by name; braces may not span a slash. */
  static List<FileStatus> matches(FileSystem fs, Path glob, FileListing listing)
      throws IOException {
    URI whole = fs.makeQualified(glob).toUri();
    List<Path> found = Collections.singletonList(new Path(whole.resolve("/")));
    for (String component : whole.getPath().substring(1).split("/")) {
      List<Path> next = new ArrayList<>();
      for (Path parent : found) {
        if (hasWildcard(component)) {
          next.addAll(children(fs, parent, matcher(component, glob), listing));
        } else {
          next.add(child(parent, component));
        }
      }
      found = next;
    }
    List<FileStatus> matches = new ArrayList<>();
    for (Path path : found) {
      try {
        matches.add(fs.getFileStatus(path));
      } catch (FileNotFoundException noSuchChild) {
        // A plain name after a wildcard need not be in every folder.
      }
    }
    return matches;
  }

  /** The part of a path before its first wildcard, qualified. */
  static Path root(FileSystem fs, Path glob) {
    Path root = fs.makeQualified(glob);
    for (Path path = root; path != null; path = path.getParent()) {
      if (hasWildcard(path.getName()) && path.getParent() != null) {
        root = path.getParent();
      }
    }
    return root;
  }

  private static boolean hasWildcard(String component) {
    return component.matches(".*[*?\\[{\\\\].*");
  }

  private static List<Path> children(
      FileSystem fs, Path parent, PathMatcher matcher, FileListing listing) throws IOException {
    List<Path> children = new ArrayList<>();
    try {
      DirectoryListing found = DirectoryListing.of(fs, parent, false);
      for (FileStatus child : found.entries) {
        if (matcher.matches(Paths.get(child.getPath().getName()))) {
          children.add(child.getPath());
        }
      }
      found.unreadable.stream().filter(name -> matcher.matches(Paths.get(name)))
          .forEach(name -> listing.leaveOutUnreadable(parent, name));
    } catch (FileNotFoundException noSuchFolder) {
      // The same as for a plain name.
    }
    // A file lists as itself, which is nothing below it.
    children.remove(parent);
    return children;
  }

  /** Not by {@code new Path(parent, name)}, which takes what stands before a colon for a scheme. */
  private static Path child(Path parent, String name) {
    return new Path(parent, new Path(null, null, name));
  }

  private static PathMatcher matcher(String component, Path glob) {
    try {
      // Hadoop negates with ^, Java with !.
      return FileSystems.getDefault().getPathMatcher("glob:" + component.replace("[^", "[!"));
    } catch (PatternSyntaxException wrong) {
      throw NetlyticsException.badOption(
          "Path " + glob + " has a wildcard that is not complete: " + wrong.getMessage());
    }
  }
}
