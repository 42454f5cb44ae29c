//! Text of a BIND query log to Arrow batches, on one core. The input is the real log of the shared data folder, its lines
//! repeated, or, without it, a made-up line; the benchmark's name says which.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::fs;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Dns, Table};

const REAL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/bind/named-9.18.49-local/q_time_cat_sev.log");
const LINE: &str = "21-Nov-2026 00:02:50.309 queries: info: client @0x7f7eb24c1098 192.0.2.17#56112 (www.example.com): \
    view internal: query: www.example.com IN A +E(0)K (192.0.2.53)\n";
/// Size of the input, in bytes.
const SIZE: usize = 10 << 20;

fn input() -> (&'static str, String) {
    let (origin, lines) = match fs::read_to_string(REAL) {
        Ok(lines) => ("real lines", lines),
        Err(_) => ("made-up", LINE.to_owned()),
    };
    let times = SIZE / lines.len();
    (origin, lines.repeat(times))
}

fn rows(text: &str, columns: &[&str], timezone: &str) -> usize {
    let options = ScanOptions {
        connector: "bind_to_DNS/rows".to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        given: [("timezone".to_owned(), timezone.to_owned())].into_iter().collect(),
        ..ScanOptions::default()
    };
    Batches::new(text.as_bytes(), options).unwrap().map(|batch| batch.unwrap().num_rows()).sum()
}

fn bind(criterion: &mut Criterion) {
    let (origin, text) = input();
    let all = Dns::COLUMNS.iter().map(|column| column.definition().name).collect::<Vec<_>>();
    let mut group = criterion.benchmark_group(format!("bind query log, {origin}, text"));
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    group.bench_function("16 columns", |bencher| bencher.iter(|| rows(black_box(&text), &all, "UTC")));
    group.bench_function("16 columns, local time", |bencher| {
        bencher.iter(|| rows(black_box(&text), &all, "Europe/Rome"));
    });
    group.bench_function("2 columns", |bencher| bencher.iter(|| rows(black_box(&text), &["query", "c_ip"], "UTC")));
    group.bench_function("no column", |bencher| bencher.iter(|| rows(black_box(&text), &[], "UTC")));
    group.finish();
}

criterion_group!(benches, bind);
criterion_main!(benches);
