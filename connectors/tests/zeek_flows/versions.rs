//! The columns of conn.log, http.log and ssl.log in every release that changed them, and their JSON.

use crate::logs::{CONNECTOR, Cell, Row, options, read, rows};

/// What every log begins with.
const HEAD: &str = "ts uid id.orig_h id.orig_p id.resp_h id.resp_p";

const CONN: [(&str, usize, &str); 4] = [
    (
        "2.0",
        19,
        "proto service duration orig_bytes resp_bytes conn_state local_orig missed_bytes history orig_pkts orig_ip_bytes \
         resp_pkts resp_ip_bytes",
    ),
    (
        "2.1",
        20,
        "proto service duration orig_bytes resp_bytes conn_state local_orig missed_bytes history orig_pkts orig_ip_bytes \
         resp_pkts resp_ip_bytes tunnel_parents",
    ),
    (
        "2.4",
        21,
        "proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts \
         orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents",
    ),
    (
        "7.1",
        22,
        "proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts \
         orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents ip_proto",
    ),
];

const HTTP: [(&str, usize, &str); 4] = [
    (
        "2.0",
        26,
        "trans_depth method host uri referrer user_agent request_body_len response_body_len status_code status_msg \
         info_code info_msg filename tags username password proxied mime_type md5 extraction_file",
    ),
    (
        "2.2",
        27,
        "trans_depth method host uri referrer user_agent request_body_len response_body_len status_code status_msg \
         info_code info_msg filename tags username password proxied orig_fuids orig_mime_types resp_fuids \
         resp_mime_types",
    ),
    (
        "2.5",
        29,
        "trans_depth method host uri referrer version user_agent request_body_len response_body_len status_code \
         status_msg info_code info_msg tags username password proxied orig_fuids orig_filenames orig_mime_types \
         resp_fuids resp_filenames resp_mime_types",
    ),
    (
        "3.0",
        30,
        "trans_depth method host uri referrer version user_agent origin request_body_len response_body_len status_code \
         status_msg info_code info_msg tags username password proxied orig_fuids orig_filenames orig_mime_types \
         resp_fuids resp_filenames resp_mime_types",
    ),
];

const SSL: [(&str, usize, &str); 5] = [
    (
        "2.1",
        15,
        "version cipher server_name session_id subject issuer_subject not_valid_before not_valid_after last_alert",
    ),
    (
        "2.2",
        17,
        "version cipher server_name session_id subject issuer_subject not_valid_before not_valid_after last_alert \
         client_subject client_issuer_subject",
    ),
    (
        "2.3",
        19,
        "version cipher curve server_name session_id last_alert established cert_chain_fuids client_cert_chain_fuids \
         subject issuer client_subject client_issuer",
    ),
    (
        "2.4",
        20,
        "version cipher curve server_name resumed last_alert next_protocol established cert_chain_fuids \
         client_cert_chain_fuids subject issuer client_subject client_issuer",
    ),
    (
        "4.1",
        18,
        "version cipher curve server_name resumed last_alert next_protocol established ssl_history cert_chain_fps \
         client_cert_chain_fps sni_matches_cert",
    ),
];

/// A log of one record with these fields, all others unset.
fn log(columns: &str, width: usize, fields: &[(&str, &str)]) -> String {
    let columns = format!("{HEAD} {columns}");
    let names = columns.split_whitespace().collect::<Vec<_>>();
    assert_eq!(names.len(), width);
    let value = |name: &str| fields.iter().find(|(field, _)| *field == name).map_or("-", |(_, value)| value);
    let values = names.iter().map(|name| value(name)).collect::<Vec<_>>();
    format!("#separator \\x09\n#fields\t{}\n{}\n", names.join("\t"), values.join("\t"))
}

fn table(part: &str, columns: &[&str], log: &str) -> Vec<Row> {
    let (batches, bad) = read(log.as_bytes(), options(&format!("{CONNECTOR}/{part}"), columns, &[], 8192));
    assert_eq!(bad, [""; 0], "{log}");
    rows(&batches)
}

const FLOW: [&str; 11] =
    ["c_bytes", "c_ip", "c_pkt", "c_port", "s_bytes", "s_ip", "s_pkt", "s_port", "time_end", "time_start", "uid"];
const NAME: [&str; 4] = ["uid", "rank", "time", "name"];

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn every_width_of_conn() {
    let ends = [
        ("ts", "1.500000"),
        ("uid", "C1"),
        ("id.orig_h", "10.0.0.1"),
        ("id.orig_p", "1024"),
        ("id.resp_h", "2001:db8::1"),
        ("id.resp_p", "443"),
    ];
    let counts = [
        ("duration", "2.250000"),
        ("orig_bytes", "10"),
        ("resp_bytes", "20"),
        ("conn_state", "SF"),
        ("orig_pkts", "1"),
        ("resp_pkts", "2"),
        ("orig_ip_bytes", "99"),
        ("resp_ip_bytes", "98"),
    ];
    for (release, width, columns) in CONN {
        let whole = log(columns, width, &[&ends[..], &counts].concat());
        let row = |c_bytes, c_pkt, s_bytes, s_pkt, end| {
            vec![
                Cell::Long(c_bytes),
                text("10.0.0.1"),
                Cell::Long(c_pkt),
                Cell::Long(1024),
                Cell::Long(s_bytes),
                text("2001:db8::1"),
                Cell::Long(s_pkt),
                Cell::Long(443),
                Cell::Double(end),
                Cell::Double(1.5),
                text("C1"),
            ]
        };
        assert_eq!(table("flows", &FLOW, &whole), [row(10, 1, 20, 2, 3.75)], "{release}");
        assert_eq!(table("flows", &FLOW, &log(columns, width, &ends)), [row(0, 0, 0, 0, 1.5)], "{release}");
    }
}

