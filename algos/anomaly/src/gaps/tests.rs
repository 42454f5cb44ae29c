use proptest::prelude::*;

use super::*;

fn with(duplicates: Duplicates, gaps: Gaps) -> Policy {
    Policy { duplicates, gaps, step: None }
}

#[test]
fn rows_in_any_order_come_out_in_order() {
    let series = regular(&[180.0, 60.0, 120.0, 0.0], &[3.0, 1.0, 2.0, 0.0], &Policy::default()).unwrap();
    assert_eq!(series.times, [0.0, 60.0, 120.0, 180.0]);
    assert_eq!(series.values, [0.0, 1.0, 2.0, 3.0]);
    assert_eq!((series.step, series.filled), (60.0, vec![false; 4]));
}

#[test]
fn gaps_by_each_rule() {
    let (times, values) = ([0.0, 60.0, 120.0, 300.0], [1.0, 1.0, 2.0, 8.0]);
    let fill = |gaps| regular(&times, &values, &with(Duplicates::Error, gaps));
    let interpolated = fill(Gaps::Interpolate).unwrap();
    assert_eq!(interpolated.times, [0.0, 60.0, 120.0, 180.0, 240.0, 300.0]);
    assert_eq!(interpolated.values, [1.0, 1.0, 2.0, 4.0, 6.0, 8.0]);
    assert_eq!(interpolated.filled, [false, false, false, true, true, false]);
    assert_eq!(fill(Gaps::Zero).unwrap().values, [1.0, 1.0, 2.0, 0.0, 0.0, 8.0]);
    assert_eq!(fill(Gaps::Ignore).unwrap().values, values);
    assert_eq!(fill(Gaps::Error), Err(Error::Gap { after: 120.0, missing: 2, step: 60.0 }));
}

#[test]
fn duplicates_by_each_rule() {
    let (times, values) = ([60.0, 0.0, 60.0, 120.0], [5.0, 1.0, 2.0, 3.0]);
    let join = |duplicates| regular(&times, &values, &with(duplicates, Gaps::Error)).map(|series| series.values);
    assert_eq!(join(Duplicates::Error), Err(Error::DuplicateTime { time: 60.0 }));
    assert_eq!(join(Duplicates::Sum), Ok(vec![1.0, 7.0, 3.0]));
    assert_eq!(join(Duplicates::Mean), Ok(vec![1.0, 3.5, 3.0]));
    assert_eq!(join(Duplicates::First), Ok(vec![1.0, 5.0, 3.0]));
    assert_eq!(join(Duplicates::Last), Ok(vec![1.0, 2.0, 3.0]));
}

#[test]
fn clocks_may_drift_but_not_jump() {
    let drifting = (0..200).map(|i| f64::from(i) * 60.5).collect::<Vec<_>>();
    let values = vec![1.0; 200];
    let minutes = Policy { step: Some(60.0), ..Policy::default() };
    assert_eq!(regular(&drifting, &values, &minutes).unwrap().times, drifting);
    let interpolate = with(Duplicates::Error, Gaps::Interpolate);
    let error = regular(&[0.0, 60.0, 120.0, 150.0], &values[..4], &interpolate);
    assert_eq!(error, Err(Error::Irregular { time: 150.0, step: 60.0 }));
    let ignored = regular(&[0.0, 60.0, 120.0, 150.0], &values[..4], &with(Duplicates::Error, Gaps::Ignore)).unwrap();
    assert_eq!(ignored.times, [0.0, 60.0, 120.0, 150.0]);
}

#[test]
fn unless_told_otherwise_a_series_is_filled_only_where_most_of_it_is_there() {
    let auto = |times: &[f64], step| {
        let values = vec![1.0; times.len()];
        regular(times, &values, &Policy { step, ..Policy::default() })
            .map(|series| (series.filled, series.gaps_ignored))
    };
    // Six steps of which three have a row, then seven.
    assert_eq!(auto(&[0.0, 60.0, 300.0], None), Ok((vec![false, false, true, true, true, false], false)));
    assert_eq!(auto(&[0.0, 60.0, 360.0], None), Ok((vec![false; 3], true)));
    // A median distance that others are no multiple of is no step; one that was given is meant.
    assert_eq!(auto(&[0.0, 60.0, 120.0, 150.0], None), Ok((vec![false; 4], true)));
    assert_eq!(auto(&[0.0, 60.0, 120.0, 150.0], Some(60.0)), Err(Error::Irregular { time: 150.0, step: 60.0 }));
    assert_eq!(auto(&[0.0, 1.0, 2.0, 1e9], None), Ok((vec![false; 4], true)));
}

#[test]
fn bad_input_is_an_error() {
    let policy = Policy::default();
    assert_eq!(regular(&[1.0], &[1.0, 2.0], &policy), Err(Error::Lengths { times: 1, values: 2 }));
    assert!(matches!(regular(&[], &[], &policy), Err(Error::TooShort { found: 0, needed: 2, .. })));
    assert!(matches!(regular(&[5.0], &[1.0], &policy), Err(Error::TooShort { found: 1, needed: 2, .. })));
    assert!(matches!(regular(&[5.0, f64::NAN], &[1.0; 2], &policy), Err(Error::Time { index: 1, .. })));
    assert!(matches!(regular(&[5.0, 6.0], &[f64::INFINITY, 0.0], &policy), Err(Error::NotFinite { index: 0, .. })));
    assert!(matches!(
        regular(&[0.0, 1.0, 2.0, 1e9], &[0.0; 4], &with(Duplicates::Error, Gaps::Interpolate)),
        Err(Error::Sparse { given: 4, needed: 1_000_000_001, step: 1.0 })
    ));
    for step in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let policy = Policy { step: Some(step), ..Policy::default() };
        assert!(matches!(regular(&[0.0, 1.0], &[0.0; 2], &policy), Err(Error::Parameter { name: "step", .. })));
    }
}

proptest! {
    #[test]
    fn every_row_is_kept_and_every_step_has_one(kept in prop::collection::vec(prop::bool::weighted(0.8), 3..200), seed in any::<u64>()) {
        let mut rows = kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(i, _)| i as f64 * 300.0).collect::<Vec<_>>();
        prop_assume!(rows.len() >= 2);
        let turn = seed as usize % rows.len();
        rows.rotate_left(turn);
        let values = rows.iter().map(|time| time * 2.0).collect::<Vec<_>>();
        let policy = Policy { step: Some(300.0), ..with(Duplicates::Error, Gaps::Interpolate) };
        let series = regular(&rows, &values, &policy).unwrap();
        prop_assert_eq!(series.filled.iter().filter(|filled| !**filled).count(), rows.len());
        for (pair, value) in series.times.windows(2).zip(&series.values) {
            prop_assert!((pair[1] - pair[0] - 300.0).abs() < 1e-6);
            prop_assert!((value - pair[0] * 2.0).abs() < 1e-6);
        }
    }
}
