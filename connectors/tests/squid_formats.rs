//! Squid's formats: the same transactions read the same whatever format they are logged in, and every line of logs
//! found elsewhere is read or refused with a reason.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use netlytics_connectors::bad::BadRecord;
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Http, NamedFlows, Table};

/// A row by column, nulls left out.
type Row = BTreeMap<String, String>;

fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("NETLYTICS_SHARED_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"), PathBuf::from);
    let path = root.join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn rows_of(batch: &RecordBatch) -> Vec<Row> {
    let schema = batch.schema();
    let cell = |column: usize, row: usize| {
        let array = batch.column(column);
        (!array.is_null(row)).then(|| match array.data_type() {
            DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
            DataType::Float64 => format!("{:.6}", array.as_primitive::<Float64Type>().value(row)),
            _ => array.as_string::<i32>().value(row).to_owned(),
        })
    };
    let name = |column: usize| schema.field(column).name().clone();
    let row = |row| (0..batch.num_columns()).filter_map(|column| Some((name(column), cell(column, row)?))).collect();
    (0..batch.num_rows()).map(row).collect()
}

fn read<T: Table>(text: &[u8], connector: &str, options: &[(&str, &str)]) -> (Vec<Row>, Vec<BadRecord>) {
    let options = ScanOptions {
        connector: connector.to_owned(),
        columns: T::COLUMNS.iter().map(|column| column.definition().name.to_owned()).collect(),
        keep_bad_records: true,
        given: options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..ScanOptions::default()
    };
    let mut batches = Batches::new(text, options).unwrap();
    let rows = batches.by_ref().flat_map(|batch| rows_of(&batch.unwrap())).collect();
    (rows, batches.take_bad_records())
}

fn http(text: &str, options: &[(&str, &str)]) -> Vec<Row> {
    let (rows, bad) = read::<Http>(text.as_bytes(), "squid_to_HTTP", options);
    assert!(bad.is_empty(), "{bad:?}");
    rows
}

