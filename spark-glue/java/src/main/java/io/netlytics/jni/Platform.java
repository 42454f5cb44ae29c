package io.netlytics.jni;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import java.util.stream.Stream;

/** What this machine is, as far as loading a library depends on it. */
final class Platform {
  private Platform() {}

  /** Folder of this machine's library in the jar, for instance {@code linux-x86_64}. */
  static String directory() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return system + "-" + (processor.equals("amd64") ? "x86_64" : processor);
  }

  /** The C library in use, read from this process's own memory map. */
  static String libc() {
    try (Stream<String> maps = Files.lines(Paths.get("/proc/self/maps"), StandardCharsets.UTF_8)) {
      String library = maps.map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .filter(file -> file.matches(".*/(libc[.-][^/]*|ld-musl[^/]*)"))
          .findFirst().orElse(null);
      return library == null ? "an unknown C library" : libcVersion(Paths.get(library));
    } catch (IOException | RuntimeException unreadable) {
      return "an unknown C library";
    }
  }

  private static String libcVersion(Path library) throws IOException {
    // glibc carries its banner as text: "GNU C Library (…) stable release version 2.36."
    String bytes = new String(Files.readAllBytes(library), StandardCharsets.ISO_8859_1);
    int banner = bytes.indexOf("GNU C Library (");
    int end = banner < 0 ? -1 : bytes.indexOf('\n', banner);
    return end < 0 ? library.toString() : bytes.substring(banner, end).replaceAll("\\.$", "");
  }

  /** Whether a file lies on a mount that forbids execution; false when it cannot be told. */
  static boolean isMountedNoexec(Path path) {
    try (Stream<String> mounts =
        Files.lines(Paths.get("/proc/self/mounts"), StandardCharsets.UTF_8)) {
      String[] longest = mounts.map(line -> line.split(" "))
          .filter(mount -> mount.length > 3 && path.startsWith(mount[1]))
          .reduce((a, b) -> b[1].length() >= a[1].length() ? b : a).orElse(null);
      return longest != null && ("," + longest[3] + ",").contains(",noexec,");
    } catch (IOException unreadable) {
      return false;
    }
  }
}
