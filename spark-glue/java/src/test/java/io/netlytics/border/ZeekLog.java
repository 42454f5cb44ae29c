package io.netlytics.border;

import java.nio.charset.StandardCharsets;

/** A Zeek dns.log made in memory. */
final class ZeekLog {
  private static final String HEADER = "#separator \\x09\n"
      + "#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n"
      + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery"
      + "\tqclass\tqclass_name\tqtype\tqtype_name\trcode\trcode_name\tAA\tTC\tRD\tRA\tZ\tanswers"
      + "\tTTLs\trejected\n"
      + "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tcount\tinterval\tstring\tcount\tstring"
      + "\tcount\tstring\tcount\tstring\tbool\tbool\tbool\tbool\tcount\tvector[string]"
      + "\tvector[interval]\tbool\n";

  private final StringBuilder text = new StringBuilder(HEADER);

  /** Adds a transaction of client port {@code port} with two answers. */
  ZeekLog row(String port, String query) {
    text.append("1488326400.5\tC1\t10.0.0.1\t").append(port)
        .append("\t8.8.8.8\t53\tudp\t4711\t0.25\t").append(query)
        .append("\t1\tC_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\t192.0.2.1,192.0.2.2")
        .append("\t60.000000,120.000000\tF\n");
    return this;
  }

  static ZeekLog ofRows(int rows) {
    ZeekLog log = new ZeekLog();
    for (int i = 0; i < rows; i++) {
      log.row(String.valueOf(1024 + i % 60000), "host" + i + ".example.org");
    }
    return log;
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Byte offset of the first occurrence of a piece of ASCII text. */
  long offsetOf(String piece) {
    return text.indexOf(piece);
  }
}
