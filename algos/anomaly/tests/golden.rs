//! What the reference programs find in three synthetic series: Python's `seasonal` and an ESD that sees the values left
//! (`intended_*`), and Twitter's AnomalyDetection. From the folder of golden outputs beside the shared data
//! (`NETLYTICS_SHARED_DATA`, or `shared/data` beside the checkout). Without the folder these tests say so and pass.
//!
//! The reference's own lists (`original_*`) reproduce a defect and are not compared.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use netlytics_anomaly::esd::Direction;
use netlytics_anomaly::seasonal::{self, Season};
use netlytics_anomaly::shesd::{self, Anomalies};
use netlytics_anomaly::twitter::{self, Block, Threshold};
use serde_json::Value;

const SERIES: [&str; 3] = ["syn1_5min_288", "syn2_hourly_24", "syn3_noseason"];

fn golden() -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/golden");
    let folder = match std::env::var_os("NETLYTICS_SHARED_DATA") {
        Some(data) => PathBuf::from(data).join("../golden"),
        None => PathBuf::from(beside),
    };
    let folder = folder.join("shesd");
    if !folder.is_dir() {
        eprintln!("skipped: no golden outputs in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn expected(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("golden.json")).unwrap()).unwrap()
}

fn numbers(path: &Path) -> Vec<f64> {
    fs::read_to_string(path).unwrap().lines().map(|line| line.parse().unwrap()).collect()
}

fn positions(list: &Value) -> Vec<usize> {
    list.as_array().unwrap().iter().map(|position| usize::try_from(position.as_u64().unwrap()).unwrap()).collect()
}

/// Every series with each way of telling the period that there are results for, and those results.
fn variants(expected: &Value) -> Vec<(&'static str, &'static str, Option<usize>, &Value)> {
    let mut variants = Vec::new();
    for series in SERIES {
        let all = &expected["series"][series];
        let period = all["true_period"].as_u64().map(|period| usize::try_from(period).unwrap());
        variants.extend(all.get("auto").map(|found| (series, "auto", None, found)));
        variants.extend(all.get("given").map(|found| (series, "given", period, found)));
    }
    variants
}

fn detect(values: &[f64], period: Option<usize>, change: impl FnOnce(&mut shesd::Parameters)) -> Anomalies {
    let mut parameters = shesd::Parameters::default();
    parameters.seasonal.period = period;
    change(&mut parameters);
    shesd::detect(values, &parameters).unwrap()
}

#[test]
fn periods_and_decompositions() {
    let Some(folder) = golden() else { return };
    let expected = expected(&folder);
    let variants = variants(&expected);
    assert_eq!(variants.len(), 5);
    for (series, way, period, results) in variants {
        let values = numbers(&folder.join(format!("{series}.csv")));
        let found = seasonal::decompose(&values, &seasonal::Parameters { period, ..Default::default() }).unwrap();
        let period = results["period_found"].as_u64().map(|period| usize::try_from(period).unwrap());
        assert_eq!(found.season.period(), period, "{series} {way}");

        let largest = values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        let mut worst: f64 = 0.0;
        let decomposition = fs::read_to_string(folder.join(format!("{series}.{way}.decomp.csv"))).unwrap();
        let rows = decomposition.lines().skip(1);
        assert_eq!(rows.clone().count(), values.len());
        for ((line, trend), residual) in rows.zip(&found.trend).zip(&found.residual) {
            let row = line.split(',').map(|number| number.parse::<f64>().unwrap()).collect::<Vec<_>>();
            worst = worst.max((trend - row[2]).abs()).max((residual - row[3]).abs());
        }
        if let Season::Found { seasons, .. } = &found.season {
            let expected = numbers(&folder.join(format!("{series}.{way}.seasons.csv")));
            assert_eq!(seasons.len(), expected.len());
            worst =
                seasons.iter().zip(&expected).fold(worst, |worst, (found, season)| worst.max((found - season).abs()));
        }
        eprintln!("{series} {way}: at most {:e} of the largest value apart", worst / largest);
        assert!(worst <= 1e-8 * largest, "{series} {way}: {worst} apart");
    }
}

#[test]
fn outliers_in_their_order() {
    let Some(folder) = golden() else { return };
    let expected = expected(&folder);
    for (series, way, period, results) in variants(&expected) {
        let values = numbers(&folder.join(format!("{series}.csv")));
        let found = detect(&values, period, |_| ());
        assert_eq!(found.ranking, positions(&results["intended_hybrid"]), "{series} {way} hybrid");
        let found = detect(&values, period, |parameters| parameters.hybrid = false);
        assert_eq!(found.ranking, positions(&results["intended_classic"]), "{series} {way} classic");
        let found = detect(&values, period, |parameters| {
            parameters.mad_scale = 1.4826;
            parameters.alpha = 0.05;
            parameters.max_anoms = Some(0.02);
        });
        assert_eq!(found.ranking, positions(&results["mad1.4826_alpha0.05_max2pct"]), "{series} {way} scaled");
    }
}

#[test]
fn twitters_anomalies() {
    let Some(folder) = golden() else { return };
    let expected = expected(&folder);
    let mut compared = 0;
    for series in SERIES {
        let all = &expected["series"][series];
        let Some(results) = all.get("twitter_max0.02_alpha0.05") else { continue };
        let values = numbers(&folder.join(format!("{series}.csv")));
        let period = usize::try_from(all["true_period"].as_u64().unwrap()).unwrap();
        let both =
            twitter::Parameters { max_anoms: 0.02, direction: Direction::Both, ..twitter::Parameters::new(period) };
        for (name, parameters) in [
            ("both", both.clone()),
            ("pos", twitter::Parameters { direction: Direction::Positive, ..both.clone() }),
            ("neg", twitter::Parameters { direction: Direction::Negative, ..both.clone() }),
            ("both_last", twitter::Parameters { only_last: Some(period), ..both.clone() }),
            ("both_longterm", twitter::Parameters { longterm: Some(Block::Weeks(2)), ..both.clone() }),
            ("both_medmax", twitter::Parameters { threshold: Some(Threshold::MedianMaximum), ..both.clone() }),
        ] {
            let found = twitter::detect(&values, &parameters).unwrap();
            assert_eq!(found.positions, positions(&results[name]), "{series} {name}");
            compared += 1;
        }
    }
    assert_eq!(compared, 12);
}
