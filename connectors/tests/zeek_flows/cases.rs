//! One case each of what the definition of a flow's name says.

use netlytics_connectors::combine::{combination, combiner};
use netlytics_connectors::filter::{Condition, Literal};
use netlytics_schema::{NamedFlows, Table as _};

use crate::brute_force::named_flows;
use crate::logs::{CONNECTOR, Logs, all_columns, combined, options};

pub const CONN: &str = "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tduration\torig_bytes\tresp_bytes\t\
    conn_state\torig_pkts\tresp_pkts\n";
pub const HTTP: &str = "#fields\tts\tuid\tmethod\thost\n";
pub const SSL: &str = "#fields\tts\tuid\tcipher\tserver_name\n";
pub const DNS: &str = "#fields\tts\tuid\tid.orig_h\tquery\trtt\tqtype_name\tanswers\n";

/// A conn.log of (time, uid, client, server).
pub fn conn(flows: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let line = |(ts, uid, client, server): &(&str, &str, &str, &str)| {
        format!("{ts}\t{uid}\t{client}\t40000\t{server}\t443\t-\t1\t2\tSF\t3\t4\n")
    };
    (CONN.to_owned() + &flows.iter().map(line).collect::<String>()).into_bytes()
}

/// A log of the lines `header` is for.
pub fn log(header: &str, lines: &[String]) -> Vec<u8> {
    (header.to_owned() + &lines.iter().map(|line| format!("{line}\n")).collect::<String>()).into_bytes()
}

/// The names of the flows, in order, after a comparison with the brute force.
fn names_of(logs: &Logs, given: &[(&str, &str)]) -> Vec<Option<String>> {
    let is = |name: &str, value: &str| given.contains(&(name, value));
    let table = combined(logs, given, 8192);
    assert_eq!(table, named_flows(logs, !is("nameFromDns", "false"), is("namedOnly", "true")));
    let place = NamedFlows::COLUMNS.iter().position(|&column| column == NamedFlows::Name).unwrap();
    table.iter().map(|row| row[place].text().map(str::to_owned)).collect()
}

fn some(names: &[&str]) -> Vec<Option<String>> {
    names.iter().map(|&name| (name != "-").then(|| name.to_owned())).collect()
}

fn sample() -> Logs {
    Logs {
        names: vec![
            log(
                HTTP,
                &["3.0\tC1\tGET\tlater.example", "2.0\tC1\tGET\tfirst.example", "2.0\tC1\tGET\tsecond.example"]
                    .map(str::to_owned),
            ),
            log(
                SSL,
                &["1.0\tC1\tX\tsni.example", "9.0\tC2\tX\tsni.example", "9.0\tC3\tX\t-", "1.0\t-\tX\tnobody.example"]
                    .map(str::to_owned),
            ),
            log(HTTP, &["1.0\tC3\tGET\t(empty)".to_owned()]),
        ],
        dns: vec![log(
            DNS,
            &[
                "1.0\tD1\t10.0.0.1\told.example\t0.5\tA\tcname.example,192.0.2.1",
                "4.0\tD2\t10.0.0.1\tnew.example\t1.0\tA\t192.0.2.1,192.0.2.2",
                "5.0\tD3\t10.0.0.1\tnex.example\t-\tA\t192.0.2.1",
                "5.5\tD4\t10.0.0.1\t-\t-\tA\t192.0.2.1",
                "6.0\tD5\t10.0.0.1\tafter.example\t0.1\tA\t192.0.2.1",
                "1.0\tD6\t10.0.0.2\tother.example\t-\tA\t192.0.2.1",
                "1.0\tD7\t-\tnobody.example\t-\tA\t192.0.2.1",
                "1.0\tD8\t10.0.0.1\tsix.example\t-\tAAAA\t2001:db8::1,-",
            ]
            .map(str::to_owned),
        )],
        flows: vec![conn(&[
            ("10.0", "C1", "10.0.0.1", "192.0.2.1"),
            ("10.0", "C2", "10.0.0.1", "192.0.2.1"),
            ("1.4", "C3", "10.0.0.1", "192.0.2.1"),
            ("1.5", "C3", "10.0.0.1", "192.0.2.1"),
            ("5.0", "C4", "10.0.0.1", "192.0.2.1"),
            ("6.0", "-", "10.0.0.1", "192.0.2.1"),
            ("6.1", "-", "10.0.0.1", "192.0.2.1"),
            ("6.1", "C5", "10.0.0.2", "192.0.2.2"),
            ("6.1", "C6", "10.0.0.1", "2001:db8::1"),
            ("6.1", "C7", "10.0.0.1", "-"),
            ("0.0", "C1", "10.0.0.9", "192.0.2.9"),
        ])],
    }
}

