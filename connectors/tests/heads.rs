//! A plain file with several headers gives the same rows in pieces as in one go.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use arrow_array::RecordBatch;
use arrow_select::concat::concat_batches;
use netlytics_connectors::heads::{Head, HeaderLine, HeaderLines, heads, in_force};
use netlytics_connectors::options::{Mode, ScanOptions};
use netlytics_connectors::source::Batches;

fn options(connector: &str, columns: &[&str]) -> ScanOptions {
    ScanOptions {
        connector: connector.to_owned(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        mode: Mode::FailFast,
        ..ScanOptions::default()
    }
}

fn dns() -> ScanOptions {
    options("zeek_to_DNS", &["req_time", "c_ip", "c_port", "query"])
}

/// The header lines of the file, found in chunks of so many bytes.
fn lines(log: &str, options: &ScanOptions, chunk: usize) -> Vec<HeaderLine> {
    let start = usize::try_from(options.split_start).unwrap();
    let mut lines = HeaderLines::new(options).unwrap().unwrap();
    log.as_bytes()[start.saturating_sub(1)..].chunks(chunk).for_each(|chunk| lines.push(chunk));
    lines.finish()
}

fn heads_of(log: &str, options: &ScanOptions) -> Vec<Head> {
    heads(options, lines(log, options, 64 << 10)).unwrap()
}

fn of_range(options: &ScanOptions, start: usize, length: usize) -> ScanOptions {
    ScanOptions { split_start: start as u64, split_length: i64::try_from(length).unwrap(), ..options.clone() }
}

fn table(batches: Vec<RecordBatch>) -> RecordBatch {
    concat_batches(&batches[0].schema(), &batches).unwrap()
}

fn whole(log: &str, options: &ScanOptions) -> RecordBatch {
    table(Batches::new(log.as_bytes(), options.clone()).unwrap().map(Result::unwrap).collect())
}

fn in_pieces(log: &str, options: &ScanOptions, length: usize, heads: &[Head]) -> RecordBatch {
    let mut rows = Vec::new();
    for start in (0..log.len()).step_by(length) {
        let head = in_force(heads, start as u64).map(|head| head.text.as_bytes());
        let source = &log.as_bytes()[start.saturating_sub(1)..];
        let batches = Batches::of_split(source, of_range(options, start, length), head.filter(|_| start > 0)).unwrap();
        rows.extend(batches.map(Result::unwrap));
    }
    table(rows)
}

fn assert_pieces_are_the_file(log: &str, options: &ScanOptions) {
    let expected = whole(log, options);
    let found = lines(log, options, 64 << 10);
    let heads_found = heads(options, found.clone()).unwrap();
    for length in [17, 64, 100, 333, 1000, 4096, log.len() - 1] {
        assert_eq!(in_pieces(log, options, length, &heads_found), expected, "{length}");
    }
    // However the bytes come, in one go or by ranges.
    for chunk in [1, 2, 3, 7, 100] {
        assert_eq!(lines(log, options, chunk), found, "{chunk}");
    }
    for length in [13, 100, 1000] {
        let ranges = (0..log.len()).step_by(length).map(|start| of_range(options, start, length));
        let ranged = heads(options, ranges.flat_map(|range| lines(log, &range, 50))).unwrap();
        for piece in [17, 100, 333] {
            assert_eq!(in_pieces(log, options, piece, &ranged), expected, "{length} {piece}");
        }
    }
}

fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    (0..count).map(row).collect()
}

fn one_way(count: usize) -> String {
    let header = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n\
        #open\t2017-03-01-00-00-00\n#fields\tts\tid.orig_h\tid.orig_p\tquery\n#types\ttime\taddr\tport\tstring\n";
    let row = |n| format!("{n}.500000\t192.0.2.1\t{}\tone-{n}.example.com\n", n % 65_536);
    format!("{header}{}#close\t2017-03-01-01-00-00\n", rows(count, row))
}

/// As many columns in another order, and other ways to write values.
fn another_way(count: usize) -> String {
    let header = "#separator \\x7c\n#unset_field|NONE\n#fields|query|id.orig_p|ts|id.orig_h\n";
    format!("{header}{}", rows(count, |n| format!("two-{n}.example.com|{}|{n}.250000|NONE\n", n % 65_536)))
}

