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

const NATIVE: &str = "1795219513.658      5 192.0.2.10 TCP_MISS/200 316 GET http://www.example.org/a - HIER_DIRECT/198.51.100.7 text/html";
const COMMON: &str = "192.0.2.10 - alice smith [21/Nov/2026:00:05:13 +0000] \"GET http://www.example.org/a HTTP/1.1\" 200 316 TCP_MISS:HIER_DIRECT";

/// What other programs put before a line.
const CARRIERS: [&str; 22] = [
    "2026-11-21T00:05:13.700123456Z ",
    "proxy-1  | ",
    "proxy-1  | 2026-11-21T00:05:13.700123456Z ",
    "[pod/proxy-0/squid] ",
    "2026-11-21T00:05:13.700123456Z stdout F ",
    "2026-11-21T01:05:13.700123456+01:00 stderr F ",
    "Nov 21 00:05:13 proxy squid[4711]: ",
    "Nov 21 00:05:13 proxy (squid-1): ",
    "Nov  1 00:05:13 proxy docker/squid:6[812]: ",
    "Nov 21 00:05:13 squid: ",
    "<134>Nov 21 00:05:13 proxy (squid-1)[99]: ",
    "<134>squid: ",
    "Nov 21 2026 00:05:13 proxy access: ",
    "2026-11-21T00:05:13.123456+00:00 proxy (squid-1)[99]: ",
    "2026-11-21T00:05:13+0000 proxy squid[99]: ",
    "<134>1 2026-11-21T00:05:13Z proxy squid 99 - [a b=\"c\"] ",
    "Sat Nov 21 00:05:13 2026 local4.info squid[99]: ",
    "Nov 21 00:05:13 proxy squid[99]: [ID 873579 local4.info] ",
    "Sat 2026-11-21 00:05:13 UTC proxy squid[99]: ",
    "1795219513.700123 proxy squid[99]: ",
    "Nov 21 00:05:14 relay Nov 21 00:05:13 proxy squid[99]: ",
    "squid[99]: ",
];

