//! Logs of a real Tstat 3.2.1, from the folder of shared data (`NETLYTICS_SHARED_DATA`, or `shared/data` beside the
//! checkout), as they are and cut to what other versions and column sets write. Without the folder these tests say so and
//! pass: the tests of shapes cover the same ground.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod cut;
#[path = "../tables/mod.rs"]
mod tables;

use std::fs;
use std::path::PathBuf;

use cut::{Cut, lines_that_are_rows, same_rows};
use tables::{Row, read, same};

/// Names of the files that end with `kind`, and what is in them.
fn logs(kind: &str) -> Vec<(String, String)> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let shared = std::env::var_os("NETLYTICS_SHARED_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let folder = shared.join("tstat/generated-3.2.1");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: no real Tstat logs in {}", folder.display());
        return Vec::new();
    };
    let mut paths = entries.map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    paths.sort();
    let of_kind = paths.into_iter().filter(|path| path.to_string_lossy().contains(kind));
    let logs = of_kind
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect::<Vec<_>>();
    assert!(logs.len() > 3, "{kind}");
    logs
}

/// The connector of a log, and its options.
fn connector(name: &str) -> (&'static str, &'static [(&'static str, &'static str)]) {
    match name {
        _ if name.contains("log_dns") => ("tstat_to_DNS/rows", &[]),
        _ if name.contains("log_http") => ("tstat_to_HTTP/rows", &[]),
        _ if name.contains("log_udp") => ("tstat_to_NamedFlows", &[("udp", "true")]),
        _ => ("tstat_to_NamedFlows", &[]),
    }
}

#[test]
fn every_line_is_a_row_for_its_connector_and_refused_by_the_others() {
    for (name, log) in logs("log_") {
        let (own, options) = connector(&name);
        let rows = lines_that_are_rows(&log).count();
        let read_by_own = read(log.as_bytes(), own, options);
        assert_eq!((read_by_own.rows.len(), read_by_own.reasons.len()), (rows, 0), "{name}");
        assert_eq!(read_by_own.metrics.lines as usize, log.lines().count(), "{name}");
        for other in ["tstat_to_DNS/rows", "tstat_to_HTTP/rows", "tstat_to_NamedFlows"] {
            if other != own {
                let read = read(log.as_bytes(), other, &[]);
                assert_eq!((read.rows.len(), read.reasons.len()), (0, rows), "{name} {other}");
                assert!(
                    read.reasons.iter().all(|reason| reason.contains("with columns like c_ip, ")),
                    "{name} {other}"
                );
            }
        }
    }
}

/// The first of these columns that names the server, without a port, else its address.
fn name_of(cut: &Cut<'_>, row: usize, columns: &[&str]) -> String {
    let found = columns.iter().filter_map(|name| cut.cell(row, name)).find(|name| !matches!(*name, "-" | ""));
    let name = found.or_else(|| cut.cell(row, "s_ip")).unwrap();
    name.split(':').next().unwrap().to_owned()
}

#[test]
fn log_tcp_complete_of_every_version_and_column_set() {
    let mut rows = 0;
    for (name, log) in logs("_all.log_tcp_complete") {
        let whole = Cut::of(&log, "#15#", " ", |_| true);
        assert_eq!(whole.names.len(), 134);
        let full = read(log.as_bytes(), "tstat_to_NamedFlows", &[]).rows;
        rows += full.len();
        for (row, values) in full.iter().enumerate() {
            assert_eq!(values["c_bytes"], whole.cell(row, "c_bytes_all").unwrap());
            assert_eq!(values["s_pkt"], whole.cell(row, "s_pkts_all").unwrap());
            for (column, source) in [("time_start", "first"), ("time_end", "last")] {
                let seconds = whole.cell(row, source).unwrap().parse::<f64>().unwrap() / 1e3;
                assert!((values[column].parse::<f64>().unwrap() - seconds).abs() < 1e-6, "{values:?}");
            }
        }
        let crypto = ["c_iscrypto", "s_iscrypto"];
        for (mark, width, from, lacks) in [
            ("#31#", 134, 134, [].as_slice()),
            ("#15#", 133, 134, &["dns_enc"]),
            ("#15#", 131, 134, &["dns_enc", "c_TLSvers", "s_TLSvers"]),
            ("#15#", 130, 134, &["dns_enc", "c_TLSvers", "s_TLSvers", "http_hostname"]),
            ("#01#", 58, 58, &[]),
            ("#00#", 44, 44, &[]),
            ("#01#", 56, 58, &crypto),
            ("#00#", 42, 44, &crypto),
        ] {
            let cut = whole.without(from, lacks);
            assert_eq!(cut.names.len(), width);
            let mut expected = full.clone();
            for (row, values) in expected.iter_mut().enumerate() {
                values.insert("name".to_owned(), name_of(&cut, row, &["http_hostname", "c_tls_SNI", "fqdn"]));
            }
            same_rows(&format!("{name}, {width}"), &cut, mark, "tstat_to_NamedFlows", &[], &expected, true);
        }
    }
    assert!(rows == 0 || rows == 50, "{rows}");
}

