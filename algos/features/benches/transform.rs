//! Texts counted and found, and rows encoded, on one core. Made-up logs: the frequencies of values fall as 1/rank, as
//! those of hosts and paths do.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use netlytics_features::categories::{Counter, Slots, slots};
use netlytics_features::{Column, Encoder, Moments, Norm, Scale, Scaling};

const ROWS: usize = 1_000_000;
/// Rows that a kernel is given at a time.
const BATCH: usize = 8192;

/// Texts of so many different values.
fn column(different: usize) -> Vec<String> {
    let mut state = 7_u64;
    let mut chance = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let rank = |chance: f64| ((different as f64).powf(chance) as usize).min(different) - 1;
    (0..ROWS).map(|_| format!("host-{}.example.org", rank(chance()))).collect()
}

fn texts(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("texts");
    group.sample_size(10).throughput(Throughput::Elements(ROWS as u64));
    for different in [10, 1_000, 1_000_000] {
        let column = column(different);
        let count = |column: &[String]| {
            let mut counter = Counter::default();
            column.iter().for_each(|text| counter.add(Some(text)));
            counter
        };
        group.bench_function(format!("{different} values, counted"), |bench| {
            bench.iter(|| count(black_box(&column)).different());
        });
        group.bench_function(format!("{different} values, counted in a map of the standard library"), |bench| {
            bench.iter(|| {
                let mut counts = HashMap::<String, u64>::new();
                for text in black_box(&column) {
                    match counts.get_mut(text) {
                        Some(count) => *count += 1,
                        None => drop(counts.insert(text.clone(), 1)),
                    }
                }
                counts.len()
            });
        });
        let found = Slots::new(&count(&column).finish().ranked().values);
        group.bench_function(format!("{different} values, found"), |bench| {
            bench.iter(|| black_box(&column).iter().filter_map(|text| found.of(Some(text))).sum::<usize>());
        });
    }
    group.finish();
}

fn rows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rows");
    group.sample_size(10).throughput(Throughput::Elements(BATCH as u64));
    let numbers = (0..BATCH).map(|row| (row * 7919 % 1_000_003) as f64).collect::<Vec<_>>();
    let number = Column::Number(Scaling::default());
    for different in [10, 10_000] {
        let tally = column(different).iter().fold(Counter::default(), |mut counter, text| {
            counter.add(Some(text));
            counter
        });
        let ranked = tally.finish().ranked();
        let index = Slots::new(&ranked.values);
        let category = column(different).iter().take(BATCH).map(|text| index.of(Some(text))).collect::<Vec<_>>();
        let categories = vec![category; 3];
        let one_hot = Column::Slots(slots(&ranked.values));
        let encoder = Encoder::new(&[number, one_hot, one_hot, one_hot], Norm::new(2.0));
        group.bench_function(format!("1 number, 3 columns of {different} categories"), |bench| {
            bench.iter(|| encoder.encode(BATCH, &[black_box(&numbers)], &categories).unwrap());
        });
    }
    let encoder = Encoder::new(&[number; 16], Norm::new(2.0));
    group.bench_function("16 numbers", |bench| {
        bench.iter(|| encoder.encode(BATCH, black_box(&[numbers.as_slice(); 16]), &[]).unwrap());
    });
    for scale in [Scale::MinMax, Scale::Standard] {
        group.bench_function(format!("moments for {scale:?}"), |bench| {
            bench.iter(|| {
                let mut moments = Moments::default();
                moments.add(scale, black_box(&numbers).iter().copied());
                moments.scaling(scale)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, texts, rows);
criterion_main!(benches);
