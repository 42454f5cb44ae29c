package io.netlytics.spark.config;

import io.netlytics.NetlyticsException;
import io.netlytics.jni.NativeLibrary;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** What a read takes from the session's configuration. Only on the driver. */
public final class SessionConf {
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kmgtp]?)b?");

  private final SparkSession session;

  private SessionConf(SparkSession session) {
    this.session = session;
  }

  /** The configuration of the session that the calling thread works for. */
  public static SessionConf active() {
    return new SessionConf(SparkSession.active());
  }

  /** The configuration of this session. */
  public static SessionConf of(SparkSession session) {
    return new SessionConf(session);
  }

  /** The session itself. */
  public SparkSession session() {
    return session;
  }

  /** Path of the native library, or null. */
  public String nativePath() {
    String path = session.conf().get(NativeLibrary.CONFIGURATION_KEY, "");
    return path.isEmpty() ? null : path;
  }

  /** Whether splits ask for the hosts that hold their blocks. */
  public boolean locality() {
    return Boolean.parseBoolean(session.conf().get("spark.netlytics.locality.enabled", "true"));
  }

  /** Size of a task's read buffer. */
  public int bufferBytes() {
    return Math.toIntExact(bytes("spark.netlytics.io.bufferBytes", "1048576"));
  }

  /** Bytes of a split at most, as for Spark's own file sources. */
  public long maxPartitionBytes() {
    return bytes("spark.sql.files.maxPartitionBytes", "128MB");
  }

  /** What opening a file costs, as bytes read meanwhile. */
  public long openCostInBytes() {
    return bytes("spark.sql.files.openCostInBytes", "4MB");
  }

  /** How many splits to aim for at least, as for Spark's own file sources. */
  public int minPartitions() {
    String cores = String.valueOf(session.sparkContext().defaultParallelism());
    return Integer.parseInt(session.conf().get("spark.sql.files.minPartitionNum", cores));
  }

  /** Bytes in memory for each byte of text, as the user estimates it. */
  public double compressionFactor() {
    return Double.parseDouble(
        session.conf().get("spark.sql.sources.fileCompressionFactor", "1.0"));
  }

  /**
   * The Hadoop configuration with this session's own settings (for instance fs.s3a.* set after the
   * start). The session makes one, but the method has moved between Spark versions' classes, so it is
   * looked up by name; without it the context's is used.
   */
  public Configuration hadoop() {
    try {
      Object state = session.getClass().getMethod("sessionState").invoke(session);
      return (Configuration) state.getClass().getMethod("newHadoopConf").invoke(state);
    } catch (NoSuchMethodException | IllegalAccessException notHere) {
      return new Configuration(session.sparkContext().hadoopConfiguration());
    } catch (InvocationTargetException failed) {
      throw new IllegalStateException("The session has no Hadoop configuration", failed);
    }
  }

  private long bytes(String key, String otherwise) {
    String text = session.conf().get(key, otherwise);
    Matcher size = SIZE.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw NetlyticsException.badOption(
          key + " is '" + text + "': it must be a size in bytes, for instance 128MB.");
    }
    int power = " kmgtp".indexOf(size.group(2).isEmpty() ? " " : size.group(2));
    return Long.parseLong(size.group(1)) << (10 * power);
  }
}
