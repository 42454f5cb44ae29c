//! Seasonal-Hybrid-ESD, Twitter's variant and the parts that cost most, on one core. Made-up minutes: two sines, noise that
//! is the same at each run, and a spike in about two thousand points.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::f64::consts::TAU;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use netlytics_anomaly::univariate::Moments;
use netlytics_anomaly::univariate::quantile::Search;
use netlytics_anomaly::{esd, shesd, twitter};

const DAY: usize = 1440;

fn minutes(points: usize, start: u64) -> Vec<f64> {
    let mut state = start;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let value = |minute: usize| {
        let day = minute as f64 / DAY as f64 * TAU;
        let gaussian = (0..12).map(|_| noise()).sum::<f64>() - 6.0;
        let spike = if noise() < 0.0005 { 60.0 } else { 0.0 };
        100.0 + 20.0 * day.sin() + 8.0 * (24.0 * day).sin() + 3.0 * gaussian + spike
    };
    (0..points).map(value).collect()
}

fn with_period(period: Option<usize>) -> shesd::Parameters {
    let mut parameters = shesd::Parameters::default();
    parameters.seasonal.period = period;
    parameters
}

fn anomalies(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("shesd");
    group.sample_size(10).measurement_time(Duration::from_secs(10));
    for (name, points, period) in [
        ("1M points, period given", 1_000_000, Some(DAY)),
        ("1M points, period sought", 1_000_000, None),
        ("14398 points, period given", 14_398, Some(DAY)),
        ("14398 points, period sought", 14_398, None),
    ] {
        let values = minutes(points, 1);
        group.throughput(Throughput::Elements(points as u64));
        let parameters = with_period(period);
        group.bench_function(name, |bench| bench.iter(|| shesd::detect(black_box(&values), &parameters).unwrap()));
    }
    let series = (0..1000).map(|start| minutes(DAY, start)).collect::<Vec<_>>();
    group.throughput(Throughput::Elements((1000 * DAY) as u64));
    for (name, period) in
        [("1000 series of 1440, period given", Some(60)), ("1000 series of 1440, period sought", None)]
    {
        let parameters = with_period(period);
        let outliers = |values: &Vec<f64>| shesd::detect(values, &parameters).unwrap().ranking.len();
        group.bench_function(name, |bench| bench.iter(|| series.iter().map(outliers).sum::<usize>()));
    }
    group.finish();

    let mut group = criterion.benchmark_group("parts");
    group.sample_size(10);
    let values = minutes(1_000_000, 1);
    group.throughput(Throughput::Elements(1_000_000));
    for (name, statistic) in
        [("esd hybrid", esd::Statistic::Median { mad_scale: 1.0 }), ("esd classic", esd::Statistic::Mean)]
    {
        let most = values.len() / 2 - 1;
        let test = esd::Parameters { alpha: 0.025, statistic, direction: esd::Direction::Both, most, resolution: 0.0 };
        group.bench_function(name, |bench| bench.iter(|| esd::outliers(black_box(&values), &test).unwrap()));
    }
    group.bench_function("moments", |bench| bench.iter(|| Moments::of(black_box(&values)).unwrap()));
    group.bench_function("quartiles", |bench| {
        bench.iter(|| {
            let mut search = Search::quantiles(&[0.25, 0.75]).unwrap();
            while !search.is_done() {
                let counts = search.count(black_box(&values)).unwrap();
                search.advance(&counts).unwrap();
            }
            search.values()
        });
    });
    let values = minutes(14_398, 1);
    group.throughput(Throughput::Elements(14_398));
    let parameters = twitter::Parameters { max_anoms: 0.02, ..twitter::Parameters::new(DAY) };
    group.bench_function("twitter, 14398 points", |bench| {
        bench.iter(|| twitter::detect(black_box(&values), &parameters).unwrap());
    });
    group.finish();
}

criterion_group!(benches, anomalies);
criterion_main!(benches);