#[test]
fn hosts_then_server_names_then_answers() {
    let expected = some(&[
        "first.example",
        "sni.example",
        "-",
        "old.example",
        "nex.example",
        "nex.example",
        "after.example",
        "-",
        "six.example",
        "-",
        "first.example",
    ]);
    assert_eq!(names_of(&sample(), &[]), expected);
    let named = expected.into_iter().filter(Option::is_some).collect::<Vec<_>>();
    assert_eq!(names_of(&sample(), &[("namedOnly", "true")]), named);
}

#[test]
fn without_dns() {
    let given = [("nameFromDns", "false")];
    let expected = some(&["first.example", "sni.example", "-", "-", "-", "-", "-", "-", "-", "-", "first.example"]);
    assert_eq!(names_of(&sample(), &given), expected);
    let combination = combination(&options(CONNECTOR, &[], &given, 1)).unwrap().unwrap();
    assert_eq!(combination.parts.iter().map(|part| part.view).collect::<Vec<_>>(), ["names", "flows"]);
    assert!(!combination.sql.to_lowercase().contains("dns") && !combination.sql.contains('{'), "{}", combination.sql);
}

#[test]
fn missing_logs() {
    let names = Logs { dns: Vec::new(), ..sample() };
    assert_eq!(names_of(&names, &[("namedOnly", "true")]), some(&["first.example", "sni.example", "first.example"]));
    let dns = Logs { names: Vec::new(), ..sample() };
    assert_eq!(names_of(&dns, &[])[0], Some("after.example".to_owned()));
    let neither = Logs { names: Vec::new(), dns: Vec::new(), ..sample() };
    assert_eq!(names_of(&neither, &[]), some(&["-"; 11]));
    assert_eq!(names_of(&Logs { flows: Vec::new(), ..sample() }, &[]), []);
}

#[test]
fn parts_and_sql_of_the_default() {
    let combination = combination(&options(CONNECTOR, &[], &[], 1)).unwrap().unwrap();
    let parts = combination.parts.iter().map(|part| (part.connector.as_str(), part.view, part.optional));
    let expected = [
        ("zeek_to_NamedFlows/names", "names", true),
        ("zeek_to_NamedFlows/dns", "dns", true),
        ("zeek_to_NamedFlows/flows", "flows", false),
    ];
    assert_eq!(parts.collect::<Vec<_>>(), expected);
    assert!(!combination.sql.contains('{'), "{}", combination.sql);
    assert!(
        combination.sql.contains(&format!("SELECT {}\nFROM by_dns", all_columns().join(", "))),
        "{}",
        combination.sql
    );
}

#[test]
fn the_filter_and_the_columns_of_a_query() {
    let filter = Condition::EndsWith { column: "name".to_owned(), value: "sni.example".to_owned() };
    let second = Condition::Equal { column: "c_ip".to_owned(), value: Literal::Text("10.0.0.1".to_owned()) };
    let mut settings = options(CONNECTOR, &["name", "s_pkt"], &[], 8192);
    settings.filter = Some(Condition::And { children: vec![filter, second] });
    let mut combiner = combiner(&settings).unwrap().unwrap();
    let logs = sample();
    let mut found = Vec::new();
    for (number, part) in combination(&settings).unwrap().unwrap().parts.iter().enumerate() {
        let files = if part.view == "names" { &logs.names } else { &logs.flows };
        for file in files.iter().filter(|_| part.view != "dns") {
            for batch in crate::logs::read(file, options(&part.connector, &part.columns, &[], 2)).0 {
                found.extend(combiner.push(number, &batch).unwrap());
            }
        }
    }
    found.extend(combiner.finish().unwrap());
    let rows = crate::logs::rows(&found);
    assert_eq!(rows, [[crate::logs::Cell::Text("sni.example".to_owned()), crate::logs::Cell::Long(4)]]);
}

#[test]
fn options_that_are_no_truth_values() {
    let settings = options(CONNECTOR, &["name"], &[("namedOnly", "perhaps")], 1);
    assert!(combiner(&settings).err().unwrap().message.contains("namedOnly is true or false"));
    assert!(combination(&settings).unwrap_err().message.contains("namedOnly is true or false"));
}
