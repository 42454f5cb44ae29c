//! Real Zeek logs of many versions and tools, from the folder of shared data (`NETLYTICS_SHARED_DATA`, or `shared/data`
//! beside the checkout). Without the folder these tests say so and pass: the unit tests cover the same ground.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use netlytics_connectors::options::{Mode, ScanOptions};
use netlytics_connectors::scan::Metrics;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Dns, Http, Table};

fn shared() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    let folder =
        std::env::var_os("NETLYTICS_SHARED_DATA").map_or_else(|| PathBuf::from(beside), PathBuf::from).join("zeek");
    if !folder.is_dir() {
        eprintln!("skipped: no real Zeek logs in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn columns<T: Table>() -> Vec<String> {
    T::COLUMNS.iter().map(|column| column.definition().name.to_owned()).collect()
}

fn options(connector: &str) -> ScanOptions {
    let columns = if connector.ends_with("DNS") { columns::<Dns>() } else { columns::<Http>() };
    ScanOptions { connector: connector.to_owned(), columns, keep_bad_records: true, ..ScanOptions::default() }
}

struct Contents {
    batches: Vec<RecordBatch>,
    metrics: Metrics,
    reasons: Vec<String>,
}

fn read(path: &Path, options: ScanOptions) -> Contents {
    let bytes = fs::read(path).unwrap();
    let mut batches = Batches::new(bytes.as_slice(), options).unwrap();
    let read = batches.by_ref().map(Result::unwrap).collect::<Vec<_>>();
    let metrics = batches.metrics();
    let reasons = batches.take_bad_records().into_iter().map(|bad| bad.reason).collect();
    Contents { batches: read, metrics, reasons }
}

#[test]
fn the_twins_in_tsv_and_json_are_one_table() {
    let Some(folder) = shared() else { return };
    let tsv = read(&folder.join("zed-sample-data/zeek-default/dns.log.gz"), options("zeek_to_DNS"));
    let json = read(&folder.join("zed-sample-data/zeek-json/dns.json.gz"), options("zeek_to_DNS"));
    assert_eq!((tsv.metrics.records, tsv.metrics.malformed), (53_615, 0));
    assert_eq!((json.metrics.records, json.metrics.malformed), (53_615, 0));
    assert_eq!(tsv.batches.len(), json.batches.len());
    for (tsv, json) in tsv.batches.iter().zip(&json.batches) {
        assert_eq!(tsv, json);
    }
}

#[test]
fn every_file_is_read_or_refused_with_a_reason() {
    let Some(folder) = shared() else { return };
    let mut files = Vec::new();
    collect(&folder, &mut files);
    assert!(files.len() > 100);
    for file in files {
        for connector in ["zeek_to_DNS", "zeek_to_HTTP"] {
            let table = read(&file, options(connector));
            let rows = table.batches.iter().map(RecordBatch::num_rows).sum::<usize>();
            let place = format!("{connector} {}", file.display());
            assert_eq!(rows as u64, table.metrics.records, "{place}");
            assert_eq!(table.reasons.len() as u64, table.metrics.malformed, "{place}");
            assert!(table.metrics.records + table.metrics.malformed <= table.metrics.lines, "{place}");
            let stem = file.file_name().unwrap().to_string_lossy();
            let own = stem.contains(if connector == "zeek_to_DNS" { "dns" } else { "http" });
            if own {
                assert_eq!(table.metrics.malformed, expected_malformed(&file), "{place}: {:?}", table.reasons.first());
            } else if table.metrics.malformed == 0 {
                // No records at all, or a log that has the other one's fields.
                assert_eq!(table.metrics.records, 0, "{place}");
            } else {
                assert!(table.reasons[0].starts_with("expected "), "{place}: {}", table.reasons[0]);
            }
        }
    }
}

/// Records of the connector's own logs that are known to be bad.
fn expected_malformed(file: &Path) -> u64 {
    let text = file.to_string_lossy();
    if text.contains("v8.2.0-ascii-writer") || text.ends_with("writer-path-conflict/http-2.log") {
        // Baselines since 4.0 have XXXXXXXXXX.XXXXXX for every time; http-2.log has the columns of no HTTP log.
        let records = fs::read_to_string(file).unwrap().lines().filter(|line| !line.starts_with('#')).count();
        return records as u64;
    }
    // One record lacks a field; the gzip file is damaged near its end.
    u64::from(text.ends_with("has_unknown_field/http.log") || text.ends_with("http.log.corrupt.gz"))
}

#[test]
fn limits_and_fail_fast() {
    let Some(folder) = shared() else { return };
    let file = folder.join("zed-sample-data/zeek-default/dns.log.gz");
    let some = read(&file, ScanOptions { limit: 10, ..options("zeek_to_DNS") });
    assert_eq!(some.batches.iter().map(RecordBatch::num_rows).sum::<usize>(), 10);

    let text = folder.join("rita/text_file/conn.log");
    let options = ScanOptions { mode: Mode::FailFast, path: text.display().to_string(), ..options("zeek_to_DNS") };
    let bytes = fs::read(&text).unwrap();
    let error = Batches::new(bytes.as_slice(), options).unwrap().find_map(Result::err).unwrap();
    assert_eq!((error.place.offset, error.place.record), (Some(0), Some(1)));
    assert!(error.to_string().contains("conn.log: at byte 0") && error.to_string().contains("#fields"), "{error}");
}

#[test]
fn splits_together_are_the_file() {
    let Some(folder) = shared() else { return };
    let file = folder.join("rita/proxy/dns.log");
    let text = fs::read(&file).unwrap();
    let whole = read(&file, options("zeek_to_DNS"));
    for length in [1000, 4096, 30_000] {
        let mut rows = Vec::new();
        let mut lines = 0;
        for start in (0..text.len()).step_by(length) {
            let options =
                ScanOptions { split_start: start as u64, split_length: length as i64, ..options("zeek_to_DNS") };
            let head = (start > 0).then(|| &text[..text.len().min(65536)]);
            let mut scan = netlytics_connectors::scan::Scan::open(options, head).unwrap();
            let mut input = &text[start.saturating_sub(1)..];
            loop {
                let (used, step) = scan.step(input, true).unwrap();
                input = &input[used..];
                match step {
                    netlytics_connectors::scan::Step::Batch(batch) => rows.push(batch),
                    netlytics_connectors::scan::Step::Finished => break,
                    netlytics_connectors::scan::Step::NeedInput => panic!("there is no more input"),
                }
            }
            lines += scan.metrics().lines;
        }
        let count = |batches: &[RecordBatch]| batches.iter().map(RecordBatch::num_rows).sum::<usize>();
        assert_eq!((count(&rows), lines), (count(&whole.batches), whole.metrics.lines), "{length}");
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
