//! Bad input of every kind: each is a counted, inspectable record or a clear error; nothing is lost and nothing panics.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Write as _;

use arrow_array::{Array as _, RecordBatch, StringArray};
use netlytics_connectors::bad::BadRecord;
use netlytics_connectors::error::Kind;
use netlytics_connectors::options::{Mode, ScanOptions};
use netlytics_connectors::scan::Metrics;
use netlytics_connectors::source::Batches;

const HEADER: &str = "#separator \\x09\n#fields\tts\tid.orig_p\tquery\trcode_name\n";
const GOOD: &str = "1.5\t53\twww.example.com\tNOERROR\n";

fn options() -> ScanOptions {
    let columns = ["req_time", "c_port", "query"].map(str::to_owned).to_vec();
    ScanOptions {
        connector: "zeek_to_DNS".to_owned(),
        path: "dns.log".to_owned(),
        columns,
        keep_bad_records: true,
        ..ScanOptions::default()
    }
}

fn read(log: &[u8], options: ScanOptions) -> (Vec<RecordBatch>, Metrics, Vec<BadRecord>) {
    let mut batches = Batches::new(log, options).unwrap();
    let (mut read, mut bad) = (Vec::new(), Vec::new());
    while let Some(batch) = batches.next() {
        read.push(batch.unwrap());
        bad.append(&mut batches.take_bad_records());
    }
    bad.append(&mut batches.take_bad_records());
    (read, batches.metrics(), bad)
}

fn counts(log: &[u8]) -> (u64, u64, u64, Vec<BadRecord>) {
    let (batches, metrics, bad) = read(log, options());
    let rows = batches.iter().map(RecordBatch::num_rows).sum::<usize>() as u64;
    assert_eq!((rows, bad.len() as u64), (metrics.records, metrics.malformed));
    (metrics.records, metrics.malformed, metrics.lines, bad)
}

fn log(lines: &[&str]) -> Vec<u8> {
    [HEADER, &lines.concat()].concat().into_bytes()
}

#[test]
fn an_empty_file_has_no_rows() {
    assert_eq!(counts(b""), (0, 0, 0, vec![]));
}

#[test]
fn a_file_that_is_no_zeek_log_is_refused_line_by_line() {
    let (rows, malformed, lines, bad) = counts(b"Lorem ipsum\ndolor sit amet\n");
    assert_eq!((rows, malformed, lines), (0, 2, 2));
    assert_eq!(
        bad.first().unwrap().reason,
        "expected a #fields line before the first record (or the option fields), found Lorem ipsum"
    );
}

#[test]
fn wrong_fields_are_named_with_their_place() {
    let (rows, malformed, lines, bad) = counts(&log(&[GOOD, "1.5\tx\ta\tNOERROR\n", GOOD, "noon\t53\ta\tNOERROR\n"]));
    assert_eq!((rows, malformed, lines), (2, 2, 6));
    let [port, time] = bad.as_slice() else { panic!("two bad records") };
    assert_eq!(port.reason, "id.orig_p: expected a whole number, found x");
    assert_eq!((port.path.as_str(), port.column.as_deref(), port.record), ("dns.log", Some("id.orig_p"), 4));
    assert_eq!(port.offset, (HEADER.len() + GOOD.len()) as u64);
    assert_eq!(port.text, "1.5\tx\ta\tNOERROR");
    assert_eq!(time.reason, "ts: expected seconds since the epoch, found noon");
}

#[test]
fn wrong_numbers_of_fields_are_told() {
    let (rows, malformed, _, bad) = counts(&log(&["1.5\t53\ta\n", GOOD, "1.5\t53\ta\tb\tc\n", "1.5\t53\tcu"]));
    assert_eq!((rows, malformed), (1, 3));
    assert_eq!(bad.first().unwrap().reason, "expected 4 fields, as the header says, found 3");
}

#[test]
fn odd_bytes_stay_visible() {
    let mut bytes = log(&[]);
    bytes.extend_from_slice(b"1.5\t53\tcaf\xe9\tNOERROR\n1.5\t53\ta\0b\tNOERROR\n\0\0\0\0\n");
    let (batches, metrics, bad) = read(&bytes, options());
    let queries = batches.first().unwrap().column(2).as_any().downcast_ref::<StringArray>().unwrap();
    assert_eq!(queries.iter().collect::<Vec<_>>(), [Some("caf\\xe9"), Some("a\0b")]);
    assert_eq!((metrics.malformed, bad.first().unwrap().text.as_str()), (1, "\0\0\0\0"));
}

#[test]
fn a_huge_line_is_one_bad_record_and_little_memory() {
    let huge = "x".repeat(100 << 20);
    let (rows, malformed, lines, bad) = counts(&log(&[GOOD, &huge, "\n", GOOD]));
    assert_eq!((rows, malformed, lines), (2, 1, 5));
    let bad = bad.first().unwrap();
    assert!(bad.text.len() <= (4 << 20) + 1);
    assert_eq!(bad.reason, "expected a line of at most 4194304 bytes (maxLineBytes), found one of 104857600");
}

