//! Query logs of BIND: the real ones of one BIND 9.18 in seven prefixes, from the folder of shared data
//! (`NETLYTICS_SHARED_DATA`, or `shared/data` beside the checkout; without it those tests say so and pass), and lines of
//! every release.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::PathBuf;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array as _, RecordBatch};
use netlytics_connectors::bad::BadRecord;
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::scan::Metrics;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Dns, Table};

fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let folder = std::env::var_os("NETLYTICS_SHARED_DATA")
        .map_or_else(|| PathBuf::from(beside), PathBuf::from)
        .join("bind/named-9.18.49-local");
    if !folder.is_dir() {
        eprintln!("skipped: no real BIND logs in {}", folder.display());
        return None;
    }
    Some(folder)
}

struct Contents {
    rows: Vec<String>,
    metrics: Metrics,
    skipped: Vec<(&'static str, u64)>,
    bad: Vec<BadRecord>,
}

impl Contents {
    /// Rows, bad and skipped lines; with the empty ones they are all lines.
    fn counts(&self, empty: u64) -> (u64, u64, u64) {
        let skipped = self.skipped.iter().map(|(_, lines)| lines).sum();
        let Metrics { records, malformed, lines, .. } = self.metrics;
        assert_eq!((self.rows.len(), self.bad.len()), (records as usize, malformed as usize));
        assert_eq!(records + malformed + skipped + empty, lines);
        (records, malformed, skipped)
    }
}

const COLUMNS: [&str; 14] = [
    "req_time",
    "resp_time",
    "c_ip",
    "c_port",
    "s_ip",
    "query",
    "req_class",
    "req_type",
    "flags_req",
    "flags_resp",
    "resp_code",
    "answers",
    "answer_ttls",
    "answer_types",
];

/// Reads a log; a row is its columns with spaces between, null as `-`.
fn read_columns(log: &[u8], options: &[(&str, &str)], columns: &[&str]) -> Contents {
    let options = ScanOptions {
        connector: "bind_to_DNS/rows".to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        keep_bad_records: true,
        given: options.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        ..ScanOptions::default()
    };
    let mut batches = Batches::new(log, options).unwrap();
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    while let Some(batch) = batches.next() {
        let batch = batch.unwrap();
        rows.extend((0..batch.num_rows()).map(|row| text(&batch, row)));
        bad.append(&mut batches.take_bad_records());
    }
    bad.append(&mut batches.take_bad_records());
    Contents { rows, metrics: batches.metrics(), skipped: batches.skipped().to_vec(), bad }
}

fn read(log: &str, options: &[(&str, &str)]) -> Contents {
    read_columns(log.as_bytes(), options, &COLUMNS)
}

fn text(batch: &RecordBatch, row: usize) -> String {
    let scalar = |column: &dyn arrow_array::Array, row: usize| {
        if column.is_null(row) {
            "-".to_owned()
        } else if let Some(texts) = column.as_string_opt::<i32>() {
            texts.value(row).to_owned()
        } else if let Some(doubles) = column.as_primitive_opt::<Float64Type>() {
            format!("{:.3}", doubles.value(row))
        } else {
            column.as_primitive::<Int64Type>().value(row).to_string()
        }
    };
    let value = |column: &dyn arrow_array::Array| match column.as_list_opt::<i32>() {
        Some(lists) if !lists.is_null(row) => {
            let members = lists.value(row);
            (0..members.len()).map(|member| scalar(members.as_ref(), member)).collect::<Vec<_>>().join(",")
        }
        _ => scalar(column, row),
    };
    batch.columns().iter().map(|column| value(column.as_ref())).collect::<Vec<_>>().join(" ")
}

#[test]
fn one_run_of_bind_in_seven_prefixes_is_one_table() {
    let Some(folder) = shared() else { return };
    let contents = |name: &str, columns: &[&str], timezone| {
        read_columns(&fs::read(folder.join(name)).unwrap(), &[("timezone", timezone)], columns)
    };
    let all = Dns::COLUMNS.iter().map(|column| column.definition().name).collect::<Vec<_>>();
    let timeless = all.iter().copied().filter(|column| *column != "req_time").collect::<Vec<_>>();
    let expected = contents("q_iso8601utc.log", &all, "Asia/Tokyo").rows;
    assert_eq!(expected.len(), 26);
    let queries = contents("q_iso8601utc.log", &timeless, "UTC").rows;
    for name in ["q_none", "q_time", "q_time_cat", "q_time_sev", "q_time_cat_sev", "q_iso8601", "q_iso8601utc"] {
        let file = format!("{name}.log");
        let other = if name == "q_time_cat_sev" { vec![("query-errors", 3)] } else { vec![] };
        let log = contents(&file, &timeless, "UTC");
        assert_eq!(log.rows, queries, "{name}");
        assert_eq!(log.skipped, other, "{name}");
        assert_eq!(log.counts(0), (26, 0, if other.is_empty() { 0 } else { 3 }), "{name}");
        if name != "q_none" {
            assert_eq!(contents(&file, &all, "UTC").rows, expected, "{name}");
        }
    }
    let first = contents("q_time.log", &COLUMNS, "UTC").rows;
    assert_eq!(first.first().unwrap(), "1795219370.309 - 127.0.0.1 56112 127.0.0.1 www.example.com IN A 8 - - - - -");
    let names = contents("q_time.log", &["query"], "UTC").rows;
    assert!(names.contains(&r"a b\.c(d).example.com".to_owned()));
    assert!(names.contains(&"\0\\xff\"x;y.example.com".to_owned()));
    assert!(names.contains(&".".to_owned()));
}

#[test]
fn a_log_without_queries_is_skipped_by_kind() {
    let Some(folder) = shared() else { return };
    let other = read(&fs::read_to_string(folder.join("other.log")).unwrap(), &[]);
    assert_eq!(other.counts(0), (0, 0, 17));
    let kinds = [("other BIND messages", 11), ("query-errors", 3), ("zone transfers", 2), ("notify", 1)];
    assert_eq!(other.skipped, kinds);
}

#[test]
fn the_sample_logs() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/logs/bind"));
    let contents = |name: &str| read_columns(&fs::read(folder.join(name)).unwrap(), &[], &COLUMNS);
    let first = contents("bind.log-20170301.gz");
    let (rows, bad, skipped) = first.counts(0);
    assert!(rows > 80 && bad == 0 && skipped > 10, "{rows} {bad} {skipped}");
    let second = contents("bind.log-20170302");
    second.counts(1);
    let columns = second.bad.iter().map(|bad| bad.column.as_deref()).collect::<Vec<_>>();
    assert_eq!(columns, [Some("port"), Some("flags"), None, Some("client")]);
    for kind in ["other BIND messages", "query-errors", "security", "zone transfers", "rpz"] {
        assert!(second.skipped.iter().any(|(known, _)| *known == kind), "{kind}");
    }
    assert!(second.rows.iter().any(|row| row.contains(r" print server\.1.office.test IN A ")));
    assert!(second.rows.iter().any(|row| row.contains(" NOERROR www.example.com,198.51.100.10 300,300 CNAME,A")));
}

