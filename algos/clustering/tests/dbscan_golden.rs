//! What scikit-learn's DBSCAN finds in a set of four columns, for three settings. From the folder of golden outputs beside
//! the shared data (`NETLYTICS_SHARED_DATA`, or `shared/data` beside the checkout). Without the folder this test says so
//! and passes.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use netlytics_clustering::dbscan::Parameters;
use netlytics_clustering::dbscan::local::{Found, Local};
use netlytics_clustering::dbscan::points::{Member, Points};
use netlytics_features::Row;

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

fn table(text: &str) -> Vec<Vec<f64>> {
    text.lines().map(|line| line.split(',').map(|value| value.parse().unwrap()).collect()).collect()
}

#[test]
fn core_points_noise_and_clusters_are_those_of_scikit_learn() {
    let Some(folder) = golden() else { return };
    let read = |name: &str| table(&fs::read_to_string(folder.join(name)).unwrap());
    let rows = read("X.csv");
    let mut points = Points::default();
    for row in &rows {
        let row = Row::Dense(row);
        points.push(&row, Member { key: row.key(0), weight: 1, owned: true, shared: false });
    }
    for (eps, min_points, name, clusters, noise, core) in [
        (1.2, 10, "dbscan_eps1.2_min10.csv", 5, 228, 1023),
        (0.9, 5, "dbscan_eps0.9_min5.csv", 9, 412, 912),
        (2.0, 10, "dbscan_eps2.0_min10.csv", 3, 61, 1459),
    ] {
        let found = Local::new(&points, &Parameters::new(eps, min_points).unwrap()).unwrap().found;
        let expected = read(name);
        assert_eq!(found.len(), expected.len());
        let (mut ours, mut theirs) = (HashMap::new(), HashMap::new());
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(matches!(found, Found::Core(_)), expected[1] == 1.0);
            assert_eq!(matches!(found, Found::Noise), expected[0] == -1.0);
            if let Found::Core(cluster) = found {
                let label = expected[0] as i64;
                assert_eq!(*ours.entry(*cluster).or_insert(label), label);
                assert_eq!(*theirs.entry(label).or_insert(*cluster), *cluster);
            }
        }
        let counts = [Found::Noise].map(|kind| found.iter().filter(|found| **found == kind).count());
        assert_eq!(
            (ours.len(), counts[0], expected.iter().filter(|row| row[1] == 1.0).count()),
            (clusters, noise, core)
        );
        for (row, found) in rows.iter().zip(&found).filter(|(_, found)| matches!(found, Found::Border(_))) {
            let Found::Border(cluster) = found else { continue };
            let near = |other: &[f64]| row.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>() <= eps * eps;
            let legal = rows
                .iter()
                .zip(&expected)
                .any(|(other, kind)| kind[1] == 1.0 && theirs[&(kind[0] as i64)] == *cluster && near(other));
            assert!(legal, "a core point of the cluster is within eps");
        }
    }
}
