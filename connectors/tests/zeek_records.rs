//! What the fields of a record mean, the same from a TSV and a JSON log.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fmt::Write as _;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use netlytics_connectors::options::{Mode, ScanOptions};
use netlytics_connectors::scan::Metrics;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Dns, Http, Table, ZeekFlow, ZeekName};

/// What was read of a log.
#[derive(Debug, PartialEq)]
struct Read {
    rows: Option<RecordBatch>,
    /// Bad lines.
    malformed: u64,
    skipped: Vec<(&'static str, u64)>,
}

fn columns<T: Table>() -> Vec<String> {
    T::COLUMNS.iter().map(|column| column.definition().name.to_owned()).collect()
}

fn read(connector: &str, mode: Mode, log: &str) -> Read {
    let columns = match connector {
        "zeek_to_DNS" => columns::<Dns>(),
        "zeek_to_HTTP" => columns::<Http>(),
        "zeek_to_NamedFlows/flows" => columns::<ZeekFlow>(),
        _ => columns::<ZeekName>(),
    };
    let options = ScanOptions { connector: connector.to_owned(), columns, mode, ..ScanOptions::default() };
    let mut batches = Batches::new(log.as_bytes(), options).unwrap();
    let rows = batches.by_ref().map(Result::unwrap).find(|batch| batch.num_rows() > 0);
    assert!(batches.next().is_none());
    let Metrics { malformed, .. } = batches.metrics();
    Read { rows, malformed, skipped: batches.skipped().to_vec() }
}

/// Records as lists of Zeek's fields and their JSON values; `null` is an unset field.
type Records<'r> = &'r [&'r [(&'r str, &'r str)]];

/// The rows of the records, which are the same from a TSV log, from a JSON log without unset fields and from one with them.
fn rows(connector: &str, names: &[&str], records: Records<'_>) -> RecordBatch {
    let field = |record: &[(&str, &str)], name: &str| {
        record.iter().find(|(field, _)| *field == name).map_or("null", |(_, value)| *value).to_owned()
    };
    let mut tsv = format!("#separator \\x09\n#path\tany\n#fields\t{}\n", names.join("\t"));
    let (mut json, mut with_nulls) = (String::new(), String::new());
    for record in records {
        let plain = |value: &str| match value {
            "null" => "-".to_owned(),
            "true" => "T".to_owned(),
            "false" => "F".to_owned(),
            list if list.starts_with('[') => list.trim_matches(['[', ']']).replace('"', ""),
            value => value.trim_matches('"').to_owned(),
        };
        let values = names.iter().map(|name| plain(&field(record, name))).collect::<Vec<_>>();
        writeln!(tsv, "{}", values.join("\t")).unwrap();
        let pair = |(name, value): &(&str, &str)| format!("\"{name}\":{value}");
        writeln!(json, "{{{}}}", record.iter().map(pair).collect::<Vec<_>>().join(",")).unwrap();
        let all = names.iter().map(|name| format!("\"{name}\":{}", field(record, name))).collect::<Vec<_>>();
        writeln!(with_nulls, "{{{}}}", all.join(",")).unwrap();
    }
    let tsv = read(connector, Mode::FailFast, &tsv);
    assert_eq!(tsv, read(connector, Mode::FailFast, &json), "{json}");
    assert_eq!(tsv, read(connector, Mode::FailFast, &with_nulls), "{with_nulls}");
    assert_eq!(tsv.rows.as_ref().map(RecordBatch::num_rows), Some(records.len()));
    tsv.rows.unwrap()
}

fn doubles(rows: &RecordBatch, column: &str) -> Vec<Option<f64>> {
    rows.column_by_name(column).unwrap().as_primitive::<Float64Type>().iter().collect()
}

fn longs(rows: &RecordBatch, column: &str) -> Vec<Option<i64>> {
    rows.column_by_name(column).unwrap().as_primitive::<Int64Type>().iter().collect()
}

fn texts<'r>(rows: &'r RecordBatch, column: &str) -> Vec<Option<&'r str>> {
    rows.column_by_name(column).unwrap().as_string::<i32>().iter().collect()
}

const DNS: [&str; 14] = [
    "ts",
    "uid",
    "id.orig_h",
    "rtt",
    "query",
    "qtype_name",
    "rcode",
    "rcode_name",
    "AA",
    "TC",
    "RD",
    "RA",
    "answers",
    "TTLs",
];