/// Lines of every release, each with its row in the order of `COLUMNS`.
const RELEASES: &[(&str, &str)] = &[
    // 9.0: the name only, and times without a year.
    (
        "Nov 21 00:02:50.309 queries: client 192.0.2.1#5: query: a.b",
        "1795219370.309 - 192.0.2.1 5 - a.b - - - - - - - -",
    ),
    // 9.1
    ("Nov 21 00:02:50.309 client 192.0.2.1#5: query: a.b IN A", "1795219370.309 - 192.0.2.1 5 - a.b IN A - - - - - -"),
    // 9.3
    (
        "21-Nov-2026 00:02:50.309 queries: info: client 192.0.2.1#5: view query: query: a.b IN A +SE",
        "1795219370.309 - 192.0.2.1 5 - a.b IN A 8 - - - - -",
    ),
    // 9.5
    ("client 2001:db8::1#5: query: a.b CH TXT -EDC", "- - 2001:db8::1 5 - a.b CH TXT 1 - - - - -"),
    // 9.7
    ("client fe80::1%eth0#5: query: . IN NS +T (fe80::2%eth0)", "- - fe80::1%eth0 5 fe80::2%eth0 . IN NS 8 - - - - -"),
    // 9.9
    (
        "21-Nov-2026 00:02:50.309 queries: info: client 192.0.2.1#5/key office.key (a.b): view internal: query: a.b IN A -S (192.0.2.53)",
        "1795219370.309 - 192.0.2.1 5 192.0.2.53 a.b IN A 0 - - - - -",
    ),
    // 9.11
    (
        "21-Nov-2026 00:02:50.309 queries: info: client @0x7f3c5c0a 192.0.2.1#5 (a.b): query: a.b IN TYPE65300 +E(0)TDCV (192.0.2.53)",
        "1795219370.309 - 192.0.2.1 5 192.0.2.53 a.b IN TYPE65300 9 - - - - -",
    ),
    (
        "99-Bad-9999 99:99:99.999 queries: info: client @0x7f3c5c0a (no-peer) (a.b): query: a.b CLASS77 A + (::1)",
        "- - - - ::1 a.b CLASS77 A 8 - - - - -",
    ),
    // 9.12
    (
        "2026-11-21T00:02:50.309Z queries: debug 3: client @0x7f3c 192.0.2.1#5 (a.b): view x: query: a.b IN A +E(0)K (192.0.2.53) [ECS 198.51.100.0/24/0]",
        "1795219370.309 - 192.0.2.1 5 192.0.2.53 a.b IN A 8 - - - - -",
    ),
    // 9.20.3
    (
        "2026-11-21T00:02:50.309 responses: info: client @0x7f3c 192.0.2.1#5 (a.b): view x: response: a.b IN A NXDOMAIN 0 1 1 +E(0)K (192.0.2.53)",
        "- 1795219370.309 192.0.2.1 5 192.0.2.53 a.b IN A 8 - NXDOMAIN - - -",
    ),
    // 9.21.2
    (
        "2026-11-21T01:02:50.309+01:00 queries: ns/query: info: client @0x7f3c 192.0.2.1#5 (A.b): query: A.b IN A + (192.0.2.53)",
        "1795219370.309 - 192.0.2.1 5 192.0.2.53 A.b IN A 8 - - - - -",
    ),
    // Through syslog, with and without a time of BIND's own.
    (
        "Nov 21 00:02:50 ns1 named[6085]: client 192.0.2.1#5 (a.b): query: a.b IN A + (192.0.2.53)",
        "1795219370.000 - 192.0.2.1 5 192.0.2.53 a.b IN A 8 - - - - -",
    ),
    (
        "<30>Nov 21 00:02:51 ns1 named[6085]: 21-Nov-2026 00:02:50.309 queries: info: client 192.0.2.1#5 (a.b): query: a.b IN A + (192.0.2.53)",
        "1795219370.309 - 192.0.2.1 5 192.0.2.53 a.b IN A 8 - - - - -",
    ),
    // Infoblox NIOS
    (
        "21-Nov-2026 00:02:50.309 client 192.0.2.1#5 UDP: query: c.b IN A response: NOERROR +AED c.b. 5 IN CNAME a.b.; a.b. 28800 IN A 192.0.2.2;",
        "- 1795219370.309 192.0.2.1 5 - c.b IN A - 40 NOERROR a.b,192.0.2.2 5,28800 CNAME,A",
    ),
    (
        "21-Nov-2026 00:02:50.309 client 192.0.2.1#5 TCP: query: x.b IN A response: NXDOMAIN +",
        "- 1795219370.309 192.0.2.1 5 - x.b IN A - 8 NXDOMAIN   ",
    ),
];

