//! Real logs, from the folder of shared data (`NETLYTICS_SHARED_DATA`, or `shared/data` beside the checkout); without it
//! that test says so and passes. And our own sample logs, which are always there.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use netlytics_schema::{NamedFlows, Table as _};

use crate::brute_force::named_flows;
use crate::logs::{CONNECTOR, Cell, Logs, Row, all_columns, combined, options, read};

const NAMED_BEFORE: usize = 8192;

fn check(logs: &Logs) -> Vec<Row> {
    for (given, from_dns, named_only) in
        [(&[("nameFromDns", "false")][..], false, false), (&[("namedOnly", "true")], true, true), (&[], true, false)]
    {
        assert_eq!(combined(logs, given, NAMED_BEFORE), named_flows(logs, from_dns, named_only), "{given:?}");
    }
    combined(logs, &[], 100)
}

fn column(row: &Row, name: &str) -> Cell {
    row[NamedFlows::COLUMNS.iter().position(|column| column.definition().name == name).unwrap()].clone()
}

fn names(table: &[Row]) -> Vec<String> {
    table.iter().filter_map(|row| column(row, "name").text().map(str::to_owned)).collect()
}

#[test]
fn real_logs() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let shared = std::env::var_os("NETLYTICS_SHARED_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let mut folders = Vec::new();
    below(&shared.join("zeek"), &mut folders);
    if folders.is_empty() {
        eprintln!("skipped: no real Zeek logs in {}", shared.display());
        return;
    }
    let (mut with_flows, mut named) = (0, 0);
    for folder in folders {
        let logs = Logs::of(&folder);
        for file in &logs.flows {
            let bad = read(file, options(&format!("{CONNECTOR}/flows"), &["c_ip"], &[], NAMED_BEFORE)).1;
            assert!(bad.iter().all(|reason| reason.contains("expected")), "{}: {bad:?}", folder.display());
        }
        if !logs.flows.is_empty() {
            let table = check(&logs);
            with_flows += usize::from(!table.is_empty());
            named += names(&table).len();
        }
    }
    assert!(with_flows > 20 && named > 500, "{with_flows} folders with flows, {named} named flows");
}

fn below(folder: &Path, folders: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    folders.push(folder.to_owned());
    let mut inside = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect::<Vec<_>>();
    inside.sort();
    inside.iter().for_each(|folder| below(folder, folders));
}

#[test]
fn every_day_of_the_sample_logs() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/logs/zeek");
    for day in 1..=4 {
        let logs = Logs::of(&samples.join(format!("2017-03-{day:02}")));
        let table = check(&logs);
        assert_eq!(table.len(), 111, "day {day}");
        let named = names(&table);
        assert!(named.len() > 35, "day {day}: {named:?}");
        let sites = ["updates.vendor.example", "mail.example.com", "news.example.org"];
        assert!(sites.iter().all(|site| named.iter().any(|name| name == site)), "day {day}: {named:?}");
    }
}

/// A connection's record is written when it is over: that of a flow across the hour is in a later file than what was seen
/// of it on the way.
#[test]
fn flows_across_the_hour_of_the_sample_logs() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/logs/zeek/2017-03-01");
    let hours = [8_i64, 9, 17];
    let of_hour = |log: &str, hour: i64| {
        fs::read(folder.join(format!("{log}.{hour:02}:00:00-{:02}:00:00.log.gz", hour + 1))).unwrap()
    };
    let midnight = 1_488_326_400;
    let mut across = HashSet::new();
    for hour in hours {
        let before = hours.into_iter().take_while(|&earlier| earlier <= hour);
        let logs = Logs {
            names: before.clone().flat_map(|earlier| [of_hour("http", earlier), of_hour("ssl", earlier)]).collect(),
            dns: before.map(|earlier| of_hour("dns", earlier)).collect(),
            flows: vec![of_hour("conn", hour)],
        };
        for row in combined(&logs, &[], NAMED_BEFORE) {
            if column(&row, "time_start").double().unwrap() < (midnight + hour * 3600) as f64 {
                across.insert(column(&row, "name").text().map(str::to_owned));
            }
        }
    }
    assert_eq!(across, HashSet::from([Some("updates.vendor.example".to_owned())]));
    assert!(all_columns().contains(&"name"));
}
