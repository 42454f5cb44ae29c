package io.netlytics.spark.scan;

import io.netlytics.NetlyticsException;
import io.netlytics.spark.config.ReadOptions;
import io.netlytics.spark.files.FileListing;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a combined table has for the scans of its parts. Spark makes those scans, and only text gets
 * through to them: so the text is an id, valid while the query over the parts is being planned.
 */
public final class PartRead implements AutoCloseable {
  private static final Map<String, PartRead> OPEN = new ConcurrentHashMap<>();

  /** The part's files, so that they are listed once. */
  final FileListing listing;

  /** Whether what is read counts; false where the same lines are read twice. */
  final boolean counted;

  /** What the part's options carry. */
  public final String id = UUID.randomUUID().toString();

  /** Valid until {@link #close}. */
  public PartRead(FileListing listing, boolean counted) {
    this.listing = listing;
    this.counted = counted;
    OPEN.put(id, this);
  }

  /** What the table of these options is read for, or null for a table that a user names. */
  static PartRead of(ReadOptions options) {
    String id = options.partRead();
    if (id == null) {
      return null;
    }
    PartRead open = OPEN.get(id);
    if (open == null) {
      throw NetlyticsException.badOption("There is no part '" + id + "' to be read: this option is not for users.");
    }
    return open;
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