#[test]
fn lines_of_every_release() {
    let log = RELEASES.iter().map(|(line, _)| format!("{line}\n")).collect::<String>();
    let contents = read(&log, &[("syslogYear", "2026")]);
    assert!(contents.bad.is_empty(), "{:?}", contents.bad.first());
    for (row, (line, expected)) in contents.rows.iter().zip(RELEASES) {
        assert_eq!(row, expected, "{line}");
    }
    assert_eq!(contents.counts(0), (RELEASES.len() as u64, 0, 0));
}

/// What other programs put before a line, and the time it gives a line that has none of its own.
const CARRIERS: &[(&str, &str)] = &[
    ("2026-11-21T00:02:51.310123456Z ", "1795219371.310"),
    ("bind-1  | 2026-11-21T00:02:51.310123456Z ", "1795219371.310"),
    ("2026-11-21T00:02:51.310123456Z dns.1.x8k2@node-1    | ", "1795219371.310"),
    ("[pod/bind-0/bind] ", "-"),
    ("2026-11-21T00:02:51.310123456Z stderr F ", "1795219371.310"),
    ("2026-11-21T01:02:51.000000001+01:00 stdout F ", "1795219371.000"),
    ("Nov 21 00:02:51 ns1 named[6085]: ", "1795219371.000"),
    ("Nov 21 00:02:51 ns1 dns: ", "1795219371.000"),
    ("Nov 21 00:02:51 ns1 docker/bind9:9.18[812]: ", "1795219371.000"),
    ("<30>Nov 21 00:02:51 192.0.2.53 isc-named[6085]: ", "1795219371.000"),
    ("Nov 21 2026 00:02:51 ns1 named[6085]: ", "1795219371.000"),
    ("Nov 21 00:02:51 2026 ns1 named[6085]: ", "1795219371.000"),
    ("2026-11-21T01:02:51.500000+01:00 ns1 named[6085]: ", "1795219371.500"),
    ("2026-11-21T00:02:51+0000 ns1 dns[6085]: ", "1795219371.000"),
    ("<30>1 2026-11-21T00:02:51.500Z ns1 named 6085 - - ", "1795219371.500"),
    ("<30>1 2026-11-21T00:02:51.500Z ns1 dns - - [x@1 y=\"]\"] \u{feff}", "1795219371.500"),
    ("Sat Nov 21 00:02:51 2026 daemon.info named[1234]: ", "1795219371.000"),
    ("Nov 21 00:02:51 ns1 daemon.info named[1234]: ", "1795219371.000"),
    ("Nov 21 00:02:51 ns1 named[1234]: [ID 873579 daemon.info] ", "1795219371.000"),
    ("Sat 2026-11-21 00:02:51 UTC ns1 named[1234]: ", "1795219371.000"),
    ("1795219371.309123 ns1 named[1234]: ", "1795219371.309"),
    ("Nov 21 00:02:52 relay Nov 21 00:02:51 ns1 named[1234]: ", "1795219371.000"),
    ("Nov 21 00:02:52 relay fwd: <30>Nov 21 00:02:51 ns1 named[1234]: ", "1795219371.000"),
    ("2026-11-21T00:02:52Z relay ns1 named[1234]: ", "1795219372.000"),
    ("named[1234]: ", "-"),
    ("<30>", "-"),
];