#[test]
fn unanswered_queries_have_no_response() {
    let flags = [("AA", "false"), ("TC", "false"), ("RD", "true"), ("RA", "false")];
    let record =
        |more: &[(&'static str, &'static str)]| [&[("ts", "5.5"), ("uid", "\"C1\"")], &flags[..], more].concat();
    let records = [
        record(&[]),
        record(&[("query", "\"a\"")]),
        record(&[("rtt", "0.25"), ("rcode", "0"), ("rcode_name", "\"NOERROR\"")]),
        record(&[("rcode", "3"), ("rcode_name", "\"NXDOMAIN\"")]),
        record(&[("rtt", "0.5")]),
        record(&[("answers", "[\"b\"]")]),
    ];
    let rows = rows("zeek_to_DNS", &DNS, &records.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let times = [None, None, Some(5.75), Some(5.5), Some(6.0), Some(5.5)];
    assert_eq!(doubles(&rows, "resp_time"), times);
    assert_eq!(longs(&rows, "flags_resp"), times.map(|time| time.and(Some(8))));
    assert_eq!(longs(&rows, "flags_req"), [Some(8); 6]);
}

#[test]
fn types_of_answers() {
    let answers = ("answers", "[\"192.0.2.1\",\"2001:db8::1\",\"TXT 5 hello\",\"a.example\"]");
    let of = |asked| [("ts", "1"), ("query", "\"q\""), ("qtype_name", asked), answers];
    let records = [of("\"*\""), of("\"ANY\""), of("\"A\""), of("\"AAAA\""), of("\"MX\""), of("null")];
    let rows = rows("zeek_to_DNS", &DNS, &records.iter().map(<[_; 4]>::as_slice).collect::<Vec<_>>());
    let lists = rows.column_by_name("answer_types").unwrap().as_list::<i32>();
    for (row, last) in [None, None, Some("CNAME"), Some("CNAME"), Some("MX"), None].into_iter().enumerate() {
        let list = lists.value(row);
        let types = list.as_string::<i32>().iter().collect::<Vec<_>>();
        assert_eq!(types, [Some("A"), Some("AAAA"), Some("TXT"), last], "{row}");
    }
}

#[test]
fn times_are_rounded_to_microseconds_in_both_forms() {
    let records: Records<'_> = &[
        &[("ts", "1521911720.865716"), ("query", "\"q\""), ("rtt", "0.0008699893951416016")],
        &[("ts", "1.1234567"), ("query", "\"q\""), ("rtt", "0.9999999"), ("TTLs", "[59.9999999,1.4999999]")],
        &[("ts", "-1.00000049"), ("query", "\"q\""), ("rcode", "0")],
    ];
    let rows = rows("zeek_to_DNS", &DNS, records);
    assert_eq!(doubles(&rows, "req_time"), [Some(1_521_911_720.865_716), Some(1.123_457), Some(-1.0)]);
    assert_eq!(doubles(&rows, "resp_time"), [Some(1_521_911_720.866_586), Some(2.123_457), Some(-1.0)]);
}

