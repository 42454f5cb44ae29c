//! DBSCAN of one box on one core: made-up points, half of them in fifty clusters and half spread evenly, the same at each run.
//! The radius shrinks as points become more, so that neighbourhoods stay as large: what grows is the number of points alone.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use netlytics_clustering::dbscan::Parameters;
use netlytics_clustering::dbscan::estimate::pairs;
use netlytics_clustering::dbscan::local::Local;
use netlytics_clustering::dbscan::points::{Member, Points};
use netlytics_clustering::dbscan::sample::Sample;
use netlytics_features::Row;

const CLUSTERS: usize = 50;

fn rows(count: usize, width: usize) -> Vec<Vec<f64>> {
    let mut state = 1_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let centres = (0..CLUSTERS).map(|_| (0..width).map(|_| uniform()).collect::<Vec<_>>()).collect::<Vec<_>>();
    let row = |at: usize| match centres.get(at / 2 % CLUSTERS).filter(|_| at.is_multiple_of(2)) {
        None => (0..width).map(|_| uniform()).collect::<Vec<_>>(),
        // The sum of twelve even numbers is as good as a gaussian.
        Some(centre) => {
            centre.iter().map(|middle| middle + 0.02 * ((0..12).map(|_| uniform()).sum::<f64>() - 6.0)).collect()
        }
    };
    (0..count).map(row).collect()
}

fn points(count: usize, width: usize) -> Points {
    let mut points = Points::default();
    for row in rows(count, width) {
        let row = Row::Dense(&row);
        points.push(&row, Member { key: row.key(0), weight: 1, owned: true, shared: false });
    }
    points
}

fn dbscan(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dbscan");
    group.sample_size(10).measurement_time(Duration::from_secs(5));
    for (width, counts, eps) in [(2, [250_000_u32, 500_000, 1_000_000], 0.0025), (10, [25_000, 50_000, 100_000], 0.08)]
    {
        for count in counts {
            let points = points(count as usize, width);
            let eps = eps * (f64::from(counts[2]) / f64::from(count)).powf(1.0 / width as f64);
            let parameters = Parameters::new(eps, 10).unwrap();
            group.throughput(Throughput::Elements(count.into()));
            group.bench_function(BenchmarkId::new(format!("{width} columns"), count), |bench| {
                bench.iter(|| Local::new(black_box(&points), &parameters).unwrap().clusters.len());
            });
        }
    }
    // All 4096² distances of a sample: what a pair costs where nothing can be left out.
    let mut sample = Sample::new(4096);
    sample.width = 10;
    for (row, key) in rows(4096, 10).iter().zip(0..) {
        sample.push(&Row::Dense(row), key, 1);
    }
    let parameters = Parameters::new(100.0, 10).unwrap();
    group.throughput(Throughput::Elements(4096 * 4096));
    group.bench_function("estimate, 10 columns", |bench| bench.iter(|| pairs(black_box(&sample), &parameters)));
    group.finish();
}

criterion_group!(benches, dbscan);
criterion_main!(benches);
