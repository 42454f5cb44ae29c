use proptest::prelude::*;

use super::*;

/// Sine of a period on a line, with noise that is the same at each run.
fn wave(length: u32, period: f64, noise: f64) -> Vec<f64> {
    let mut state = 7_u32;
    (0..length)
        .map(|x| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let jitter = f64::from(state >> 8) / f64::from(1 << 24) - 0.5;
            10.0 + 0.01 * f64::from(x) + 3.0 * (std::f64::consts::TAU * f64::from(x) / period).sin() + noise * jitter
        })
        .collect()
}

#[test]
fn a_period_is_found() {
    let found = decompose(&wave(1000, 48.0, 0.5), &Parameters::default()).unwrap();
    assert_eq!(found.season.period(), Some(48));
    let Season::Found { explained, .. } = found.season else { panic!("{:?}", found.season) };
    assert!(explained > 0.98 && explained < 1.0, "{explained}");
}

#[test]
fn long_periods_are_found_where_they_may_be() {
    let values = wave(7000, 1440.0, 0.5);
    assert_eq!(decompose(&values, &Parameters::default()).unwrap().season, Season::None);
    let wider = Parameters { max_period: 2000, ..Parameters::default() };
    let found = decompose(&values, &wider).unwrap().season.period().unwrap();
    assert!((1400..1480).contains(&found), "{found}");
}

#[test]
fn a_given_period_that_explains_nothing_is_rejected_and_nothing_else_is_subtracted() {
    let values = wave(1000, 48.0, 0.5);
    let found = decompose(&values, &Parameters { period: Some(31), ..Parameters::default() }).unwrap();
    let Season::Rejected { period: 31, explained } = found.season else { panic!("{:?}", found.season) };
    assert!(explained < 0.05, "{explained}");
    for ((value, trend), residual) in values.iter().zip(&found.trend).zip(&found.residual) {
        assert_eq!(value - trend, *residual);
    }
}

#[test]
fn the_unit_does_not_decide() {
    let values = wave(1000, 48.0, 0.5);
    for unit in [1e-30, 1e-6, 1e12, 1e40] {
        let scaled = values.iter().map(|value| value * unit).collect::<Vec<_>>();
        assert_eq!(decompose(&scaled, &Parameters::default()).unwrap().season.period(), Some(48), "{unit}");
    }
}

#[test]
fn straight_lines_have_no_season() {
    let line = (0..500).map(|x| 5.0 + 0.3 * f64::from(x)).collect::<Vec<_>>();
    let found = decompose(&line, &Parameters::default()).unwrap();
    assert_eq!(found.season, Season::None);
    assert!(series::largest(&found.residual) < 1e-10);
}

#[test]
fn bad_input_is_an_error() {
    let values = wave(100, 12.0, 0.5);
    let with = |index: usize, value: f64| {
        let mut values = values.clone();
        values[index] = value;
        decompose(&values, &Parameters::default()).unwrap_err()
    };
    assert!(matches!(with(3, f64::NAN), Error::NotFinite { index: 3, value } if value.is_nan()));
    assert_eq!(with(4, f64::NEG_INFINITY), Error::NotFinite { index: 4, value: f64::NEG_INFINITY });
    assert_eq!(with(5, 1e300), Error::TooLarge { index: 5, value: 1e300 });
    assert_eq!(decompose(&[2.0; 50], &Parameters::default()), Err(Error::Constant { value: 2.0 }));
    assert!(matches!(
        decompose(&values[..7], &Parameters::default()),
        Err(Error::TooShort { found: 7, needed: 8, .. })
    ));
    for (parameters, name) in [
        (Parameters { period: Some(1), ..Parameters::default() }, "period"),
        (Parameters { max_period: 3, ..Parameters::default() }, "max_period"),
        (Parameters { min_explained: f64::NAN, ..Parameters::default() }, "min_explained"),
        (Parameters { peak_threshold: 0.0, ..Parameters::default() }, "peak_threshold"),
    ] {
        let error = decompose(&values, &parameters).unwrap_err();
        assert!(matches!(error, Error::Parameter { name: found, .. } if found == name), "{error}");
    }
    let long = Parameters { period: Some(51), ..Parameters::default() };
    assert!(matches!(decompose(&values, &long), Err(Error::TooShort { found: 100, needed: 102, .. })));
}

proptest! {
    #[test]
    fn every_series_long_enough_is_the_sum_of_its_parts(
        values in prop::collection::vec(prop_oneof![(-3..3).prop_map(f64::from), -1e6..1e6], 8..300),
        period in prop::option::of(2..20_usize),
    ) {
        let period = period.filter(|period| period * 2 <= values.len());
        match decompose(&values, &Parameters { period, ..Parameters::default() }) {
            Err(Error::Constant { .. }) => prop_assert!(values.windows(2).all(|pair| pair[0] == pair[1])),
            Err(other) => prop_assert!(false, "{other}"),
            Ok(found) => {
                let seasons = match found.season {
                    Season::Found { seasons, .. } => seasons,
                    _ => vec![0.0],
                };
                for (place, value) in values.iter().enumerate() {
                    let sum = found.trend[place] + seasons[place % seasons.len()] + found.residual[place];
                    prop_assert!((sum - value).abs() <= 1e-9 * series::largest(&values));
                }
            }
        }
    }
}
