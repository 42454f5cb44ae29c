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
  static List<FileStatus> matches(FileSystem fs, Path glob) throws IOException {
    URI whole = fs.makeQualified(glob).toUri();
    List<Path> found = Collections.singletonList(new Path(whole.resolve("/")));
    for (String component : whole.getPath().substring(1).split("/")) {
      List<Path> next = new ArrayList<>();
      for (Path parent : found) {
        if (component.matches(".*[*?\\[{\\\\].*")) {
          next.addAll(children(fs, parent, matcher(component, glob)));
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

  private static List<Path> children(FileSystem fs, Path parent, PathMatcher matcher)
      throws IOException {
    List<Path> children = new ArrayList<>();
    try {
      for (FileStatus child : fs.listStatus(parent)) {
        if (matcher.matches(Paths.get(child.getPath().getName()))) {
          children.add(child.getPath());
        }
      }
    } catch (FileNotFoundException noSuchFolder) {
      // The same as for a plain name.
    }
    // A file lists as itself, which is nothing below it.
    children.remove(parent);
    Collections.sort(children);
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
