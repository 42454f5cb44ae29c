//! Text of a Zeek dns.log to Arrow batches, on one core. The input is the real log of the shared data folder, or, without
//! it, a made-up one of the same width; the benchmark's name says which.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::fs;
use std::hint::black_box;
use std::io::Read as _;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::read::MultiGzDecoder;
use netlytics_connectors::decompress::{DEFAULT_LIMIT, Format};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Dns, Table};

const REAL: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/zeek/zed-sample-data/zeek-default/dns.log.gz");
const LINE: &str = "1521911720.865716\tCqKst53mF3det3eDV9\t10.47.1.100\t41772\t10.0.0.100\t53\tudp\t36329\t0.000870\t\
    host.example.org\t1\tC_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\tcdn.example.net,192.0.2.16\t2230.000000,41830.000000\tF\n";
const HEADER: &str = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#fields\tts\tuid\tid.orig_h\t\
    id.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery\tqclass\tqclass_name\tqtype\tqtype_name\trcode\t\
    rcode_name\tAA\tTC\tRD\tRA\tZ\tanswers\tTTLs\trejected\n";

fn input() -> (&'static str, Vec<u8>) {
    let Ok(packed) = fs::read(REAL) else {
        return ("made-up", (HEADER.to_owned() + &LINE.repeat(50_000)).into_bytes());
    };
    let mut text = Vec::new();
    MultiGzDecoder::new(packed.as_slice()).read_to_end(&mut text).unwrap();
    ("real", text)
}

fn rows(bytes: &[u8], columns: &[&str]) -> usize {
    let options = ScanOptions {
        connector: "zeek_to_DNS".to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        ..ScanOptions::default()
    };
    Batches::new(bytes, options).unwrap().map(|batch| batch.unwrap().num_rows()).sum()
}

fn inflate(packed: &[u8]) -> usize {
    let mut decoder = Format::Gzip.decoder(DEFAULT_LIMIT).unwrap();
    let mut window = vec![0; 256 << 10];
    let (mut used, mut text) = (0, 0);
    while let Some(rest) = packed.get(used..).filter(|rest| !rest.is_empty()) {
        let progress = decoder.decode(rest, &mut window).unwrap();
        used += progress.consumed;
        text += progress.produced;
    }
    text
}

fn zeek(criterion: &mut Criterion) {
    let (origin, text) = input();
    let all = Dns::COLUMNS.iter().map(|column| column.definition().name).collect::<Vec<_>>();
    let mut group = criterion.benchmark_group(format!("zeek dns.log, {origin}, text"));
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    group.bench_function("16 columns", |bencher| bencher.iter(|| rows(black_box(&text), &all)));
    group.bench_function("2 columns", |bencher| bencher.iter(|| rows(black_box(&text), &["query", "c_ip"])));
    group.bench_function("no column", |bencher| bencher.iter(|| rows(black_box(&text), &[])));
    if let Ok(packed) = fs::read(REAL) {
        group.bench_function("gzip, inflate only", |bencher| bencher.iter(|| inflate(black_box(&packed))));
        group.bench_function("gzip, 16 columns", |bencher| bencher.iter(|| rows(black_box(&packed), &all)));
        group
            .bench_function("gzip, 2 columns", |bencher| bencher.iter(|| rows(black_box(&packed), &["query", "c_ip"])));
    }
    group.finish();
}

criterion_group!(benches, zeek);
criterion_main!(benches);
