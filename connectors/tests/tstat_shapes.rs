//! The shapes Tstat's logs come in, and what goes wrong in them.

#![expect(clippy::unwrap_used, reason = "tests")]

mod tables;

use netlytics_connectors::scan::{Scan, Step};
use tables::{Contents, Row, options, read, same, text_rows};

const FLOWS: &str = "tstat_to_NamedFlows";
const HEADER: &str = "#15#c_ip:1 c_port:2 s_ip:3 first:4 last:5 c_bytes_all:6 c_tls_SNI:7\n";
const GOOD: &str = "192.0.2.1 50000 198.51.100.7 1470104423246.500000 1470104429322.250000 1301 www.example.com\n";

const DNS: &str = "tstat_to_DNS/rows";
const DNS_HEADER: &str = "#c_ip:1 c_port:2 c_isint:3 c_iscrypto:4 s_ip:5 s_port:6 s_isint:7 s_iscrypto:8 time:9 entry:10 \
    trans_id:11 query:12 ttl:13 class:14 type:15 answer:16 flags:17 qdcount:18 ancount:19 nscount:20 arcount:21 pkt_size:22\n";
const DNS_LEFT: &str = "192.0.2.1 43927 0 0 192.0.2.53 53 0 0 1300475168853.898926";
const DNS_RIGHT: &str = "0x0c 1 2 3 3 183\n";

fn flows(log: &str) -> Contents {
    read(log.as_bytes(), FLOWS, &[])
}

fn row(cells: &[(&str, &str)]) -> Row {
    cells.iter().map(|&(column, value)| (column.to_owned(), value.to_owned())).collect()
}

fn good() -> Row {
    row(&[
        ("c_bytes", "1301"),
        ("c_ip", "192.0.2.1"),
        ("c_port", "50000"),
        ("name", "www.example.com"),
        ("s_ip", "198.51.100.7"),
        ("time_end", "1470104429.32225"),
        ("time_start", "1470104423.2465"),
    ])
}

fn of<'r>(rows: &'r [Row], column: &str) -> Vec<Option<&'r str>> {
    rows.iter().map(|row| row.get(column).map(String::as_str)).collect()
}

#[test]
fn headers_anywhere_and_with_other_columns() {
    let other = "#c_ip:1 s_ip:2 c_first_abs:3 c_durat:4\n192.0.2.2 198.51.100.8 2000.000000 1.500000\n";
    let third = "#00#s_ip:1 odd:2 first:3 c_ip:4\r\n198.51.100.9 ? 3000.0 192.0.2.3\r\n";
    let log = format!("\u{feff}{HEADER}{GOOD}{other}# added by hand\n\n{third}{HEADER}{GOOD}");
    let read = read(log.as_bytes(), FLOWS, &[("udp", "TRUE")]);
    assert_eq!((read.rows.len(), read.reasons, read.metrics.lines), (4, Vec::new(), 10));
    assert_eq!((&read.rows[0], &read.rows[3]), (&good(), &good()));
    assert_eq!(of(&read.rows[1..3], "c_ip"), [Some("192.0.2.2"), Some("192.0.2.3")]);
    assert_eq!(of(&read.rows[1..3], "name"), [Some("198.51.100.8"), Some("198.51.100.9")]);
    assert_eq!(of(&read.rows[1..3], "time_start"), [Some("2"), Some("3")]);
    assert_eq!(of(&read.rows[1..3], "time_end"), [Some("3.5"), None]);
}

#[test]
fn without_a_header_the_columns_can_be_given() {
    let columns = "c_ip, c_port, s_ip, first, last, c_bytes_all, c_tls_SNI";
    assert_eq!(read(GOOD.as_bytes(), FLOWS, &[("columns", columns)]).rows, [good()]);
    assert_eq!(
        flows(GOOD).reasons,
        [
            "expected a header before the first row of a log_tcp_complete or log_udp_complete (or the option fields), or as \
          many fields as a known version writes (134, 133, 131, 130, 58, 44, 56, 42, 25, 23, 21, 19, 16), found 7 fields"
        ]
    );
    let error = Scan::open(options(FLOWS, &[("columns", "c_ip,,s_ip")]), None).err().unwrap();
    assert!(error.message.contains("columns has an empty name"), "{}", error.message);
    assert!(Scan::open(options(FLOWS, &[("udp", "maybe")]), None).is_err());
}