/// 2.4.0 and before: other places, `first` and `last` since the program's start, `c_ssl` for `c_tls_SNI`.
#[test]
fn log_tcp_complete_of_2_4_0() {
    for (name, log) in logs("_all.log_tcp_complete") {
        let whole = Cut::of(&log, "#15#", " ", |_| true);
        let full = read(log.as_bytes(), "tstat_to_NamedFlows", &[]).rows;
        let at = |name: &str| whole.names.iter().position(|known| *known == name).unwrap();
        let order = (0..14).chain(64..87).chain(14..28).chain(87..110).chain([at("durat"), at("first"), at("last")]);
        let order = order.chain([at("first"), at("con_t"), at("c_tls_SNI"), at("s_tls_SCN")]).collect::<Vec<_>>();
        let mut names = order.iter().map(|&at| whole.names[at]).collect::<Vec<_>>();
        names.splice(77.., ["first_abs", "con_t", "c_ssl", "s_ssl"]);
        let rows = whole.rows.iter().map(|row| {
            let mut row = order.iter().map(|&at| row[at]).collect::<Vec<_>>();
            (row[75], row[76]) = ("17.250000", "6093.036000");
            row
        });
        let old = Cut { names, rows: rows.collect(), separator: " " };
        let mut expected = full.clone();
        for (row, values) in expected.iter_mut().enumerate() {
            values.insert("name".to_owned(), name_of(&old, row, &["c_ssl"]));
        }
        same_rows(&name, &old, "#", "tstat_to_NamedFlows", &[], &expected, false);
    }
}

#[test]
fn log_udp_complete_of_every_version() {
    let udp: &[(&str, &str)] = &[("udp", "true")];
    for (name, log) in logs("log_udp_complete") {
        let whole = Cut::of(&log, "#", " ", |_| true);
        let full = read(log.as_bytes(), "tstat_to_NamedFlows", udp).rows;
        for (row, values) in full.iter().enumerate() {
            let number = |column: &str| whole.cell(row, column).unwrap().parse::<f64>().unwrap();
            let end = |begun: f64, lasted: f64| if begun > 0.0 { begun / 1e3 + lasted } else { 0.0 };
            let client = end(number("c_first_abs"), number("c_durat"));
            let last = client.max(end(number("s_first_abs"), number("s_durat")));
            assert!((values["time_end"].parse::<f64>().unwrap() - last).abs() < 2e-6, "{name} {values:?}");
            assert_eq!(values["name"], name_of(&whole, row, &["quic_SNI", "fqdn"]));
        }
        let quic = ["quic_SNI", "quic_UA", "quic_CHLO", "quic_REJ"];
        let oldest = [&quic[..], &["fqdn", "c_iscrypto", "s_iscrypto"]].concat();
        for (width, lacks) in [(23, [].as_slice()), (21, &quic[2..]), (19, &quic), (16, &oldest)] {
            let cut = whole.without(100, lacks);
            assert_eq!(cut.names.len(), width);
            let mut expected = full.clone();
            for (row, values) in expected.iter_mut().enumerate() {
                values.insert("name".to_owned(), name_of(&cut, row, &["quic_SNI", "fqdn"]));
            }
            same_rows(&format!("{name}, {width}"), &cut, "#", "tstat_to_NamedFlows", udp, &expected, true);
        }
        let skipped = read(log.as_bytes(), "tstat_to_NamedFlows", &[]).skipped;
        assert_eq!(skipped.iter().map(|(_, lines)| *lines as usize).sum::<usize>(), full.len(), "{name}");
    }
}

