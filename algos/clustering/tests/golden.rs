//! What scikit-learn finds in a synthetic table of 1560 rows: five heaps and noise. From the folder of golden outputs
//! beside the shared data (`NETLYTICS_SHARED_DATA`, or `shared/data` beside the checkout). Without the folder these tests
//! say so and pass.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use netlytics_clustering::kmeans::{Init, KMeans, Params, Scorer};
use netlytics_clustering::learner::fit;
use netlytics_features::Rows;
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
