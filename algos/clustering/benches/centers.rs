//! A step of KMeans, of bisecting KMeans and of a Gaussian mixture, on one core. Made-up rows: normal numbers about as many
//! points as there are clusters, the same at each run.

#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use netlytics_clustering::bisecting::{self, Bisecting};
use netlytics_clustering::gaussian_mixture::{self, Covariance, GaussianMixture};
use netlytics_clustering::kmeans::{self, KMeans};
use netlytics_features::Rows;
use netlytics_learning::{Advance, Learner, LearningPass as _};

const WIDTH: usize = 16;

fn heaps(rows: usize, count: usize) -> Vec<f64> {
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let points = (0..count * WIDTH).map(|_| noise() * 10.0).collect::<Vec<_>>();
    let mut values = Vec::with_capacity(rows * WIDTH);
    for row in 0..rows {
        let point = points.iter().skip(row % count * WIDTH).take(WIDTH);
        values.extend(point.map(|value| value + (0..4).map(|_| noise()).sum::<f64>() - 2.0));
    }
    values
}

/// The time of the pass that follows so many others.
fn pass<L: Learner>(criterion: &mut Criterion, name: &str, learner: &L, rows: &Rows<'_>, passes_before: usize) {
    let mut state = learner.start();
    for _ in 0..passes_before {
        let mut pass = learner.pass(&state).unwrap();
        pass.push(rows).unwrap();
        match learner.advance(state, pass.finish()).unwrap() {
            Advance::Again { state: next, .. } => state = next,
            Advance::Done { .. } => return,
        }
    }
    let mut group = criterion.benchmark_group("centers");
    group.sample_size(10).throughput(Throughput::Elements(rows.len() as u64));
    group.bench_function(name, |bench| {
        bench.iter(|| {
            let mut pass = learner.pass(&state).unwrap();
            pass.push(black_box(rows)).unwrap();
            pass.finish()
        });
    });
    group.finish();
}

fn centers(criterion: &mut Criterion) {
    let values = heaps(1_000_000, 16);
    let rows = Rows::dense(WIDTH, &values).unwrap();
    let kmeans = |k| {
        let init = kmeans::Init::Random;
        KMeans::new(kmeans::Params { k, tol: 0.0, max_iter: 1000, init, ..Default::default() }).unwrap()
    };
    pass(criterion, "kmeans step, 1M rows of 16, k=16", &kmeans(16), &rows, 1);
    pass(criterion, "kmeans step, 1M rows of 16, k=5", &kmeans(5), &rows, 1);
    let parallel = KMeans::new(kmeans::Params::default()).unwrap();
    pass(criterion, "kmeans bounds, 1M rows of 16", &parallel, &rows, 0);
    pass(criterion, "kmeans seeding, 1M rows of 16, k=5", &parallel, &rows, 1);
    let bisecting = Bisecting::new(bisecting::Params::default()).unwrap();
    pass(criterion, "bisecting step, 1M rows of 16, first level", &bisecting, &rows, 2);
    let values = heaps(100_000, 8);
    let rows = Rows::dense(WIDTH, &values).unwrap();
    for (name, covariance) in [("full", Covariance::Full), ("diag", Covariance::Diagonal)] {
        let init = gaussian_mixture::Init::Random;
        let params = gaussian_mixture::Params { k: 8, tol: 0.0, init, covariance, ..Default::default() };
        let name = format!("gaussian mixture step, 100k rows of 16, k=8, {name}");
        pass(criterion, &name, &GaussianMixture::new(params).unwrap(), &rows, 2);
    }
}

criterion_group!(benches, centers);
criterion_main!(benches);