#[test]
fn log_dns_complete_of_every_version() {
    let mut entries = (0, 0, 0);
    for (name, log) in logs("log_dns_complete") {
        let whole = Cut::of(&log, "#", " ", |_| true);
        let full = read(log.as_bytes(), "tstat_to_DNS/rows", &[]).rows;
        for (row, values) in full.iter().enumerate() {
            let cell = |column: &str| whole.cell(row, column).unwrap();
            let id = i64::from_str_radix(&cell("trans_id")[2..], 16).unwrap();
            assert_eq!(values["trans_id"], id.to_string());
            assert_eq!(values["query"], cell("query").strip_suffix('.').unwrap_or("."));
            let expected: &[&str] = match cell("entry") {
                "REQ" => &["flags_req", "req_class", "req_time", "req_type"],
                "RESP" => &["answer_ttls", "answer_types", "answers", "flags_resp", "resp_code", "resp_time"],
                _ => &["flags_resp", "resp_code", "resp_time"],
            };
            let own = values
                .keys()
                .filter(|key| !matches!(key.as_str(), "c_ip" | "c_port" | "s_ip" | "s_port" | "trans_id" | "query"));
            assert_eq!(own.collect::<Vec<_>>(), expected, "{name} {row}");
            match cell("entry") {
                "REQ" => entries.0 += 1,
                "RESP" => entries.1 += 1,
                _ => entries.2 += 1,
            }
        }
        let counts = ["qdcount", "ancount", "nscount", "arcount", "pkt_size"];
        let small = [&["c_isint", "c_iscrypto", "s_isint", "s_iscrypto"], &counts[..]].concat();
        let branch = whole.without(22, &small);
        assert_eq!(branch.names.len(), 13);
        same_rows(&name, &branch, "#", "tstat_to_DNS/rows", &[], &full, true);

        let decimal = full.iter().map(|values| values["trans_id"].clone()).collect::<Vec<_>>();
        let mut first = whole.without(22, &[&small[..], &["flags"]].concat());
        for (row, id) in first.rows.iter_mut().zip(&decimal) {
            row[6] = id;
        }
        let mut without_flags = full.clone();
        for values in &mut without_flags {
            values.retain(|column, _| !column.starts_with("flags"));
        }
        same_rows(&name, &first, "#", "tstat_to_DNS/rows", &[], &without_flags, true);
    }
    assert!(entries == (0, 0, 0) || entries == (1310, 295, 46), "{entries:?}");
}

/// Names with blanks, answers whose blanks were not turned into tabs, and rows torn by a line feed in a name: made of
/// every real row.
#[test]
fn log_dns_complete_with_odd_names() {
    for (name, log) in logs("log_dns_complete") {
        let header = log.lines().next().unwrap();
        let (mut wide, mut torn, mut expected) = (format!("{header}\n"), format!("{header}\n"), Vec::new());
        for (line, values) in lines_that_are_rows(&log).zip(read(log.as_bytes(), "tstat_to_DNS/rows", &[]).rows) {
            let fields = line.split(' ').collect::<Vec<_>>();
            if fields[9] == "RESP" {
                wide += &(line.replace('\t', " ") + "\n");
                expected.push(values);
            } else {
                wide += &(line.replacen(fields[11], &format!("a  - IN b {}", fields[11]), 1) + "\n");
                let query = format!("a  - IN b {}", fields[11].strip_suffix('.').unwrap_or(fields[11]));
                expected.push(values.into_iter().chain([("query".to_owned(), query)]).collect());
            }
            torn += &(line.replacen(fields[11], &format!("a\r\nb.{}", fields[11]), 1) + "\n");
        }
        let wide = read(wide.as_bytes(), "tstat_to_DNS/rows", &[]);
        assert_eq!(wide.reasons, [""; 0], "{name}");
        same(&name, &wide.rows, &expected);
        let torn = read(torn.as_bytes(), "tstat_to_DNS/rows", &[]);
        assert_eq!((torn.rows.len(), torn.reasons.len()), (0, 2 * lines_that_are_rows(&log).count()), "{name}");
        assert!(
            torn.reasons.iter().all(|reason| reason.starts_with("expected 22 fields, as the header says")),
            "{name}"
        );
    }
}

#[test]
fn log_http_complete_of_every_version() {
    for (name, log) in logs("log_http_complete") {
        let full = read(log.as_bytes(), "tstat_to_HTTP/rows", &[]).rows;
        let side = |response: bool| full.iter().filter(move |values| values.contains_key("resp_time") == response);
        let rows_without = |response: bool, lacking: &[&str]| {
            let cut = |values: &Row| {
                values
                    .iter()
                    .filter(|(key, _)| !lacking.contains(&key.as_str()))
                    .map(|(k, v)| (k.clone(), v.clone()))
                    .collect()
            };
            side(response).map(cut).collect::<Vec<Row>>()
        };
        let requests = Cut::of(&log, "#C#", "\t", |row| row[5] != "HTTP");
        let responses = Cut::of(&log, "#S#", "\t", |row| row[5] == "HTTP");
        let read_by = "tstat_to_HTTP/rows";
        same_rows(&name, &requests, "#C#", read_by, &[], &rows_without(false, &[]), true);
        same_rows(&name, &responses, "#S#", read_by, &[], &rows_without(true, &[]), true);
        let lacks = ["cookie", "dnt", "fqdn"];
        same_rows(
            &name,
            &requests.without(13, &lacks[..2]),
            "#C#",
            read_by,
            &[],
            &rows_without(false, &["req_cookie"]),
            true,
        );
        same_rows(
            &name,
            &requests.without(13, &lacks),
            "#C#",
            read_by,
            &[],
            &rows_without(false, &["req_cookie"]),
            true,
        );
        same_rows(&name, &responses.without(12, &[]), "#S#", read_by, &[], &rows_without(true, &["set_cookie"]), true);

        let only = read(log.as_bytes(), "tstat_to_HTTP", &[("pairResponses", "false")]);
        same(&name, &only.rows, &rows_without(false, &[]));
        assert_eq!(only.skipped, [("responses", side(true).count() as u64)], "{name}");
    }
}