#[test]
fn names_by_what_the_client_asked_for() {
    let header = "#c_ip:1 first:2 s_ip:3 http_hostname:4 c_tls_SNI:5 fqdn:6\n";
    let lines =
        ["a.example:8080 b.example c.example", "- b.example c.example", "- - c.example", "- - -", "  c.example"];
    let log = lines.map(|names| format!("192.0.2.1 0.0 198.51.100.7 {names}\n")).concat();
    let names = ["a.example", "b.example", "c.example", "198.51.100.7", "c.example"].map(Some);
    assert_eq!(of(&flows(&format!("{header}{log}")).rows, "name"), names);
}

#[test]
fn fields_that_are_not_of_their_type() {
    let bad = [
        GOOD.replace(" 50000 ", " http "),
        GOOD.replace("1470104423246.500000", "noon"),
        GOOD.replace("1470104423246.500000", "-"),
        GOOD.replace("1470104429322.250000", "1.2.3"),
        GOOD.replace("192.0.2.1", "-"),
        GOOD.replace(" 1301 ", " 99999999999999999999 "),
        GOOD.replace(" 1301 ", " 1301"),
        GOOD.replace(" 1301 ", " 1301 1302 "),
        "#half of a row\n".to_owned(),
    ];
    let read = flows(&format!("{HEADER}{GOOD}{}{GOOD}", bad.concat()));
    assert_eq!(read.rows, [good(), good()]);
    assert_eq!(
        read.reasons,
        [
            "c_port: expected a whole number, found http",
            "first: expected milliseconds, found noon",
            "first: expected milliseconds since the epoch, found none",
            "last: expected milliseconds, found 1.2.3",
            "c_ip: expected the address of the client, found none",
            "c_bytes_all: expected a whole number, found 99999999999999999999",
            "expected 7 fields, as the header says, found 6",
            "expected 7 fields, as the header says, found 8",
            "expected a row, or a header like #c_ip:1 c_port:2, found #half of a row",
        ]
    );
}

#[test]
fn odd_bytes_stay_visible_and_a_huge_line_is_one_bad_record() {
    let mut log = format!("{HEADER}{}", GOOD.replace("www", "w\0w")).into_bytes();
    log.extend(GOOD.replace("www", "caf?").bytes().map(|byte| if byte == b'?' { 0xe9 } else { byte }));
    log.extend(b"\0\0\0\n");
    log.extend(GOOD.replace("www", &"w".repeat(5 << 20)).bytes());
    log.extend(GOOD.bytes());
    let read = read(&log, FLOWS, &[]);
    let names = ["w\0w.example.com", "caf\\xe9.example.com", "www.example.com"].map(Some);
    assert_eq!(of(&read.rows, "name"), names);
    assert_eq!(read.reasons.len(), 2);
    assert_eq!(read.reasons[0], "expected 7 fields, as the header says, found 1");
    assert!(read.reasons[1].starts_with("expected a line of at most 4194304 bytes"), "{}", read.reasons[1]);
}

#[test]
fn udp_flows_are_an_option() {
    let log = "#c_ip:1 c_first_abs:2 c_durat:3 s_ip:4 s_first_abs:5 s_durat:6 fqdn:7 quic_SNI:8\n\
        192.0.2.1 1000.0 0.5 198.51.100.7 1250.0 2.000000 a.example b.example\n\
        192.0.2.1 1000.0 0.5 198.51.100.7 0.000000 0.000000 a.example -\n";
    let with = read(log.as_bytes(), FLOWS, &[("udp", "true")]).rows;
    assert_eq!(of(&with, "time_end"), [Some("3.25"), Some("1.5")]);
    assert_eq!(of(&with, "name"), [Some("b.example"), Some("a.example")]);
    let without = flows(log);
    assert_eq!((without.rows.len(), without.skipped), (0, vec![("UDP flows", 2)]));
}

