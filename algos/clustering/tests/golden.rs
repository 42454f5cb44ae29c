//! What scikit-learn finds in a synthetic table of 1560 rows: five heaps and noise. From the folder of golden outputs
//! beside the shared data (`NETLYTICS_SHARED_DATA`, or `shared/data` beside the checkout). Without the folder these tests
//! say so and pass.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use netlytics_clustering::bisecting::{self, Bisecting};
use netlytics_clustering::gaussian_mixture::{self, GaussianMixture};
use netlytics_clustering::kmeans::{Init, KMeans, Params, Scorer};
use netlytics_features::Rows;
use netlytics_learning::fit;
use serde_json::Value;

const WIDTH: usize = 4;

fn golden() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/golden");
    let folder = match std::env::var_os("NETLYTICS_SHARED_DATA") {
        Some(data) => PathBuf::from(data).join("../golden"),
        None => PathBuf::from(beside),
    };
    let folder = folder.join("sklearn");
    if !folder.is_dir() {
        eprintln!("skipped: no golden outputs in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn expected(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("golden.json")).unwrap()).unwrap()
}

fn table(path: &Path) -> Vec<Vec<f64>> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split(',').map(|number| number.parse().unwrap()).collect()).collect()
}

fn apart(found: &[Vec<f64>], expected: &[Vec<f64>]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let pairs = found.iter().flatten().zip(expected.iter().flatten());
    pairs.fold(0.0, |most: f64, (found, expected)| most.max((found - expected).abs() / expected.abs().max(1e-3)))
}

#[test]
fn kmeans_from_given_centres() {
    let Some(folder) = golden() else { return };
    let expected = &expected(&folder)["kmeans"];
    let table_of = |name: &str| table(&folder.join(name));
    let rows = table_of("X.csv");
    let init = Init::Centers(rows.iter().take(5).cloned().collect());
    let values = rows.concat();
    let rows = Rows::dense(WIDTH, &values).unwrap();
    let params = Params { init, tol: 0.0, max_iter: 300, ..Params::default() };
    let (model, summary) = fit(&KMeans::new(params).unwrap(), &[rows]).unwrap();
    let inertia = expected["inertia"].as_f64().unwrap();
    assert!((summary.cost / inertia - 1.0).abs() < 1e-12, "{} is not {inertia}", summary.cost);
    assert_eq!(Some(summary.iterations), expected["n_iter"].as_u64());
    let apart = apart(&model.centers, &table_of("kmeans_centers.csv"));
    eprintln!("centres: {apart:e} apart");
    assert!(apart < 1e-9);
    let mut labels = Vec::new();
    Scorer::new(&model).score(&rows, &mut labels).unwrap();
    let labels = labels.into_iter().map(|label| vec![label as f64]).collect::<Vec<_>>();
    assert_eq!(labels, table_of("kmeans_labels.csv"));
}

#[test]
fn kmeans_from_its_own_centres() {
    let Some(folder) = golden() else { return };
    let values = table(&folder.join("X.csv")).concat();
    let rows = Rows::dense(WIDTH, &values).unwrap();
    // KMeans(5, init="k-means++", n_init=10, random_state=s).inertia_ of scikit-learn 1.9.1, median of s = 0..19.
    let median = 13_074.438_709_718_048;
    let cost = |seed| {
        let params = Params { seed, max_iter: 300, ..Params::default() };
        fit(&KMeans::new(params).unwrap(), &[rows]).unwrap().1.cost
    };
    let mut costs = (0..20).map(cost).collect::<Vec<_>>();
    costs.sort_by(f64::total_cmp);
    let found = costs.iter().skip(9).take(2).sum::<f64>() / 2.0;
    eprintln!("median cost {found}, {:.4} of scikit-learn's: {costs:?}", found / median);
    assert!(found <= 1.02 * median);
}

