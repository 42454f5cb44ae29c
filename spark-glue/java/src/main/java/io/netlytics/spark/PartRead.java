package io.netlytics.spark;

import io.netlytics.NetlyticsException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a combined table has for the scans of its parts. Spark makes those scans, and only text gets
 * through to them: so the text is an id, valid while the query over the parts is being planned.
 */
final class PartRead implements AutoCloseable {
  /** The option that carries the id. Not for users: an id is never known before. */
  static final String OPTION = "netlyticsPartRead";

  private static final Map<String, PartRead> OPEN = new ConcurrentHashMap<>();

  /** The part's files, so that they are listed once. */
  final FileListing listing;

  /** Whether what is read counts; false where the same lines are read twice. */
  final boolean counted;

  final String id = UUID.randomUUID().toString();

  PartRead(FileListing listing, boolean counted) {
    this.listing = listing;
    this.counted = counted;
    OPEN.put(id, this);
  }

  /** @return null without an id, as for every table that a user names */
  static PartRead of(String id) {
    if (id == null) {
      return null;
    }
    PartRead open = OPEN.get(id);
    if (open == null) {
      throw NetlyticsException.badOption("There is no option " + OPTION + ".");
    }
    return open;
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }
}