#[test]
fn a_split_takes_the_header_in_force_where_it_begins() {
    let older = "#c_ip:1 first:2 s_ip:3\n192.0.2.9 1.0 198.51.100.9\n";
    let log = format!("{older}{HEADER}{GOOD}{GOOD}{older}");
    let whole = flows(&log).rows;
    let mut places = 0;
    for start in 1..log.len() {
        let mut rows = Vec::new();
        for (from, length) in [(0, start), (start, log.len())] {
            let mut settings = options(FLOWS, &[]);
            (settings.split_start, settings.split_length) = (from as u64, length as i64);
            let mut scan = Scan::open(settings, (from > 0).then_some(log.as_bytes())).unwrap();
            let (_, step) = scan.step(&log.as_bytes()[from.saturating_sub(1)..], true).unwrap();
            if let Step::Batch(batch) = step {
                rows.extend(text_rows(&batch));
            }
        }
        same(&start.to_string(), &rows, &whole);
        places += 1;
    }
    assert_eq!(places, log.len() - 1);
}

#[test]
fn names_of_questions_and_answers() {
    let lines = [
        "REQ 0xa7f4 www.example.com. - IN A -",
        "REQ 0x0001 - - IN NS -",
        "REQ 0x0001 two words. - IN A -",
        "RESP 0xa7f4 www.example.com. 60 IN CNAME a\\032b.example.",
        "RESP 0xa7f4 a\\032b.example. 60 IN A 192.0.2.7",
        "RESP 0x0001 . 60 IN NS .",
        "RESP 0x0001 x. 60 IN TXT \"a b.\"",
        "RESP 0x0001 x. 60 IN TYPE65534 ",
        "RESP_ERR 0xa7f4 www.example.com. - IN A SERVFAIL",
        "RESP_ERR 0xa7f4 - - - - REFUSED",
    ];
    let log = lines.map(|line| format!("{DNS_LEFT} {line} {DNS_RIGHT}")).concat();
    let rows = read(format!("{DNS_HEADER}{log}").as_bytes(), DNS, &[]).rows;
    let queries =
        ["www.example.com", ".", "two words", "www.example.com", "a b.example", ".", "x", "x", "www.example.com"];
    assert_eq!(of(&rows, "query")[..9], queries.map(Some));
    assert_eq!(of(&rows, "query")[9], None);
    assert_eq!(of(&rows, "req_type")[..4], [Some("A"), Some("NS"), Some("A"), None]);
    let answers = ["[a b.example]", "[192.0.2.7]", "[.]", "[\"a b.\"]", "[null]"];
    assert_eq!(of(&rows, "answers")[3..8], answers.map(Some));
    let codes = [Some("NOERROR"), Some("SERVFAIL"), Some("REFUSED")];
    assert_eq!(of(&rows, "resp_code")[7..], codes);
    let expected = row(&[
        ("answer_ttls", "[60]"),
        ("answer_types", "[CNAME]"),
        ("answers", "[a b.example]"),
        ("c_ip", "192.0.2.1"),
        ("c_port", "43927"),
        ("flags_resp", "12"),
        ("query", "www.example.com"),
        ("resp_code", "NOERROR"),
        ("resp_time", "1300475168.853899"),
        ("s_ip", "192.0.2.53"),
        ("s_port", "53"),
        ("trans_id", "42996"),
    ]);
    assert_eq!(rows[3], expected);
}

#[test]
fn dns_rows_that_are_none() {
    let lines = [
        ("ASK 0x1 x. - IN A -", "entry: expected REQ, RESP or RESP_ERR, found ASK"),
        ("RESP 0x1 x. soon IN A 192.0.2.7", "ttl: expected seconds or -, found soon"),
        ("REQ here x. - IN A -", "trans_id: expected a number like 0x1a2b, found here"),
        ("RESP 0x1 x. 99999999999999999999 IN A -", "ttl: expected a whole number, found 99999999999999999999"),
        ("REQ 0x1 x.", "expected 22 fields, as the header says, found 18"),
        ("RESP 0x1 x. 60 60 60 OUT A 192.0.2.7", "expected 22 fields, as the header says, found 24"),
    ];
    let log = lines.map(|(line, _)| format!("{DNS_LEFT} {line} {DNS_RIGHT}")).concat();
    let read = read(format!("{DNS_HEADER}{log}").as_bytes(), DNS, &[]);
    assert_eq!((read.rows.len(), read.reasons), (0, lines.map(|(_, reason)| reason.to_owned()).to_vec()));
}