#[test]
fn gaussian_mixture_from_given_components() {
    let Some(folder) = golden() else { return };
    let expected = &expected(&folder)["gmm"];
    let table_of = |name: &str| table(&folder.join(name));
    let rows = table_of("X.csv");
    let means = rows.iter().take(5).cloned().collect::<Vec<_>>();
    let precisions = vec![inverse(&population_covariance(&rows)); 5];
    let init = gaussian_mixture::Init::Components { weights: vec![0.2; 5], means, precisions };
    let values = rows.concat();
    let rows = Rows::dense(WIDTH, &values).unwrap();
    let params = gaussian_mixture::Params { init, tol: 1e-10, max_iter: 500, ..Default::default() };
    let (model, summary) = fit(&GaussianMixture::new(params).unwrap(), &[rows]).unwrap();
    assert_eq!((Some(summary.iterations), summary.converged), (expected["n_iter"].as_u64(), true));
    let bound = expected["lower_bound"].as_f64().unwrap();
    assert!((summary.lower_bound - bound).abs() < 1e-10, "{} is not {bound}", summary.lower_bound);
    let weights = vec![model.weights.clone()];
    let expected_weights = vec![table_of("gmm_weights.csv").concat()];
    for (name, found, expected) in [
        ("weights", &weights, &expected_weights),
        ("means", &model.means, &table_of("gmm_means.csv")),
        ("covariances", &model.covariances, &table_of("gmm_covs.csv")),
    ] {
        let apart = apart(found, expected);
        eprintln!("{name}: {apart:e} apart");
        assert!(apart < 1e-6);
    }
    let scored = gaussian_mixture::Scorer::new(&model).unwrap().score(&rows).unwrap();
    let logs = table_of("gmm_loglik_per_row.csv").concat();
    let apart =
        scored.log_densities.iter().zip(&logs).fold(0.0, |most: f64, (one, other)| most.max((one - other).abs()));
    eprintln!("log densities: {apart:e} apart");
    assert!(apart < 1e-8);
    let labels = scored.clusters.iter().map(|label| vec![*label as f64]).collect::<Vec<_>>();
    assert_eq!(labels, table_of("gmm_labels.csv"));
}

fn population_covariance(rows: &[Vec<f64>]) -> Vec<f64> {
    let number = rows.len() as f64;
    let column = |at: usize| rows.iter().map(move |row| *row.get(at).unwrap());
    let means = (0..WIDTH).map(|at| column(at).sum::<f64>() / number).collect::<Vec<_>>();
    let centred = |at: usize| {
        let mean = *means.get(at).unwrap();
        column(at).map(move |value| value - mean)
    };
    let product = |cell: usize| centred(cell / WIDTH).zip(centred(cell % WIDTH)).map(|(one, other)| one * other);
    (0..WIDTH * WIDTH).map(|cell| product(cell).sum::<f64>() / number).collect()
}

/// Gauss and Jordan's inverse, without pivoting.
fn inverse(matrix: &[f64]) -> Vec<f64> {
    let mut rows = matrix.chunks_exact(WIDTH).map(<[f64]>::to_vec).collect::<Vec<_>>();
    for (at, row) in rows.iter_mut().enumerate() {
        row.extend((0..WIDTH).map(|column| f64::from(u8::from(column == at))));
    }
    for at in 0..WIDTH {
        let pivot = *rows.get(at).and_then(|row| row.get(at)).unwrap();
        let scaled = rows.get(at).unwrap().iter().map(|value| value / pivot).collect::<Vec<_>>();
        for (other, row) in rows.iter_mut().enumerate() {
            let factor = *row.get(at).unwrap();
            for (value, scaled) in row.iter_mut().zip(&scaled) {
                *value = if other == at { *scaled } else { *value - factor * scaled };
            }
        }
    }
    rows.iter().flat_map(|row| row.iter().skip(WIDTH).copied()).collect()
}

#[test]
fn bisecting_kmeans_costs_as_much_as_scikit_learns() {
    let Some(folder) = golden() else { return };
    let values = table(&folder.join("X.csv")).concat();
    let rows = Rows::dense(WIDTH, &values).unwrap();
    // BisectingKMeans(k, bisecting_strategy="largest_cluster", random_state=s).inertia_ of scikit-learn 1.9.1, median of
    // s = 0..19. It splits the largest cluster, one at a time, which is another tree from about twelve clusters on.
    for (k, median) in [(5, 14_182.299_840_658_272), (8, 12_000.240_864_644_835)] {
        let params = bisecting::Params { k, ..Default::default() };
        let (_, summary) = fit(&Bisecting::new(params).unwrap(), &[rows]).unwrap();
        eprintln!("{k} clusters: cost {}, {:.4} of scikit-learn's", summary.cost, summary.cost / median);
        assert!(summary.cost <= 1.02 * median);
    }
}
