package io.netlytics.border;

import io.netlytics.NetlyticsException;
import io.netlytics.jni.Native;
import io.netlytics.jni.NativeLibrary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Crosses the border in every way against the real library; meant for {@code -Xcheck:jni}. Exits with
 * 1 on the first difference. Run by {@code mvn -Pborder verify}.
 */
public final class BorderMain {
  private static final StructType COLUMNS = new StructType()
      .add("answer_ttls", DataTypes.createArrayType(DataTypes.LongType))
      .add("answers", DataTypes.createArrayType(DataTypes.StringType))
      .add("c_port", DataTypes.LongType)
      .add("query", DataTypes.StringType)
      .add("resp_time", DataTypes.DoubleType);

  private BorderMain() {}

  public static void main(String[] arguments) {
    NativeLibrary.load(null);
    System.out.println("library " + Native.version() + ", border " + Native.abi());
    describes();
    laysOut();
    combines();
    readsValues();
    readsTheSameInAnyChunks();
    readsNoColumns();
    closesTwice();
    carriesErrors();
    keepsBadRecords();
    refusesOptions();
    carriesPanics();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void describes() {
    String json = new String(Native.describe(utf8("zeek_to_DNS")), StandardCharsets.UTF_8);
    for (String part : new String[] {"\"zeek_to_DNS\"", "\"DNS\"", "\"c_ip\"", "\"batchRows\""}) {
      Check.that(json.contains(part), "the description holds " + part);
    }
    String schema = json.substring(json.indexOf("\"schema\":") + 9);
    Check.that(schema.startsWith("{"), "the schema is an object");
    String alias = new String(
        Native.describe(utf8("connectors.bro_to_DNS.Bro_To_DNS")), StandardCharsets.UTF_8);
    Check.that(alias.contains("\"zeek_to_DNS\""), "an alias is known");
    NetlyticsException unknown = Check.refused(() -> Native.describe(utf8("zeek_to_DSN")));
    Check.same("BadOption", unknown.getKind(), "kind of an unknown connector");
    Check.that(unknown.getMessage().contains("zeek_to_DNS"), "the nearest connector is named");
    Check.refused(() -> Native.describe(new byte[] {(byte) 0xff, 0}));
    Check.passed("describe: connector, alias, unknown name, bytes that are no UTF-8");
  }

  private static void laysOut() {
    byte[] codes = Native.layout(utf8("{\"connector\":\"zeek_to_DNS\",\"startDay\":\"2017_03_01\","
        + "\"endDay\":\"2017_03_02\",\"entries\":[[\"/l/2017-03-01\",true],"
        + "[\"/l/2017-03-03\",true],[\"/l/2017-03-01/dns.00:00:00-01:00:00.log.gz\",false],"
        + "[\"/l/2017-03-01/conn.log\",false],[\"/l/dns.log\",false]]}"));
    Check.same("[2, 3, 1, 0, 4]", Arrays.toString(codes), "the verdicts");
    Check.passed("layout");
  }

  private static void combines() {
    String scan = "{\"connector\":\"tstat_to_DNS\",\"columns\":[\"query\"]}";
    String json = new String(Native.combination(utf8(scan)), StandardCharsets.UTF_8);
    Check.that(json.contains("\"tstat_to_DNS/rows\""), "the part: " + json);
    Check.that(json.contains("\"sql\":"), "the query: " + json);
    byte[] none = Native.combination(utf8(scan.replace("tstat", "zeek")));
    Check.that(none == null, "a table of which every line is a row has no parts");
    Check.refused(() -> Native.combination(utf8("not json")));
    Check.passed("combination");
  }

  private static void readsValues() {
    byte[] log = ZeekLog.ofRows(20).bytes();
    try (MemoryScan scan = new MemoryScan(
        log, log.length, COLUMNS, MemoryScan.settings("PERMISSIVE", 8, ""))) {
      ColumnarBatch batch = scan.next();
      Check.same(8, batch.numRows(), "rows of the first batch");
      Check.same(1025L, batch.column(2).getLong(1), "c_port");
      Check.same("host1.example.org", batch.column(3).getUTF8String(1).toString(), "query");
      Check.same(1488326400.75, batch.column(4).getDouble(1), "resp_time");
      Check.same("192.0.2.2", batch.column(1).getArray(1).getUTF8String(1).toString(), "answer");
      Check.same(120L, batch.column(0).getArray(1).getLong(1), "answer_ttl");
      Check.same(12L, scan.drain(), "rows of the other batches");
      long[] metrics = new long[Native.METRICS_LONGS];
      Native.metrics(scan.handle(), metrics);
      Check.same(20L, metrics[0], "records");
      Check.same((long) log.length, metrics[2], "bytes in");
      Check.same(3L, metrics[7], "batches");
      Check.same("[]", new String(Native.skipped(scan.handle()), StandardCharsets.UTF_8),
          "lines skipped");
    }
    Check.passed("open, step, metrics, close over a log in memory");
  }

  private static void readsTheSameInAnyChunks() {
    byte[] log = ZeekLog.ofRows(100).bytes();
    for (int chunk : new int[] {1, 7, 64, 1000, log.length}) {
      try (MemoryScan scan = new MemoryScan(
          log, chunk, COLUMNS, MemoryScan.settings("FAILFAST", 16, ""))) {
        Check.same(100L, scan.drain(), "rows fed " + chunk + " bytes at a time");
      }
    }
    Check.passed("chunks of any size");
  }

  private static void readsNoColumns() {
    byte[] log = ZeekLog.ofRows(100).bytes();
    try (MemoryScan scan = new MemoryScan(
        log, 512, new StructType(), MemoryScan.settings("PERMISSIVE", 16, ""))) {
      Check.same(100L, scan.drain(), "rows without columns");
    }
    Check.passed("a scan of no columns counts");
  }

  private static void closesTwice() {
    try (MemoryScan scan = new MemoryScan(
        ZeekLog.ofRows(3).bytes(), 512, COLUMNS, MemoryScan.settings("PERMISSIVE", 8, ""))) {
      scan.next();
      Native.close(scan.handle());
    }
    Native.close(0);
    Check.passed("close twice, close nothing");
  }

  private static void carriesErrors() {
    ZeekLog log = new ZeekLog().row("1", "a.org").row("ninety", "b.org");
    try (MemoryScan scan = new MemoryScan(
        log.bytes(), 512, COLUMNS, MemoryScan.settings("FAILFAST", 8, ""))) {
      NetlyticsException error = Check.refused(scan::drain);
      Check.same("BadInput", error.getKind(), "kind");
      Check.same("memory:/dns.log", error.getPath(), "path");
      long line = log.offsetOf("1488326400.5\tC1\t10.0.0.1\tninety");
      Check.that(error.getOffset() >= line, "the offset " + error.getOffset() + " is in the line");
      Check.that(error.getRecord() != null, "the record is known");
      Check.that(error.getColumn() != null, "the column is known: " + error.getColumn());
      System.out.println("    " + error.getMessage());
    }
    Check.passed("an error arrives with file, offset, record and column");
  }

  private static void keepsBadRecords() {
    byte[] log = new ZeekLog().row("1", "a.org").row("ninety", "b.org").row("2", "c.org").bytes();
    try (MemoryScan scan = new MemoryScan(
        log, 512, COLUMNS, MemoryScan.settings("PERMISSIVE", 8, ""))) {
      Check.same(2L, scan.drain(), "good rows");
      String bad = new String(Native.takeBadRecords(scan.handle()), StandardCharsets.UTF_8);
      Check.that(bad.contains("ninety") && bad.contains("memory:/dns.log"), "the line: " + bad);
      Check.same("[]", new String(Native.takeBadRecords(scan.handle()), StandardCharsets.UTF_8),
          "the queue afterwards");
    }
    StructType withCorrupt = COLUMNS.add("_corrupt_record", DataTypes.StringType);
    try (MemoryScan scan = new MemoryScan(
        log, 512, withCorrupt, MemoryScan.settings("PERMISSIVE", 8, ""))) {
      ColumnarBatch batch = scan.next();
      Check.same(3, batch.numRows(), "rows with the bad line among them");
      Check.that(batch.column(3).isNullAt(1), "the bad row's query is null");
      Check.that(batch.column(5).isNullAt(0), "a good row has no corrupt record");
      Check.that(batch.column(5).getUTF8String(1).toString().contains("ninety"), "the raw line");
    }
    Check.passed("bad records are queued and shown");
  }

  private static void refusesOptions() {
    NetlyticsException error = Check.refused(() -> new MemoryScan(new byte[0], 1, COLUMNS,
        MemoryScan.settings("PERMISSIVE", 8, "\"seperator\":\",\"")));
    Check.same("BadOption", error.getKind(), "kind");
    Check.that(error.getMessage().contains("separator"), "the nearest option is named");
    Check.refused(() -> Native.open(utf8("not json"), null));
    Check.passed("unknown options and broken requests");
  }

  /** A debug build of the library panics on a file of this name. */
  private static void carriesPanics() {
    byte[] log = ZeekLog.ofRows(5).bytes();
    try (MemoryScan scan = new MemoryScan("memory:/dns_panic.log", log, 512, COLUMNS,
        MemoryScan.settings("PERMISSIVE", 8, ""))) {
      scan.drain();
      System.out.println("--  skipped: the library is not a debug build");
      return;
    } catch (NetlyticsException error) {
      Check.same("Internal", error.getKind(), "kind of a panic");
      System.out.println("    " + error.getMessage());
    }
    readsValues();
    Check.passed("a panic arrives as an exception and the library goes on");
  }
}
