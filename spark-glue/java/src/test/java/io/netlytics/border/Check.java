package io.netlytics.border;

import io.netlytics.NetlyticsException;

/** Assertions of the border programs: the first that fails ends the program with status 1. */
final class Check {
  private Check() {}

  static void that(boolean holds, String claim) {
    if (!holds) {
      throw new AssertionError("does not hold: " + claim);
    }
  }

  static void same(Object expected, Object found, String what) {
    that(expected == null ? found == null : expected.equals(found),
        what + " is " + expected + " (found " + found + ")");
  }

  /** Runs what must be refused and gives the error. */
  static NetlyticsException refused(Runnable call) {
    try {
      call.run();
    } catch (NetlyticsException expected) {
      return expected;
    }
    throw new AssertionError("a NetlyticsException was expected");
  }

  static void passed(String what) {
    System.out.println("ok  " + what);
  }
}
