//! Text of Tstat logs to Arrow batches, on one core. The input is rows of the real logs of the shared data folder, repeated,
//! or, without it, made-up ones of the same width; the benchmark's name says which.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::fs;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Dns, Http, NamedFlows, Table};

const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/tstat/generated-3.2.1/kxun_all.");
/// Bytes of input.
const SIZE: usize = 16 << 20;

/// The header of the real log and its rows, repeated until there are enough; or `line`, whose width tells what it is.
fn input(log: &str, line: &str) -> (&'static str, String) {
    let Ok(text) = fs::read_to_string(format!("{REAL}{log}")) else {
        return ("made-up", format!("{line}\n").repeat(SIZE / line.len() + 1));
    };
    let (header, rows) = text.split_inclusive('\n').partition::<Vec<_>, _>(|line| line.starts_with('#'));
    let rows = rows.concat();
    ("real", header.concat() + &rows.repeat(SIZE / rows.len() + 1))
}

fn rows(text: &str, connector: &str, columns: &[&str]) -> usize {
    let options = ScanOptions {
        connector: connector.to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        ..ScanOptions::default()
    };
    Batches::new(text.as_bytes(), options).unwrap().map(|batch| batch.unwrap().num_rows()).sum()
}

fn names<T: Table>() -> Vec<&'static str> {
    T::COLUMNS.iter().map(|column| column.definition().name).collect()
}

fn one(criterion: &mut Criterion, log: &str, line: &str, connector: &str, all: &[&str], some: &[&str]) {
    let (origin, text) = input(log, line);
    let mut group = criterion.benchmark_group(format!("tstat {log}, {origin}"));
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("all columns", |bencher| bencher.iter(|| rows(black_box(&text), connector, all)));
    group.bench_function("2 columns", |bencher| bencher.iter(|| rows(black_box(&text), connector, some)));
    group.bench_function("no column", |bencher| bencher.iter(|| rows(black_box(&text), connector, &[])));
    group.finish();
}

fn tstat(criterion: &mut Criterion) {
    let flow = format!(
        "192.0.2.1 53629 10 0 9 5 1301 4 1301 0 0 0 1 0 198.51.100.7 443 7 0 7 2 1215 3 1215 0 0 0 1 1 1470104423246.687988 \
         1470104429322.474121 6075.786000 {}www.example.com - 0 0 1 5.270000 5.094000 52.134000 76.295000 289 162 - - 0.0 0.0 \
         - 0303 0303 0",
        "12.345000 ".repeat(84)
    );
    one(criterion, "log_tcp_complete", &flow, "tstat_to_NamedFlows", &names::<NamedFlows>(), &["name", "s_bytes"]);
    let answer = "192.0.2.1 40526 0 0 192.0.2.53 53 0 0 1300475168855.229004 RESP 0x65f0 www.example.com. 124 IN CNAME \
                  cdn.example.com. 0x0c 1 2 3 3 183";
    one(criterion, "log_dns_complete", answer, "tstat_to_DNS/rows", &names::<Dns>(), &["query", "c_ip"]);
    let request = "192.0.2.1\t48649\t198.51.100.8\t80\t1300475168.784020\tGET\twww.example.com\t-\t/main.css\t\
                   http://www.example.com/\tMozilla/5.0 (X11; U; Linux x86_64; en-US)\t-\t-";
    one(criterion, "log_http_complete", request, "tstat_to_HTTP/rows", &names::<Http>(), &["host", "c_ip"]);
}

criterion_group!(benches, tstat);
criterion_main!(benches);
