package io.netlytics.spark.files;

/** What the native layout rules say of one directory entry, in the order of their codes. */
enum LayoutVerdict {
  FOREIGN("not of this connector"),
  READ("read"),
  DESCEND("directories entered"),
  OTHER_DAY("of other days"),
  NO_DAY("without a day in their path"),
  /** Of the listing itself: the native rules never get to see such an entry. */
  UNREADABLE_NAME("with names that cannot be read");

  private static final LayoutVerdict[] BY_CODE = values();

  /** For messages, after a number: "3 of other days". */
  final String words;

  LayoutVerdict(String words) {
    this.words = words;
  }

  static LayoutVerdict of(byte code) {
    return BY_CODE[code];
  }
}