#[test]
fn dns_times_before_3_2_in_either_unit() {
    let header = "#c_ip:1 c_port:2 s_ip:3 s_port:4 time:5 entry:6 trans_id:7 query:8 ttl:9 class:10 type:11 answer:12 flags:13\n";
    let rest = "REQ 0x1 x. - IN A - 0x08\n";
    let log = format!(
        "{header}192.0.2.1 1 192.0.2.53 53 1300475168.5 {rest}192.0.2.1 1 192.0.2.53 53 1300475168500.0 {rest}"
    );
    assert_eq!(of(&read(log.as_bytes(), DNS, &[]).rows, "req_time"), [Some("1300475168.5"); 2]);
}

#[test]
fn http_rows_of_either_kind() {
    let left = "192.0.2.1\t48649\t198.51.100.8\t80\t1300475168.784020";
    let log = format!(
        "{left}\t-\twww.example.com:8080\t-\t-\t-\tMozilla/5.0 (X11)\t-\t-\n\
         {left}\tGET\t-\ta.example\t/x y\t-\t-\ta=1\t1\n\
         {left}\tREQ2\t-\t-\t-\t-\trest\t-\t-\n\
         {left}\tHTTP\t206\t512\ttext/html\tx\tbytes 0-1/2\t-\ta=b; c\n\
         {left}\tRES2\t-\t-\t-\t-\t-\t-\t-\n\
         {left}\tHTTP\tOK\t-\t-\t-\t-\t-\t-\n\
         {left}\tHTTP\t200\n\
         {left}\tGET\n"
    );
    let columns = "c_ip,c_port,s_ip,s_port,time_abs,method,hostname,fqdn,path,referer,user_agent,cookie,dnt";
    for given in [[].as_slice(), &[("columns", columns)]] {
        let read = read(log.as_bytes(), "tstat_to_HTTP/rows", given);
        assert_eq!(of(&read.rows, "method"), [None, Some("GET"), None]);
        assert_eq!(of(&read.rows, "host"), [Some("www.example.com"), Some("a.example"), None]);
        assert_eq!(of(&read.rows, "path"), [None, Some("/x y"), None]);
        assert_eq!(of(&read.rows, "req_time"), [Some("1300475168.78402"), Some("1300475168.78402"), None]);
        assert_eq!(of(&read.rows, "resp_time"), [None, None, Some("1300475168.78402")]);
        assert_eq!(of(&read.rows, "status_code"), [None, None, Some("206")]);
        assert_eq!(of(&read.rows, "set_cookie"), [None, None, Some("a=b; c")]);
        assert_eq!(read.skipped, [("continued headers", 2)]);
        assert_eq!(read.reasons[0], "response: expected a whole number, found OK");
        assert_eq!((read.reasons.len(), read.metrics.lines), (3, 8));
    }
}

/// What examples/logs/README.md tells of the sample logs.
#[test]
fn sample_logs_are_what_their_description_says() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/logs/tstat/2017_03_");
    let udp: &[(&str, &str)] = &[("udp", "true")];
    for (log, connector, given, rows, bad, skipped) in [
        ("01_10_00.out/log_tcp_complete", FLOWS, [].as_slice(), 13, 0, 0),
        ("01_10_00.out/log_udp_complete", FLOWS, udp, 31, 0, 0),
        ("01_10_00.out/log_dns_complete", DNS, &[], 59, 4, 0),
        ("01_10_00.out/log_http_complete", "tstat_to_HTTP/rows", &[], 23, 0, 1),
        ("01_11_00.out/log_tcp_complete.gz", FLOWS, &[], 8, 0, 0),
        ("01_11_00.out/log_dns_complete.gz", DNS, &[], 20, 0, 0),
        ("02_10_00.out/log_tcp_complete", FLOWS, &[], 15, 1, 0),
        ("02_10_00.out/log_dns_complete", DNS, &[], 20, 0, 0),
        ("02_11_00.out/log_tcp_complete", FLOWS, &[], 7, 1, 0),
        ("02_11_00.out/log_http_complete", "tstat_to_HTTP/rows", &[], 16, 0, 0),
    ] {
        let read = read(&std::fs::read(format!("{folder}{log}")).unwrap(), connector, given);
        let skipped_lines = read.skipped.iter().map(|(_, lines)| *lines).sum::<u64>();
        assert_eq!((read.rows.len(), read.reasons.len(), skipped_lines), (rows, bad, skipped), "{log}");
    }
}