#[test]
fn records_without_optional_fields() {
    let connection: &[(&str, &str)] = &[("ts", "1.5"), ("uid", "\"C1\""), ("id.orig_h", "\"192.0.2.1\"")];
    let records = |more: &[(&'static str, &'static str)]| [connection, more].concat();
    let dns = [records(&[]), records(&[("RD", "false")]), records(&[("rtt", "0.5")])];
    rows("zeek_to_DNS", &DNS, &dns.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let names = ["ts", "uid", "id.orig_h", "trans_depth", "host", "method", "uri", "request_body_len", "tags"];
    let http = [records(&[]), records(&[("trans_depth", "1")]), records(&[("request_body_len", "7"), ("tags", "[]")])];
    rows("zeek_to_HTTP", &names, &http.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let names = ["ts", "uid", "id.orig_h", "proto", "conn_state", "duration"];
    let conn = [records(&[]), records(&[("proto", "\"udp\"")]), records(&[("duration", "1.5")])];
    rows("zeek_to_NamedFlows/flows", &names, &conn.iter().map(Vec::as_slice).collect::<Vec<_>>());
    // What the program that collects the logs adds to each of them says nothing about the log.
    let path = r#"{"ts":1.5,"uid":"C1","id.orig_h":"192.0.2.1","_path":"http","agent":"x"}"#;
    assert_eq!(read("zeek_to_HTTP", Mode::FailFast, path).rows.unwrap().num_rows(), 1);
    let added = r#"{"ts":1.5,"uid":"C1","@timestamp":"x","_write_ts":2.5,"_system_name":"y"}"#;
    assert_eq!(read("zeek_to_HTTP", Mode::FailFast, added).rows.unwrap().num_rows(), 1);
}

#[test]
fn names_are_of_the_log_that_the_record_is_of() {
    let log = r#"{"ts":1,"uid":"C1","host":"a.example","_path":"http"}
{"ts":1,"uid":"C2","server_name":"b.example"}
{"ts":1,"uid":"C3","version":"TLSv12","_path":"ssl"}
{"http":{"ts":1,"uid":"C4","host":"d.example"}}
{"ts":1,"uid":"C5","host":"e.example","trans_depth":1}
{"ts":1,"uid":"C6","method":"GET","uri":"http://f.example/x"}
"#;
    let rows = read("zeek_to_NamedFlows/names", Mode::FailFast, log).rows.unwrap();
    let names = [Some("a.example"), Some("b.example"), None, Some("d.example"), Some("e.example"), Some("f.example")];
    assert_eq!(texts(&rows, "name"), names);
    assert_eq!(longs(&rows, "rank"), [0, 1, 1, 0, 0, 0].map(Some));
}

#[test]
fn records_of_other_logs_are_skipped_by_their_name() {
    let dns = r#"{"_path":"dns","ts":1,"uid":"C1","query":"a"}"#;
    let log = format!(
        "{dns}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
        r#"{"_path":"conn","ts":1,"uid":"C1","id.orig_h":"192.0.2.1","query":"not dns's"}"#,
        r#"{"conn":{"ts":1,"uid":"C1","conn_state":"SF"}}"#,
        r#"{"@timestamp":"x","http":{"ts":1,"uid":"C1","id":{"orig_h":"192.0.2.1"}}}"#,
        r#"{"_stream":"DHCP::LOG","ts":1,"trans_id":7}"#,
        r#"{"_path":"dns_long","ts":1,"query":"b"}"#,
        r#"{"dns":{"ts":1,"query":"c"}}"#,
        r#"{"_path":"DNS::LOG","ts":1}"#,
    );
    let seen = read("zeek_to_DNS", Mode::FailFast, &log);
    assert_eq!(seen.rows.map(|rows| rows.num_rows()), Some(3));
    assert_eq!(seen.skipped, [("conn", 2), ("http", 1), ("DHCP::LOG", 1), ("dns_long", 1)]);
    let conn = read("zeek_to_NamedFlows/flows", Mode::Permissive, r#"{"_path":"conn_long","ts":1,"id.orig_h":"a"}"#);
    assert_eq!((conn.rows, conn.malformed, conn.skipped.as_slice()), (None, 0, [("conn_long", 1)].as_slice()));
}

#[test]
fn objects_that_say_nothing_are_bad_records() {
    let log = r#"{"ts":1,"host":"192.0.2.1"}
{"ts":1,"uid":"C1","conn_state":"SF"}
{"_write_ts":1}
{"id":{"orig_h":1},"conn":{"ts":1}}
{"conn":7}
{}
"#;
    let seen = read("zeek_to_DNS", Mode::Permissive, log);
    assert_eq!((seen.rows, seen.malformed, seen.skipped), (None, 6, Vec::new()));
}

#[test]
fn records_inside_records() {
    let expected = read(
        "zeek_to_DNS",
        Mode::FailFast,
        r#"{"ts":1,"id.orig_h":"192.0.2.1","id.orig_p":53,"id.resp_h":"192.0.2.2","id.resp_p":54,"query":"a"}"#,
    );
    for line in [
        r#"{"ts":1,"id":{"orig_h":"192.0.2.1","orig_p":53,"resp_h":"192.0.2.2","resp_p":54},"query":"a"}"#,
        r#"{"dns":{"id":{"resp_p":54,"resp_h":"192.0.2.2","orig_p":53,"orig_h":"192.0.2.1"},"ts":1,"query":"a"}}"#,
        r#"{"ts":1,"id":{"orig":{"h":"192.0.2.1","p":53},"resp":{"h":"192.0.2.2","p":54}},"query":"a"}"#,
    ] {
        assert_eq!(read("zeek_to_DNS", Mode::FailFast, line), expected, "{line}");
    }
}

#[test]
fn targets_of_requests_to_proxies() {
    let names = ["ts", "uid", "method", "host", "uri"];
    let request = |method, host, uri| [("ts", "1"), ("method", method), ("host", host), ("uri", uri)];
    let records = [
        request("\"GET\"", "\"a.example\"", "\"/x?y\""),
        request("\"GET\"", "\"a.example\"", "\"http://b.example/x?y\""),
        request("\"GET\"", "null", "\"http://b.example:8080\""),
        request("\"CONNECT\"", "null", "\"b.example:443\""),
        request("\"OPTIONS\"", "null", "\"*\""),
    ];
    let rows = rows("zeek_to_HTTP", &names, &records.iter().map(<[_; 4]>::as_slice).collect::<Vec<_>>());
    assert_eq!(texts(&rows, "path"), [Some("/x?y"), Some("/x?y"), Some("/"), None, Some("*")]);
    let hosts = [Some("a.example"), Some("a.example"), Some("b.example"), Some("b.example"), None];
    assert_eq!(texts(&rows, "host"), hosts);
}
