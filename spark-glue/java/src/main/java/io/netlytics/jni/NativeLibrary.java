package io.netlytics.jni;

import io.netlytics.NetlyticsException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Loads the native library once a class loader.
 *
 * <p>Tried in this order: a path given by configuration ({@value #CONFIGURATION_KEY} of the
 * session, the system property of the same name, the environment variable {@value #ENVIRONMENT}),
 * {@code java.library.path}, and the copy inside the jar. A path that was given and cannot be loaded
 * is an error: falling back would hide it.
 */
public final class NativeLibrary {
  /** Version of the border this jar was compiled for. */
  public static final int ABI = 6;

  /** Session configuration and system property: full path of the library. */
  public static final String CONFIGURATION_KEY = "spark.netlytics.native.path";

  /** Environment variable: full path of the library. */
  public static final String ENVIRONMENT = "NETLYTICS_NATIVE_PATH";

  private static final String NAME = "netlytics_jni";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library if this class loader has not done so yet.
   *
   * @param configured the session's {@value #CONFIGURATION_KEY}, or null
   * @throws NetlyticsException of kind Io when no library can be loaded, with what was tried
   */
  public static synchronized void load(String configured) {
    if (loaded) {
      return;
    }
    String path =
        firstOf(configured, System.getProperty(CONFIGURATION_KEY), System.getenv(ENVIRONMENT));
    if (path != null) {
      loadFile(Paths.get(path).toAbsolutePath());
    } else if (!loadFromLibraryPath()) {
      loadFile(extract());
    }
    checkAbi();
    loaded = true;
  }

  private static String firstOf(String... candidates) {
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isEmpty()) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean loadFromLibraryPath() {
    String file = System.mapLibraryName(NAME);
    for (String directory : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
      Path path = Paths.get(directory, file);
      if (!directory.isEmpty() && Files.isReadable(path)) {
        loadFile(path.toAbsolutePath());
        return true;
      }
    }
    return false;
  }

  /**
   * Copies the jar's library to a folder of its own: two class loaders of one JVM cannot load the
   * same file, and no other user may write it.
   */
  private static Path extract() {
    String resource = "/native/" + Platform.directory() + "/" + System.mapLibraryName(NAME);
    try (InputStream library = NativeLibrary.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw NetlyticsException.of("Io", "This jar holds no native library for this machine ("
            + resource + "). Set " + CONFIGURATION_KEY + " to the path of one.", resource, null);
      }
      Path directory = Files.createTempDirectory(
          "netlytics-", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Path copy = directory.resolve(System.mapLibraryName(NAME));
      // Deleted in the opposite order.
      directory.toFile().deleteOnExit();
      copy.toFile().deleteOnExit();
      Files.copy(library, copy);
      Files.setPosixFilePermissions(copy, OWNER_ONLY);
      return copy;
    } catch (IOException cannotCopy) {
      throw NetlyticsException.io("Cannot copy the native library out of the jar into",
          System.getProperty("java.io.tmpdir"), cannotCopy);
    }
  }

  private static void loadFile(Path path) {
    try {
      System.load(path.toString());
    } catch (UnsatisfiedLinkError refused) {
      throw NetlyticsException.of("Io", "Cannot load the native library " + path + ": "
          + refused.getMessage().replace(path + ": ", "") + ". " + hint(path),
          path.toString(), refused);
    }
  }

  private static String hint(Path path) {
    if (!Files.isReadable(path)) {
      return "No readable file is there.";
    }
    return Platform.isMountedNoexec(path)
        ? "The file system of " + path.getParent() + " is mounted noexec: point java.io.tmpdir"
            + " elsewhere, or set " + CONFIGURATION_KEY
            + " to a copy of the library on a file system that allows execution."
        : "This machine has " + Platform.libc() + ", the library needs glibc 2.17 or newer.";
  }

  private static void checkAbi() {
    int found = Native.abi();
    if (found != ABI) {
      throw NetlyticsException.of("Internal", "The native library (version " + Native.version()
          + ", border " + found + ") and the jar (border " + ABI + ") are of different builds:"
          + " unset " + CONFIGURATION_KEY + " or give the library that came with this jar.",
          null, null);
    }
  }
}