fn flows(text: &str, options: &[(&str, &str)]) -> Vec<Row> {
    let (rows, bad) = read::<NamedFlows>(text.as_bytes(), "squid_to_NamedFlows", options);
    assert!(bad.is_empty(), "{bad:?}");
    rows
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn only(rows: &[Row], columns: &[&str]) -> Vec<Row> {
    let mut kept = rows.to_vec();
    kept.iter_mut().for_each(|row| row.retain(|name, _| columns.contains(&name.as_str())));
    kept
}

/// Times cut to seconds, as the formats with a date have them.
fn in_seconds(rows: &[Row], column: &str) -> Vec<Option<String>> {
    rows.iter().map(|row| row.get(column).and_then(|time| time.split('.').next()).map(str::to_owned)).collect()
}

const REQUEST: [&str; 9] =
    ["c_ip", "method", "host", "path", "s_port", "status_code", "response_body_len", "s_ip", "content_type"];
const URL: [&str; 4] = ["c_ip", "host", "path", "s_port"];

#[test]
fn native_lines() {
    let log = "1795219513.658     58 ::1 TCP_MISS/200 5316 GET http://www.good.test:58080/x.png?a b - HIER_DIRECT/192.0.2.7 image/png\n\
               \n# a note\r\n\
               1795219514.454      0 192.0.2.9 NONE_NONE/000 0 - error:transaction-end-before-headers - HIER_NONE/- -\r\n\
               Nov 21 00:05:13 proxy (squid-1)[7]: 1795219514.000 -5 c.test TCP_TUNNEL/200 9 CONNECT [2001:db8::1]:443 - PARENT_HIT/up.test -\n";
    let rows = http(log, &[]);
    let expected = [
        row(&[
            ("c_ip", "::1"),
            ("content_type", "image/png"),
            ("host", "www.good.test"),
            ("method", "GET"),
            ("path", "/x.png?a b"),
            ("req_time", "1795219513.600000"),
            ("resp_time", "1795219513.658000"),
            ("response_body_len", "5316"),
            ("s_ip", "192.0.2.7"),
            ("s_port", "58080"),
            ("status_code", "200"),
        ]),
        row(&[
            ("c_ip", "192.0.2.9"),
            ("req_time", "1795219514.454000"),
            ("resp_time", "1795219514.454000"),
            ("response_body_len", "0"),
        ]),
        row(&[
            ("c_ip", "c.test"),
            ("host", "2001:db8::1"),
            ("method", "CONNECT"),
            ("req_time", "1795219514.005000"),
            ("resp_time", "1795219514.000000"),
            ("response_body_len", "9"),
            ("s_port", "443"),
            ("status_code", "200"),
        ]),
    ];
    assert_eq!(rows, expected);
    let flow = row(&[
        ("c_ip", "::1"),
        ("name", "www.good.test"),
        ("s_bytes", "5316"),
        ("s_ip", "192.0.2.7"),
        ("s_port", "58080"),
        ("time_end", "1795219513.658000"),
        ("time_start", "1795219513.600000"),
    ]);
    assert_eq!(flows(log, &[])[0], flow);
    let started = &http(log, &[("timeIsStart", "true")])[0];
    assert_eq!(
        (started["req_time"].as_str(), started["resp_time"].as_str()),
        ("1795219513.658000", "1795219513.716000")
    );
}

#[test]
fn a_log_that_changes_its_format() {
    let log = "1795219513.658      5 ::1 TCP_MISS/200 316 GET http://a.test/ - HIER_DIRECT/192.0.2.7 text/html\n\
               ::1 - - [21/Nov/2026:00:05:13 +0000] \"GET http://a.test/ HTTP/1.1\" 200 316 \"-\" \"a \"b\" c\" TCP_MISS:HIER_DIRECT\n\
               1795219513.658 ::1 - a.test:443\n\
               ::1 [21/Nov/2026:01:05:13 +0100] \"a \"b\"\"\n\
               ::1 - me [21/Nov/2026:00:05:13 +0000] \"GET http://a.test HTTP/1.1\" 200 316 TCP_MISS:DIRECT [Host: b\\r\\nUser-Agent: c\\r\\n] [-]\n";
    let rows = http(log, &[]);
    assert_eq!(rows.len(), 5);
    assert_eq!(only(&rows[..2], &["host", "status_code"])[0], only(&rows[1..2], &["host", "status_code"])[0]);
    assert_eq!(rows[1].get("user_agent").map(String::as_str), Some("a \"b\" c"));
    assert!(!rows[1].contains_key("s_ip") && !rows[2].contains_key("user_agent"));
    assert_eq!(rows[3]["user_agent"], "a \"b\"");
    assert_eq!(rows[3]["req_time"], "1795219513.000000");
    assert_eq!((rows[4]["user_agent"].as_str(), rows[4]["path"].as_str()), ("c", "/"));
}

#[test]
fn lines_that_are_refused_say_why() {
    let log = "hello\n1795219513.658      5 ::1 TCP_MISS/200 316\n\
               1795219513.658 5 ::1 TCP_MISS/OK 316 GET http://a.test/ - HIER_DIRECT/192.0.2.7 text/html\n\
               1795219513.658 5 - TCP_MISS/200 big GET http://a.test/ - HIER_DIRECT/192.0.2.7 text/html\n\
               ::1 - - [99/Nov/2026:00:05:13 +0000] \"GET http://a.test:x/ HTTP/1.1\" 200 316 TCP_MISS:DIRECT\n";
    let (rows, bad) = read::<Http>(log.as_bytes(), "squid_to_HTTP", &[]);
    assert!(rows.is_empty());
    let reasons = bad.iter().map(|bad| bad.reason.as_str()).collect::<Vec<_>>();
    assert!(reasons[0].contains("or the option logformat"), "{reasons:?}");
    assert!(reasons[1].contains("expected time elapsed client"), "{reasons:?}");
    assert!(reasons[2].contains("%>Hs: expected a whole number, found OK"), "{reasons:?}");
    assert!(reasons[3].contains("%<st: expected a whole number, found big"), "{reasons:?}");
    assert!(reasons[4].contains("%tl: ") || reasons[4].contains("%ru: "), "{reasons:?}");
    let (rows, bad) = read::<NamedFlows>(log.as_bytes(), "squid_to_NamedFlows", &[]);
    assert_eq!(rows.len() + bad.len(), 5);
    assert!(bad.iter().any(|bad| bad.reason.contains("the address of the client")));
}

#[test]
fn a_logformat_that_cannot_be_used_is_an_error() {
    for (name, value) in [("logformat", "%>a%>p"), ("format", "apache"), ("timeIsStart", "maybe")] {
        let given = [(name.to_owned(), value.to_owned())].into_iter().collect();
        let options = ScanOptions { connector: "squid_to_HTTP".to_owned(), given, ..ScanOptions::default() };
        assert!(Batches::new(&b""[..], options).is_err(), "{name}");
    }
}

#[test]
fn the_same_transactions_read_the_same_in_every_format() {
    let Some(folder) = shared("squid/squid-5.7-local") else { return };
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let squid = http(&text("access_squid.log"), &[]);
    assert_eq!(squid.len(), 20);
    assert_eq!(squid, http(&text("access_squid.log"), &[("format", "squid")]));

    let configuration = text("squid.conf");
    let logformat = configuration.lines().find(|line| line.starts_with("logformat ext ")).unwrap();
    let ext = http(&text("access_ext.log"), &[("logformat", logformat)]);
    let shared_columns = squid[0].keys().map(String::as_str).collect::<Vec<_>>();
    // The address of the peer comes with its port, which for CONNECT and errors the URL has or nothing has.
    assert_eq!(only(&ext, &shared_columns), squid);

    for name in ["common", "combined"] {
        let log = text(&format!("access_{name}.log"));
        let rows = http(&log, &[]);
        assert_eq!(rows, http(&log, &[("format", name)]));
        let columns = REQUEST.into_iter().filter(|name| !["s_ip", "content_type"].contains(name)).collect::<Vec<_>>();
        assert_eq!(only(&rows, &columns), only(&squid, &columns), "{name}");
        assert_eq!(in_seconds(&rows, "resp_time"), in_seconds(&squid, "resp_time"), "{name}");
    }
    let combined = http(&text("access_combined.log"), &[]);
    assert_eq!(only(&combined, &["referrer", "user_agent"]), only(&ext, &["referrer", "user_agent"]));
    assert_eq!(combined[2]["user_agent"], "Mozilla/5.0 (X11; Linux x86_64) \"quoted\" Agent");

    let referrer = http(&text("access_referrer.log"), &[]);
    let columns = URL.into_iter().chain(["resp_time"]).collect::<Vec<_>>();
    // Without the method nothing but its form shows that host:port was a CONNECT.
    assert_eq!(only(&referrer, &columns), only(&squid, &columns));
    assert_eq!(only(&referrer, &["referrer"]), only(&ext, &["referrer"]));

    let useragent = http(&text("access_useragent.log"), &[]);
    assert_eq!(only(&useragent, &["c_ip", "user_agent"]), only(&ext, &["c_ip", "user_agent"]));
    assert_eq!(in_seconds(&useragent, "resp_time"), in_seconds(&squid, "resp_time"));

    let flow = flows(&text("access_squid.log"), &[]);
    let names = flow.iter().map(|flow| flow.get("name")).collect::<Vec<_>>();
    assert_eq!(names, squid.iter().map(|row| row.get("host")).collect::<Vec<_>>());
}

#[test]
fn header_blocks_fill_the_columns_of_headers() {
    let Some(folder) = shared("squid/squid-5.7-local") else { return };
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let squid = http(&text("access_squid.log"), &[]);
    let combined = http(&text("access_combined.log"), &[]);
    let mime = http(&text("access_squidmime.log"), &[]);
    assert_eq!(mime.len(), 20);
    assert_eq!(mime, http(&text("access_squid_log_mime_hdrs_on.log"), &[]));
    assert_eq!(mime, http(&text("access_squidmime.log"), &[("format", "squidmime")]));
    // Another run of nearly the same requests: each of its rows but those of two hosts has its like.
    let columns = REQUEST.into_iter().chain(["referrer", "user_agent"]).collect::<Vec<_>>();
    let both = squid.iter().zip(&combined).map(|(row, headers)| {
        let mut row = row.clone();
        row.extend(only(std::slice::from_ref(headers), &["referrer", "user_agent"]).remove(0));
        row
    });
    let both = only(&both.collect::<Vec<_>>(), &columns);
    let other = only(&mime, &columns).into_iter().filter(|row| !both.contains(row)).collect::<Vec<_>>();
    let hosts = other.iter().map(|row| row["host"].as_str()).collect::<Vec<_>>();
    assert_eq!(hosts, ["does-not-exist.invalid", "www.good.test", "http"], "{other:?}");
    assert_eq!(mime[0]["server"], "SimpleHTTP/0.6 Python/3.11.7");
    assert_eq!(mime[2]["referrer"], "http://ref.test/page");
    assert_eq!(mime[2]["user_agent"], "Mozilla/5.0 (X11; Linux x86_64) \"quoted\" Agent");
}

#[test]
fn logs_found_elsewhere() {
    for (path, expected) in [("squid/metron/SquidExampleOutput.txt", 5), ("squid_bind/fail2ban/squid", 4)] {
        let Some(path) = shared(path) else { continue };
        let text = fs::read_to_string(path).unwrap();
        assert_eq!(http(&text, &[]).len(), expected);
        assert!(http(&text, &[]).iter().all(|row| row.contains_key("req_time") && row.contains_key("status_code")));
        assert_eq!(flows(&text, &[]).len(), expected);
    }
}