#[test]
fn whatever_carries_a_line_its_own_time_wins_and_the_carriers_serves_without_one() {
    const MESSAGE: &str = "client @0x7f3c5c0a 192.0.2.1#5 (a.b): query: a.b IN A +E(0)K (192.0.2.53)";
    const ROW: &str = "192.0.2.1 5 192.0.2.53 a.b IN A 8 - - - - -";
    let own = "1795219370.309";
    for &(carrier, time) in CARRIERS {
        for (before, time) in [
            ("", time),
            ("queries: info: ", time),
            ("21-Nov-2026 00:02:50.309 ", own),
            ("21-Nov-2026 00:02:50.309 queries: info: ", own),
            ("2026-11-21T00:02:50.309Z queries: info: ", own),
            ("infoblox-queries: 21-Nov-2026 00:02:50.309 ", own),
        ] {
            let line = format!("{carrier}{before}{MESSAGE}");
            let contents = read(&line, &[("syslogYear", "2026")]);
            assert!(contents.bad.is_empty() && contents.skipped.is_empty(), "{line}: {:?}", contents.bad);
            assert_eq!(contents.rows, [format!("{time} - {ROW}")], "{line}");
        }
    }
}

#[test]
fn lines_inside_json() {
    let line = r"21-Nov-2026 00:02:50.309 client 192.0.2.1#5 (a.b): query: a.b IN A + (192.0.2.53)";
    let bare = r"client 192.0.2.1#5 (a\\.b): query: a\\.b IN A + (192.0.2.53)";
    let log = format!(
        r#"{{"log":"{line}\n","stream":"stdout","time":"2026-11-21T00:02:51.310123456Z"}}
{{"log":"{bare}\n","stream":"stderr","time":"2026-11-21T00:02:51.310123456Z"}}
{{"__REALTIME_TIMESTAMP":"1795219371309123","_HOSTNAME":"ns1","SYSLOG_IDENTIFIER":"named","MESSAGE":"{bare}"}}
{{"@timestamp":"2026-11-21T00:02:51.310Z","host":{{"name":"ns1"}},"message":"Nov 21 00:02:50 ns1 named[1]: {bare}"}}
{{"SYSLOG_IDENTIFIER":"named","MESSAGE":"all zones loaded"}}
{{"log":"\n","stream":"stdout","time":"2026-11-21T00:02:51.310123456Z"}}
{{"log":"client 192.0"#
    );
    let contents = read(&log, &[]);
    let row = |time: &str, name: &str| format!("{time} - 192.0.2.1 5 192.0.2.53 {name} IN A 8 - - - - -");
    let expected = [
        row("1795219370.309", "a.b"),
        row("1795219371.310", r"a\.b"),
        row("1795219371.309", r"a\.b"),
        row("1795219371.310", r"a\.b"),
    ];
    assert_eq!(contents.rows, expected);
    assert_eq!(contents.skipped, [("other BIND messages", 1)]);
    assert_eq!(contents.counts(1), (4, 1, 1));
}

#[test]
fn a_query_or_response_is_never_one_of_the_other_messages() {
    // Words that nobody knows stand before the client: the line is read, with BIND's own time if one is among them.
    const INFOBLOX: &str = "client 192.0.2.1#5: UDP: query: a.b IN A response: NOERROR +EV a.b. 250 IN A 198.51.100.7;";
    for before in [
        "<30>Nov 21 00:02:51 192.0.2.53 named[2588]: infoblox-responses: 21-Nov-2026 00:02:50.309 ",
        "Nov 21 00:02:51 ns1 named[2588]: dns-responses: 21-Nov-2026 00:02:50.309 ",
        "Nov 21 00:02:51 ns1 named[2588]: [responses] 21-Nov-2026 00:02:50.309 ",
        "Nov 21 00:02:51 ns1 named[2588]: zone loaded | 21-Nov-2026 00:02:50.309 info: ",
        "0a1b2c node=7 2026-11-21T00:02:50.309Z responses: ",
    ] {
        let contents = read(&format!("{before}{INFOBLOX}"), &[]);
        assert_eq!(
            contents.rows,
            ["- 1795219370.309 192.0.2.1 5 - a.b IN A - 8 NOERROR 198.51.100.7 250 A"],
            "{before}"
        );
    }
    // One that cannot be read is malformed.
    for line in [
        "Nov 21 00:02:51 ns1 named[2588]: 192.0.2.1#5 query: a.b IN A +",
        "21-Nov-2026 00:02:50.309 zone x: response: a.b IN A NOERROR",
        "Nov 21 00:02:51 ns1 named[2588]: odd words client 192.0.2.1#5 (a.b): query: a.b IN",
        "2026-11-21T00:02:51.310123456Z stdout P client @0x7f 192.0.2.1#5 (a.b): query: a.b IN A +E(0)K (192.0.2.53)",
    ] {
        assert_eq!(read(line, &[]).counts(0), (0, 1, 0), "{line}");
    }
    // The journal's remarks and lines that are empty but for their carrier are no lines of BIND.
    assert_eq!(read("-- Reboot --\n2026-11-21T00:02:51.310123456Z stdout F \n", &[]).counts(2), (0, 0, 0));
}

#[test]
fn local_times_and_times_without_a_year() {
    let lines = "21-Nov-2026 01:02:50.309 client 192.0.2.1#5: query: a\n\
        2026-11-21T00:02:50.309Z client 192.0.2.1#5: query: a\n\
        Nov 21 01:02:50 ns1 named: client 192.0.2.1#5: query: a\n";
    let times = |options: &[(&str, &str)]| read_columns(lines.as_bytes(), options, &["req_time"]).rows;
    let rome = ("timezone", "Europe/Rome");
    assert_eq!(times(&[rome]), ["1795219370.309", "1795219370.309", "-"]);
    assert_eq!(times(&[rome, ("syslogYear", "2026")]), ["1795219370.309", "1795219370.309", "1795219370.000"]);
    assert_eq!(times(&[("timezone", "+00:30")]), ["1795221170.309", "1795219370.309", "-"]);
}

#[test]
fn the_longest_name() {
    let label = r"\000".repeat(63);
    let name = [label.as_str(), &label, &label, r"\255\255\255"].join(".");
    let line = format!("client @0x7f 192.0.2.1#5 ({name}): query: {name} IN A + (192.0.2.53)\n");
    let expected = format!("{0}.{0}.{0}.\\xff\\xff\\xff", "\0".repeat(63));
    assert_eq!(read_columns(line.as_bytes(), &[], &["query"]).rows, [expected]);
}

/// Lines that cannot be read, each with why.
const BAD: &[(&[u8], &str)] = &[
    (b"client 192.0.2.1#5x: query: a IN A +", "port: expected a port of 0 to 65535, found 5x"),
    (b"client 192.0.2.1#99999: query: a IN A +", "port: expected a port of 0 to 65535, found 99999"),
    (b"client localhost#5: query: a IN A +", "client: expected an IP address, found localhost"),
    (
        b"client 192.0.2.1#5: query: a IN A *",
        "flags: expected + or -, then any of S, E, E(version), T, D, C, V, K, found *",
    ),
    (b"client 192.0.2.1#5: query: a in A +", "class: expected a class such as IN or CLASS77, found in"),
    (b"client 192.0.2.1#5: query: a IN A\0 +", "type: expected a type such as A or TYPE65300, found A\0"),
    (b"client 192.0.2.1#5: query: a IN A\xff +", "type: expected a type such as A or TYPE65300, found A\\xff"),
    (b"client 192.0.2.1#5: query: a\\25 IN A +", "name: expected a name in master-file form, found a\\25"),
    (b"client 192.0.2.1#5 (a): query: a IN A", "flags: expected flags, found the end of the line"),
    (b"client 192.0.2.1#5 (a): query: a", "class: expected a class, found the end of the line"),
    (
        b"client 192.0.2.1#5 (a): query: a IN A + (192.0",
        "destination: expected an address in parentheses, found (192.0",
    ),
    (b"client 192.0.2.1#5: query: a IN A + (x)", "destination: expected an IP address, found x"),
    (
        b"client 192.0.2.1#5: query: a IN A + (::1) [ECS ::1",
        "subnet: expected [ECS address/source/scope] or the end of the line, found  [ECS ::1",
    ),
    (
        b"client 192.0.2.1#5: response: a IN A NOERROR x",
        "response: expected three numbers of records after the code, found x",
    ),
    (b"client 192.0.2", "client: expected address#port (or (no-peer)) and a message, found 192.0.2"),
    (
        b"client 192.0.2.1#5 (a): view",
        "expected query: or response: after the client, found client 192.0.2.1#5 (a): view",
    ),
    (
        b"31-Nov-2026 00:02:50.309 client 192.0.2.1#5: query: a",
        "time: expected a time such as 21-Nov-2026 00:02:50.309, 2026-11-21T00:02:50.309Z or Nov 21 00:02:50, found 31-Nov-2026 00:02:50.309",
    ),
    (
        b"21-Nov-2026 00:02:50.309 quer",
        "expected client address#port: query: name class type flags (destination), found 21-Nov-2026 00:02:50.309 quer",
    ),
    (b"\0\0\0", "expected a line of BIND's log, such as client address#port: query: name class type, found \0\0\0"),
    (
        b"\xff\xfe",
        "expected a line of BIND's log, such as client address#port: query: name class type, found \\xff\\xfe",
    ),
    (
        b"1795219513.658 5 ::1 TCP_MISS/200",
        "expected a line of BIND's log, such as client address#port: query: name class type, found 1795219513.658 5 ::1 TCP_MISS/200",
    ),
];

#[test]
fn bad_lines_are_refused_with_a_reason_and_the_others_read() {
    let good = b"client 192.0.2.1#5: query: a\xe9 IN A +\n\n";
    let mut log = Vec::new();
    for (line, _) in BAD {
        log.extend_from_slice(line);
        log.push(b'\n');
        log.extend_from_slice(good);
    }
    log.extend_from_slice(b"queries: info: client ");
    log.resize(log.len() + (5 << 20), b'x');
    let contents = read_columns(&log, &[], &COLUMNS);
    for (bad, (_, reason)) in contents.bad.iter().zip(BAD) {
        assert_eq!(bad.reason, *reason);
    }
    let huge = "expected a line of at most 4194304 bytes (maxLineBytes), found one of 5242902";
    assert_eq!(contents.bad.last().unwrap().reason, huge);
    assert_eq!(contents.rows[0], r"- - 192.0.2.1 5 - a\xe9 IN A 8 - - - - -");
    let lines = BAD.len() as u64;
    assert_eq!(contents.counts(lines), (lines, lines + 1, 0));
}

#[test]
fn unknown_zones_are_refused() {
    let options = |value: &str| ScanOptions {
        connector: "bind_to_DNS/rows".to_owned(),
        given: [("timezone".to_owned(), value.to_owned())].into_iter().collect(),
        ..ScanOptions::default()
    };
    let error = Batches::new(&b""[..], options("Europe/Roma")).err().unwrap();
    assert!(error.message.contains("Did you mean Europe/Rome?"), "{error}");
    assert!(Batches::new(&b""[..], options("Europe/Rome")).is_ok());
}