#[test]
fn logs_put_together() {
    let options = dns();
    assert_pieces_are_the_file(&format!("{}{}", one_way(30), another_way(30)), &options);
    assert_pieces_are_the_file(&format!("\u{feff}{}{}{}", another_way(5), one_way(20), one_way(20)), &options);
    assert_pieces_are_the_file(&another_way(20).replace('\n', "\r\n"), &options);
    // A header without rows, and rows of another log, which are bad records.
    let conn = "#separator \\x09\n#path\tconn\n#fields\tts\tuid\tconn_state\n1.0\tC1\tSF\n";
    let options = ScanOptions { mode: Mode::DropMalformed, ..options };
    assert_pieces_are_the_file(&format!("{}{conn}{}{conn}{}", one_way(0), one_way(20), another_way(9)), &options);
}

#[test]
fn a_header_longer_than_any_buffer() {
    let remarks = rows(3000, |n| format!("# remark {n} about this log\n"));
    let log = one_way(50).replace("#fields", &format!("{remarks}#fields"));
    assert!(log.find("#fields").unwrap() > 64 << 10);
    let options = dns();
    assert_eq!(in_pieces(&log, &options, 70_000, &heads_of(&log, &options)), whole(&log, &options));
    let wide = (0..10_000).map(|n| format!("\tcolumn_{n}")).collect::<String>();
    let log =
        format!("#separator \\x09\n#fields\tquery{wide}\n{}", rows(5, |n| format!("q{n}{}\n", "\t-".repeat(10_000))));
    assert_eq!(in_pieces(&log, &options, 70_000, &heads_of(&log, &options)), whole(&log, &options));
}

#[test]
fn headers_that_say_the_same_are_one() {
    let day = one_way(3).repeat(24);
    let heads = heads_of(&day, &dns());
    assert_eq!(heads.len(), 1);
    assert_eq!((heads[0].from, in_force(&heads, 0), in_force(&heads, 1)), (0, None, heads.first()));
    let changed = heads_of(&format!("{day}{}{day}", another_way(1)), &dns());
    // The line that closes a log and the header of the next stand together.
    let second = day.rfind("#close").unwrap();
    let third = day.len() + another_way(1).len();
    assert_eq!(changed.iter().map(|head| head.from).collect::<Vec<_>>(), [0, second as u64, third as u64]);
    assert_eq!(changed[0].text, changed[2].text);
}

#[test]
fn another_prefix_and_one_line_of_names() {
    let mut options = dns();
    let names = format!("ts\tid.orig_h\tid.orig_p\tquery\n{}", rows(40, |n| format!("{n}.5\t-\t{n}\tq{n}\n")));
    assert_pieces_are_the_file(&names, &options);
    assert_pieces_are_the_file(&format!("{names}{}", another_way(20)), &options);
    let given = [("metaPrefix", "PREFIX<>"), ("fields", "ts,query,id.orig_p,id.orig_h")];
    options.given = given.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    let headerless = rows(20, |n| format!("{n}.5\tq{n}\t{n}\t192.0.2.2\n"));
    assert_pieces_are_the_file(&format!("{headerless}{}", one_way(9).replace('#', "PREFIX<>")), &options);
}

#[test]
fn json_has_no_head() {
    let json = rows(9, |n| format!("{{\"ts\":{n}.5,\"query\":\"q{n}\"}}\n"));
    assert_eq!(heads_of(&json, &dns()), []);
    assert_eq!(in_pieces(&json, &dns(), 40, &[]), whole(&json, &dns()));
    // Written in both forms, one after the other.
    assert_pieces_are_the_file(&format!("{}{json}{}", another_way(9), one_way(9)), &dns());
}

#[test]
fn tstat_names_the_columns_of_each_kind_of_row() {
    let flows = options("tstat_to_NamedFlows", &["c_ip", "s_ip", "c_port", "time_start"]);
    let one =
        format!("#15#c_ip:1 c_port:2 s_ip:3 first:4\n{}", rows(20, |n| format!("192.0.2.1 {n} 192.0.2.2 {n}000.5\n")));
    let other =
        format!("#c_ip:1 s_ip:2 first:3 c_port:4\n{}", rows(20, |n| format!("192.0.2.1 192.0.2.2 {n}000.5 {n}\n")));
    assert_pieces_are_the_file(&format!("{one}{other}{one}"), &flows);
}

#[test]
fn other_tools_have_no_headers() {
    assert!(HeaderLines::new(&options("squid_to_HTTP", &["host"])).unwrap().is_none());
    assert!(HeaderLines::new(&options("bind_to_DNS", &["query"])).unwrap().is_none());
}