#[test]
fn every_width_of_http_and_ssl() {
    let of_http = HTTP.map(|log| (log, "host", 0));
    let of_ssl = SSL.map(|log| (log, "server_name", 1));
    for ((release, width, columns), field, rank) in of_http.into_iter().chain(of_ssl) {
        let log = log(columns, width, &[("ts", "1.5"), ("uid", "C1"), (field, "www.example.com")]);
        let row = vec![text("C1"), Cell::Long(rank), Cell::Double(1.5), text("www.example.com")];
        assert_eq!(table("names", &NAME, &log), [row], "{field} {release}");
    }
}

#[test]
fn json_plain_wrapped_and_with_other_names() {
    let conn = [
        r#"{"ts":1.5,"uid":"C1","id.orig_h":"10.0.0.1","id.orig_p":1,"id.resp_h":"10.0.0.2","id.resp_p":2,"duration":0.5,"orig_bytes":7,"resp_bytes":8,"conn_state":"SF","orig_pkts":3,"resp_pkts":4}"#,
        r#"{"conn":{"ts":1.5,"uid":"C1","id_orig_h":"10.0.0.1","id_orig_p":1,"id_resp_h":"10.0.0.2","id_resp_p":2,"duration":0.5,"orig_bytes":7,"resp_bytes":8,"conn_state":"SF","orig_pkts":3,"resp_pkts":4}}"#,
    ];
    let rows = table("flows", &FLOW, &conn.join("\n"));
    assert_eq!((rows[0].clone(), rows[0][8].clone()), (rows[1].clone(), Cell::Double(2.0)));

    let names = [
        r#"{"ts":1.5,"uid":"C1","method":"GET","host":"www.example.com"}"#,
        r#"{"http":{"ts":1.5,"uid":"C1","method":"GET","host":"www.example.com","id_orig_h":"10.0.0.1"}}"#,
        r#"{"ts":1.5,"uid":"C1","request_body_len":0}"#,
        r#"{"ts":"1970-01-01T00:00:01.500000Z","uid":"C1","established":false,"server_name":"www.example.com"}"#,
        r#"{"ssl":{"ts":1.5,"uid":"C1","cipher":"X","server_name":"www.example.com"}}"#,
        r#"{"ts":1.5,"uid":"C1","established":false}"#,
    ];
    let row = |rank, name: &str| {
        let name = if name.is_empty() { Cell::Null } else { text(name) };
        vec![text("C1"), Cell::Long(rank), Cell::Double(1.5), name]
    };
    let site = "www.example.com";
    let expected = [row(0, site), row(0, site), row(0, ""), row(1, site), row(1, site), row(1, "")];
    assert_eq!(table("names", &NAME, &names.join("\n")), expected);
}

#[test]
fn a_file_of_both_logs() {
    let http = log(HTTP[3].2, HTTP[3].1, &[("ts", "1.0"), ("uid", "C1"), ("host", "a.example")]);
    let ssl = log(SSL[4].2, SSL[4].1, &[("ts", "2.0"), ("uid", "C2"), ("server_name", "b.example")]);
    let ranks = table("names", &["rank", "name"], &format!("{http}{ssl}{http}"));
    let of = |rank, name| vec![Cell::Long(rank), text(name)];
    assert_eq!(ranks, [of(0, "a.example"), of(1, "b.example"), of(0, "a.example")]);
}

#[test]
fn lines_that_are_no_flow_or_no_name() {
    let reasons = |part: &str, columns: &[&str], log: &str| {
        let (batches, bad) = read(log.as_bytes(), options(&format!("{CONNECTOR}/{part}"), columns, &[], 8192));
        assert_eq!(rows(&batches), [] as [Row; 0]);
        bad.join("\n")
    };
    let flow = |fields: &[(&str, &str)]| reasons("flows", &["uid"], &log(CONN[3].2, 22, fields));
    assert_eq!(flow(&[("ts", "1.0")]), "id.orig_h: expected the address of the client, found none");
    assert!(flow(&[("id.orig_h", "10.0.0.1")]).starts_with("ts: expected the time of"));
    assert!(flow(&[("id.orig_h", "10.0.0.1"), ("ts", "now")]).starts_with("ts: expected seconds"));
    let dns = "#fields\tts\tuid\tquery\tqtype_name\n1.0\tC1\ta.example\tA\n";
    assert!(reasons("flows", &["uid"], dns).contains("expected a conn.log, with a field like conn_state"));
    assert!(reasons("names", &["uid"], dns).contains("expected a http.log or ssl.log, with a field like method"));
    assert!(reasons("names", &["uid"], "#fields\tts\thost\n1.0\t10.0.0.1\n").contains("http.log or ssl.log"));
}
