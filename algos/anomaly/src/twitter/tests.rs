use proptest::prelude::*;

use super::*;

/// Thirty days of hours with a daily pattern and something like noise.
fn hours() -> Vec<f64> {
    (0..720).map(|x| 50.0 + f64::from((x % 24) * (23 - x % 24)) * 0.1 + f64::from(x * 7919 % 23) * 0.1).collect()
}

fn spiked() -> Vec<f64> {
    let mut values = hours();
    values[100] += 30.0;
    values[400] -= 30.0;
    values[710] += 25.0;
    values
}

fn positions(change: impl FnOnce(&mut Parameters)) -> Vec<usize> {
    let mut parameters = Parameters { max_anoms: 0.02, ..Parameters::new(24) };
    change(&mut parameters);
    detect(&spiked(), &parameters).unwrap().positions
}

#[test]
fn each_option_does_what_it_says() {
    assert_eq!(positions(|_| ()), [100, 710]);
    assert_eq!(positions(|p| p.direction = Direction::Negative), [400]);
    assert_eq!(positions(|p| p.direction = Direction::Both), [100, 400, 710]);
    assert_eq!(positions(|p| p.only_last = Some(24)), [710]);
    assert_eq!(positions(|p| p.only_last = Some(9)), []);
    assert_eq!(positions(|p| p.only_last = Some(10)), [710]);
    assert_eq!(positions(|p| p.max_anoms = 0.0001), [100]);
    assert_eq!(positions(|p| p.longterm = Some(Block::Weeks(2))), [100, 710]);
    let high = |p: &mut Parameters| (p.direction, p.threshold) = (Direction::Both, Some(Threshold::MedianMaximum));
    assert_eq!(positions(high), [100, 710]);
    assert_eq!(positions(|p| p.threshold = Some(Threshold::P99)), [100]);
}

#[test]
fn blocks_follow_a_step_of_the_level() {
    let mut values = spiked();
    for value in values.iter_mut().skip(288) {
        *value += 200.0;
    }
    let whole = Parameters { max_anoms: 0.02, ..Parameters::new(24) };
    assert!(!detect(&values, &whole).unwrap().positions.contains(&100));
    let blocks = Parameters { longterm: Some(Block::Points(288)), ..whole };
    assert_eq!(detect(&values, &blocks).unwrap().positions, [100, 710]);
}

#[test]
fn every_point_is_in_a_block_and_has_an_expectation() {
    let parameters = Parameters { longterm: Some(Block::Weeks(1)), ..Parameters::new(24) };
    let found = detect(&spiked(), &parameters).unwrap();
    assert!(found.expected.iter().chain(&found.residual).all(|value| value.is_finite()));
    assert!((found.expected[300] - hours()[300]).abs() < 3.0);
    assert_eq!(Block::Weeks(2).points(7), 15);
    assert_eq!(Block::Weeks(2).points(24), 336);
}

#[test]
fn a_silent_block_has_no_anomalies() {
    let mut values = spiked();
    values[336..672].fill(3.0);
    let parameters = Parameters { longterm: Some(Block::Weeks(2)), ..Parameters::new(24) };
    let found = detect(&values, &parameters).unwrap();
    assert!(found.positions.contains(&100));
    assert!(found.positions.iter().all(|position| !(336..672).contains(position)), "{:?}", found.positions);
}

#[test]
fn natural_periods() {
    for (step, period) in
        [(60.0, Some(1440)), (300.0, Some(288)), (3600.0, Some(24)), (DAY, Some(7)), (7.0 * DAY, None)]
    {
        assert_eq!(natural_period(step), period, "{step}");
    }
    for step in [0.0, -60.0, f64::NAN, f64::INFINITY, 7001.0, 80_000.0] {
        assert_eq!(natural_period(step), None, "{step}");
    }
}

#[test]
fn bad_input_is_an_error() {
    let with = |change: fn(&mut Parameters)| {
        let mut parameters = Parameters::new(24);
        change(&mut parameters);
        detect(&spiked(), &parameters).unwrap_err()
    };
    for (error, name) in [
        (with(|p| p.period = 1), "period"),
        (with(|p| p.max_anoms = 0.5), "max_anoms"),
        (with(|p| p.max_anoms = f64::NAN), "max_anoms"),
        (with(|p| p.alpha = 0.0), "alpha"),
        (with(|p| p.only_last = Some(0)), "only_last"),
        (with(|p| p.longterm = Some(Block::Points(47))), "longterm"),
        (with(|p| p.longterm = Some(Block::Weeks(0))), "longterm"),
    ] {
        assert!(matches!(error, Error::Parameter { name: found, .. } if found == name), "{error}");
    }
    assert!(matches!(with(|p| p.period = 361), Error::TooShort { found: 720, needed: 722, .. }));
    assert_eq!(detect(&[1.0; 100], &Parameters::new(24)), Err(Error::Constant { value: 1.0 }));
    assert!(matches!(detect(&[f64::NAN; 100], &Parameters::new(24)), Err(Error::NotFinite { index: 0, .. })));
}

proptest! {
    #[test]
    fn no_input_panics(
        values in prop::collection::vec(prop_oneof![
            (-3..3).prop_map(f64::from), -1e6..1e6, prop::num::f64::ANY, Just(1e100), Just(1e-310),
        ], 0..100),
        period in 0..30_usize,
        block in prop::option::of(0..60_usize),
    ) {
        let parameters = Parameters { longterm: block.map(Block::Points), ..Parameters::new(period) };
        if let Ok(found) = detect(&values, &parameters) {
            prop_assert!(found.residual.iter().all(|value| value.is_finite()));
        }
    }
}