#[test]
fn a_torn_gzip_gives_what_was_before_the_tear_and_one_bad_record() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for number in 0..20_000 {
        writeln!(gzip, "{number}.5\t53\tname{}.example.com\tNOERROR", number * 7919 % 10_007).unwrap();
    }
    let packed = gzip.finish().unwrap();
    let mut torn = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    torn.write_all(HEADER.as_bytes()).unwrap();
    let mut torn = torn.finish().unwrap();
    torn.extend_from_slice(packed.get(..packed.len() / 2).unwrap());
    let (rows, malformed, lines, bad) = counts(&torn);
    assert!(rows > 5_000 && rows < 15_000, "{rows}");
    assert_eq!((malformed, lines), (1, rows + 3));
    assert!(bad.first().unwrap().reason.contains("gzip data ends in the middle"), "{}", bad.first().unwrap().reason);
}

/// 5,000 rows as gzip; the last without its line end if so wanted.
fn five_thousand(line_end: bool) -> Vec<u8> {
    let lines = (0..5_000).map(|number| format!("{number}.5\t53\tname{number}.example.com\tNOERROR\n"));
    let mut text = HEADER.to_owned() + &lines.collect::<String>();
    if !line_end {
        text.pop();
    }
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn damage_at_the_end_of_a_gzip_costs_no_row_before_it() {
    let whole = five_thousand(true);
    let mut wrong_checksum = whole.clone();
    let at = whole.len() - 8;
    *wrong_checksum.get_mut(at).unwrap() ^= 1;
    let torn = whole.get(..at).unwrap().to_vec();
    let rubbish = [whole.as_slice(), b"rubbish"].concat();
    for (name, packed) in [("wrong checksum", wrong_checksum), ("torn", torn), ("rubbish", rubbish)] {
        let (rows, malformed, ..) = counts(&packed);
        assert_eq!((rows, malformed), (5_000, 1), "{name}");
    }
}

#[test]
fn the_last_row_of_a_whole_gzip_is_a_row_though_rubbish_follows() {
    let packed = [five_thousand(false).as_slice(), b"rubbish"].concat();
    let (rows, malformed, lines, bad) = counts(&packed);
    assert_eq!((rows, malformed, lines), (5_000, 1, 5_002));
    let bad = bad.first().unwrap();
    assert_eq!(bad.text, "");
    assert!(bad.reason.contains("no gzip member"), "{}", bad.reason);
    let limited = ScanOptions { limit: 5_000, ..options() };
    assert_eq!(read(&packed, limited).1.malformed, 0);
}

#[test]
fn the_memory_of_a_decoder_is_an_option() {
    let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 6);
    xz.write_all(&log(&[GOOD])).unwrap();
    let packed = xz.finish().unwrap();
    let with = |limit: &str| {
        let given = [("maxDecompressBytes".to_owned(), limit.to_owned())].into_iter().collect();
        ScanOptions { given, ..options() }
    };
    let (_, metrics, bad) = read(&packed, with("1000000"));
    assert_eq!((metrics.records, metrics.malformed), (0, 1));
    let reason = &bad.first().unwrap().reason;
    assert!(reason.contains("needs 9437184 bytes") && reason.contains("maxDecompressBytes"), "{reason}");
    assert_eq!(read(&packed, with("10000000")).1.records, 1);
    assert_eq!(Batches::new(packed.as_slice(), with("0")).err().unwrap().kind, Kind::BadOption);
}

#[test]
fn fail_fast_ends_with_the_place() {
    let options = ScanOptions { mode: Mode::FailFast, ..options() };
    let log = log(&[GOOD, "1.5\tx\ta\tNOERROR\n"]);
    let error = Batches::new(log.as_slice(), options).unwrap().find_map(Result::err).unwrap();
    assert_eq!((error.kind, error.place.column.as_deref()), (Kind::BadInput, Some("id.orig_p")));
    assert_eq!(
        error.to_string(),
        "dns.log: at byte 85 (line 4 of the split from byte 0): id.orig_p: expected a whole number, found x"
    );
}

#[test]
fn bad_lines_are_rows_only_where_the_query_lets_them() {
    let log = log(&[GOOD, "1.5\tx\ta\tNOERROR\n"]);
    let rows = |filter: Option<&str>| {
        let filter = filter.map(|json| serde_json::from_str(json).unwrap());
        let columns = ["_corrupt_record", "query", "c_port"].map(str::to_owned).to_vec();
        let (batches, ..) = read(&log, ScanOptions { columns, filter, ..options() });
        batches.iter().map(RecordBatch::num_rows).sum::<usize>()
    };
    assert_eq!(rows(None), 2);
    assert_eq!(rows(Some(r#"{"op":"=","column":"query","value":"www.example.com"}"#)), 1);
    assert_eq!(rows(Some(r#"{"op":"isNull","column":"c_port"}"#)), 1);
}

#[test]
fn asking_for_bad_lines_checks_every_column() {
    let columns = vec!["_corrupt_record".to_owned()];
    let (batches, metrics, _) = read(&log(&[GOOD, "1.5\tx\ta\tNOERROR\n"]), ScanOptions { columns, ..options() });
    assert_eq!((metrics.records, metrics.malformed), (1, 1));
    let texts = batches.first().unwrap().column(0).as_any().downcast_ref::<StringArray>().unwrap();
    assert_eq!(texts.iter().collect::<Vec<_>>(), [None, Some("1.5\tx\ta\tNOERROR")]);
}

#[test]
fn drop_malformed_only_counts() {
    let options = ScanOptions { mode: Mode::DropMalformed, ..options() };
    let (_, metrics, bad) = read(&log(&[GOOD, "x\n"]), options);
    assert_eq!((metrics.records, metrics.malformed, bad.len()), (1, 1, 0));
}