#[test]
fn what_carries_a_line_is_taken_off() {
    let combined = COMMON.replace(" TCP_MISS:", " \"-\" \"a: b [c]\" TCP_MISS:");
    let mime = format!(r"{NATIVE} [Host: www.example.org\r\n] [-]");
    let lines = [NATIVE, COMMON, &combined, &mime, r#"192.0.2.10 [21/Nov/2026:00:05:13 +0000] "curl""#];
    let logformat = ("logformat", "%>a %>p %tr %Ss/%>Hs %<st %rm %ru %[un");
    for carrier in CARRIERS {
        for line in lines {
            assert_eq!(http(&format!("{carrier}{line}"), &[]), http(line, &[]), "{carrier}{line}");
        }
        let line = "192.0.2.10 5012 5 TCP_MISS/200 316 GET http://www.example.org/a alice smith";
        let mut row = http(&format!("{carrier}{line}"), &[logformat]).remove(0);
        row.remove("req_time");
        row.remove("resp_time");
        assert_eq!(row, http(line, &[logformat])[0], "{carrier}{line}");
    }
    let docker = format!(r#"{{"log":"{NATIVE}\n","stream":"stdout","time":"2026-11-21T00:05:13.7Z"}}"#);
    let journal = format!(r#"{{"__REALTIME_TIMESTAMP":"1795219513700000","MESSAGE":"{NATIVE}"}}"#);
    for line in [docker, journal] {
        assert_eq!(http(&line, &[]), http(NATIVE, &[]));
    }
    // The carrier's time serves where the format has none.
    let line = "192.0.2.10 5012 200 TCP_MISS/200 316 GET http://www.example.org/a -";
    let row = &http(&format!("2026-11-21T00:05:13.700123456Z stdout F {line}"), &[logformat])[0];
    assert_eq!((row["req_time"].as_str(), row["resp_time"].as_str()), ("1795219513.500123", "1795219513.700123"));
    let row = &http(&format!("Nov 21 00:05:13 proxy squid: {line}"), &[logformat, ("syslogYear", "2026")])[0];
    assert_eq!(row["resp_time"], "1795219513.000000");
}

#[test]
fn carried_lines_that_are_none_of_squids_are_refused() {
    let log = "2026-11-21T00:05:13.7Z stdout P 1795219513.658      5 192.0.2.10 TCP_MISS/200 316 GET http://a/\n\
               Nov 21 00:05:13 proxy squid[1]: hello [x] \"y\"\n\
               Nov 21 00:05:13 proxy squid[1]: alice smith [21/Nov/2026:00:05:13 +0000] broken\n\
               2026-11-21T00:05:13.7Z stdout F \n\
               -- Reboot --\n";
    let (rows, bad) = read::<Http>(log.as_bytes(), "squid_to_HTTP", &[]);
    assert_eq!((rows.len(), bad.len()), (0, 3), "{rows:?}");
    assert!(bad[0].reason.contains("a part of one, cut by a container runtime"), "{}", bad[0].reason);
}

#[test]
fn a_format_may_begin_as_a_carrier_does() {
    for (format, line) in [
        ("%{%Y-%m-%dT%H:%M:%SZ}tg %tr %>a %rm %ru", "2026-11-21T00:05:13Z 94 192.0.2.10 GET http://a.test/"),
        ("%{%b %e %T %Y}tg squid: %tr %>a %rm %ru", "Nov 21 00:05:13 2026 squid: 94 192.0.2.10 GET http://a.test/"),
        (
            r#"{"log":"%>a","t":"%{%FT%TZ}tg","d":%tr,"u":"%ru"}"#,
            r#"{"log":"192.0.2.10","t":"2026-11-21T00:05:13Z","d":94,"u":"http://a.test/"}"#,
        ),
        ("%>A | %ts | %tr | %ru", "192.0.2.10 | 1795219513 | 94 | http://a.test/"),
    ] {
        let expected = row(&[
            ("c_ip", "192.0.2.10"),
            ("host", "a.test"),
            ("req_time", "1795219512.906000"),
            ("resp_time", "1795219513.000000"),
        ]);
        for carrier in
            ["", "2026-11-21T00:05:14.1Z ", "2026-11-21T00:05:14.1Z stdout F ", "<134>Nov 21 00:05:14 proxy squid[1]: "]
        {
            let rows = http(&format!("{carrier}{line}"), &[("logformat", format)]);
            let columns = ["c_ip", "host", "req_time", "resp_time"];
            assert_eq!(only(&rows, &columns), std::slice::from_ref(&expected), "{carrier}{line}");
        }
    }
}

#[test]
fn names_of_users_may_have_spaces() {
    let expected = row(&[
        ("c_ip", "192.0.2.10"),
        ("method", "GET"),
        ("host", "www.example.org"),
        ("path", "/a"),
        ("status_code", "200"),
        ("response_body_len", "316"),
    ]);
    let columns = expected.keys().map(String::as_str).collect::<Vec<_>>();
    for user in ["-", "alice", "alice smith", "ALICE M SMITH", "office\\alice smith", "alice - smith", "5 6"] {
        let native = NATIVE.replace("/a - ", &format!("/a {user} "));
        let common = COMMON.replace("alice smith", user);
        let combined = common.replace(" TCP_MISS:", " \"-\" \"curl\" TCP_MISS:");
        for line in [&native, &common, &combined] {
            assert_eq!(only(&http(line, &[]), &columns), std::slice::from_ref(&expected), "{line}");
        }
        for (format, line) in [
            ("%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt", native.clone()),
            ("%>a %ui %[un [%tl] \"%rm %ru HTTP/%rv\" %>Hs %<st %Ss:%Sh", common.clone()),
            (
                "%ts src=%>a user=\"%[un\" method=%rm url=\"%ru\" status=%>Hs bytes=%<st",
                format!(
                    "17 src=192.0.2.10 user=\"{user}\" method=GET url=\"http://www.example.org/a\" status=200 bytes=316"
                ),
            ),
            ("%ts|%[un|%>a|%rm|%ru|%>Hs|%<st", format!("17|{user}|192.0.2.10|GET|http://www.example.org/a|200|316")),
            ("%ts %[un %>a %rm %ru %>Hs %<st", format!("17 {user} 192.0.2.10 GET http://www.example.org/a 200 316")),
            ("%ts [%un] %>a %rm %ru %>Hs %<st", format!("17 [{user}] 192.0.2.10 GET http://www.example.org/a 200 316")),
            ("%>a %rm %ru %>Hs %<st %ul", format!("192.0.2.10 GET http://www.example.org/a 200 316 {user}")),
        ] {
            assert_eq!(
                only(&http(&line, &[("logformat", format)]), &columns),
                std::slice::from_ref(&expected),
                "{line}"
            );
        }
    }
    // Without a user the words are the URL's, in a logformat as in the native format.
    let line = NATIVE.replace("/a - ", "/a b c/d - ");
    let format = "%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt";
    assert_eq!(http(&line, &[("logformat", format)]), http(&line, &[]));
    assert_eq!(http(&line, &[])[0]["path"], "/a b c/d");
    let line = "192.0.2.10 GET http://www.example.org/a b c -";
    assert_eq!(http(line, &[("logformat", "%>a %rm %ru %ul")])[0]["path"], "/a b c");
    // An odd type with spaces.
    let line = NATIVE.replace("/a - ", "/a alice smith ") + "; charset=X Y";
    assert_eq!(http(&line, &[("logformat", format)]), http(&line, &[]));
}

#[test]
fn times_in_a_form_of_the_users() {
    let times = |format: &str, line: &str, more: &[(&str, &str)]| {
        let row = http(line, &[&[("logformat", format)], more].concat()).remove(0);
        (row.get("req_time").cloned().unwrap_or_default(), row.get("resp_time").cloned().unwrap_or_default())
    };
    let at = |start: &str, end: &str| (format!("179521951{start}"), format!("179521951{end}"));
    let (whole, below) = (at("2.906000", "3.000000"), at("2.911000", "3.005000"));
    for (format, line, expected) in [
        ("%tl.%03tu %tr %>a", "21/Nov/2026:01:05:13 +0100.005 94 192.0.2.10", &below),
        ("[%tl] %tr.%03tu %>a", "[21/Nov/2026:01:05:13 +0100] 94.005 192.0.2.10", &below),
        ("%{%Y-%m-%dT%H:%M:%S}tg.%03tuZ %tr %>a", "2026-11-21T00:05:13.005Z 94 192.0.2.10", &below),
        ("%{%Y-%m-%d %H:%M:%S}tl.%03tu%{%z}tl %tr %>a", "2026-11-21 01:05:13.005+0100 94 192.0.2.10", &below),
        ("%{%d/%m/%Y}tg %{%H:%M:%S}tg %tr %>a", "21/11/2026 00:05:13 94 192.0.2.10", &whole),
        ("%{%s}tg %tr %>a", "1795219513 94 192.0.2.10", &whole),
        ("%{%Y%m%d-%H%M%S%z}tl %tr %>a", "20261121-010513+0100 94 192.0.2.10", &whole),
    ] {
        assert_eq!(times(format, line, &[]), *expected, "{line}");
    }
    let local = ("%{%F %T}tl %tr %>a", "2026-11-21 01:05:13 94 192.0.2.10");
    assert_eq!(times(local.0, local.1, &[("timezone", "Europe/Rome")]), whole);
    let yearless = ("%{%b %e %T}tg %tr %>a", "Nov 21 00:05:13 94 192.0.2.10");
    assert_eq!(times(yearless.0, yearless.1, &[("syslogYear", "2026")]), whole);
    for wrong in ["2026-13-21 00:05:13 94 192.0.2.10", "2026/11/21 00:05:13 94 192.0.2.10"] {
        let (rows, bad) = read::<Http>(wrong.as_bytes(), "squid_to_HTTP", &[("logformat", local.0)]);
        assert_eq!((rows.len(), bad.len()), (0, 1), "{wrong}");
    }
}

#[test]
fn escapes_are_undone_by_the_place_in_the_format() {
    let line = r#"17 url="http://www.example.org/say/\"hi\"" ref="http://b.test/\"x\"" agent="a \"b\" c" status=200"#;
    let format = r#"%ts url="%ru" ref="%{Referer}>h" agent="%{User-Agent}>h" status=%>Hs"#;
    let row = &http(line, &[("logformat", format)])[0];
    assert_eq!((row["path"].as_str(), row["host"].as_str()), (r#"/say/"hi""#, "www.example.org"));
    assert_eq!((row["referrer"].as_str(), row["user_agent"].as_str()), (r#"http://b.test/"x""#, r#"a "b" c"#));
}

#[test]
fn the_name_in_a_tls_greeting_is_better_than_an_address() {
    let format = "%ts.%03tu %6tr %>a %>p %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %<p %mt \"%ssl::>sni\"";
    let name = |target: &str, sni: &str| {
        let line = format!(
            "1795219513.658 5 192.0.2.10 5 TCP_TUNNEL/200 42 CONNECT {target} - ORIGINAL_DST/198.51.100.7 443 - \"{sni}\""
        );
        let flow = flows(&line, &[("logformat", format)]).remove(0);
        assert_eq!(http(&line, &[("logformat", format)])[0].get("host"), flow.get("name"), "{line}");
        flow["name"].clone()
    };
    assert_eq!(name("198.51.100.7:443", "www.example.org"), "www.example.org");
    assert_eq!(name("[2001:db8::7]:443", "www.example.org"), "www.example.org");
    assert_eq!(name("login.example.org:443", "other.example.org"), "login.example.org");
    assert_eq!(name("198.51.100.9:443", "-"), "198.51.100.9");
    assert_eq!(name("198.51.100.9:443", ""), "198.51.100.9");
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
