use proptest::prelude::*;

use super::*;

const HYBRID: Parameters = Parameters {
    alpha: 0.025,
    statistic: Statistic::Median { mad_scale: 1.0 },
    direction: Direction::Both,
    most: usize::MAX,
    resolution: 0.0,
};

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { (values[half - 1] + values[half]) / 2.0 }
}

/// The test as it is written down, one pass over all values a step.
fn naive(values: &[f64], parameters: &Parameters) -> Vec<usize> {
    let mut left = (0..values.len()).collect::<Vec<_>>();
    let (mut taken, mut outliers) = (Vec::new(), 0);
    let sides = if parameters.direction == Direction::Both { 2.0 } else { 1.0 };
    while taken.len() < parameters.most.min(values.len().saturating_sub(2)) {
        let sample = left.iter().map(|&i| values[i]).collect::<Vec<_>>();
        let count = sample.len() as f64;
        let (center, spread) = match parameters.statistic {
            Statistic::Median { mad_scale } => {
                let center = median(&sample);
                (center, mad_scale * median(&sample.iter().map(|value| (value - center).abs()).collect::<Vec<_>>()))
            }
            // It has no plain loop: nothing equals this.
            Statistic::MedianOrMean { .. } => (f64::NAN, f64::NAN),
            Statistic::Mean => {
                let mean = sample.iter().sum::<f64>() / count;
                (mean, (sample.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt())
            }
        };
        let spread = spread.max(parameters.resolution);
        let deviation = |value: f64| match parameters.direction {
            Direction::Both => (value - center).abs(),
            Direction::Positive => value - center,
            Direction::Negative => center - value,
        };
        let farthest = sample.iter().map(|&value| deviation(value)).fold(f64::NEG_INFINITY, f64::max);
        if spread == 0.0 || farthest == 0.0 {
            break;
        }
        let place = sample.iter().position(|&value| deviation(value) == farthest).unwrap();
        taken.push(left.remove(place));
        if farthest / spread > critical::critical(sample.len(), parameters.alpha / sides) {
            outliers = taken.len();
        }
    }
    taken.truncate(outliers);
    taken
}

#[test]
fn rosners_example_has_three_outliers() {
    let values = [
        -0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.70,
        1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40,
        2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21, 3.26, 3.30, 3.59, 3.68, 4.30, 4.64, 5.34, 5.42, 6.01,
    ];
    let classic = Parameters { alpha: 0.05, statistic: Statistic::Mean, most: 10, ..HYBRID };
    assert_eq!(outliers(&values, &classic), Ok(vec![53, 52, 51]));
}

#[test]
fn nothing_deviates_from_a_constant() {
    for statistic in [Statistic::Mean, Statistic::Median { mad_scale: 1.0 }] {
        for resolution in [0.0, 1e-9] {
            let parameters = Parameters { statistic, resolution, ..HYBRID };
            assert_eq!(outliers(&[4.0; 30], &parameters), Ok(vec![]));
            assert_eq!(outliers(&[0.0, -0.0, 0.0, -0.0, 0.0], &parameters), Ok(vec![]));
            assert_eq!(outliers(&[], &parameters), Ok(vec![]));
            assert_eq!(outliers(&[1.0, 9.0], &parameters), Ok(vec![]));
        }
    }
}

#[test]
fn a_spike_on_a_constant_is_found_where_rounding_has_a_size() {
    let mut values = [4.0; 30];
    values[17] = 5.0;
    assert_eq!(outliers(&values, &HYBRID), Ok(vec![]));
    assert_eq!(outliers(&values, &Parameters { resolution: 1e-9, ..HYBRID }), Ok(vec![17]));
}

#[test]
fn huge_outliers_do_not_blur_the_mean_of_the_others() {
    let mut values = (0..100).map(|i| f64::from(i * 37 % 101)).collect::<Vec<_>>();
    values[20] = 1e17;
    values[40] = 1e9;
    values[60] = 400.0;
    let classic = Parameters { statistic: Statistic::Mean, most: 49, ..HYBRID };
    assert_eq!(outliers(&values, &classic), Ok(vec![20, 40, 60]));
}

#[test]
fn bad_input_is_an_error() {
    assert!(matches!(outliers(&[1.0, f64::NAN, 2.0], &HYBRID), Err(Error::NotFinite { index: 1, .. })));
    for (parameters, name) in [
        (Parameters { alpha: 0.0, ..HYBRID }, "alpha"),
        (Parameters { alpha: f64::NAN, ..HYBRID }, "alpha"),
        (Parameters { alpha: 0.7, ..HYBRID }, "alpha"),
        (Parameters { statistic: Statistic::Median { mad_scale: 0.0 }, ..HYBRID }, "mad_scale"),
        (Parameters { resolution: -1.0, ..HYBRID }, "resolution"),
    ] {
        let error = outliers(&[1.0, 2.0, 3.0], &parameters).unwrap_err();
        assert!(matches!(error, Error::Parameter { name: found, .. } if found == name), "{error}");
    }
}

fn sample() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        prop::collection::vec((-5..5).prop_map(f64::from), 0..200),
        prop::collection::vec((-1e3..1e3_f64).prop_map(|value| value * value * value), 0..200),
        prop::collection::vec(prop_oneof![9 => -1.0..1.0, 1 => -50.0..50.0], 0..200),
        prop::collection::vec(prop_oneof![9 => (0..3).prop_map(f64::from), 1 => (0..90).prop_map(f64::from)], 0..200),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn equals_the_naive_loop(
        values in sample(),
        alpha in prop_oneof![Just(0.025), Just(0.05), Just(0.5), 1e-6..0.5],
        direction in prop_oneof![Just(Direction::Both), Just(Direction::Positive), Just(Direction::Negative)],
        statistic in prop_oneof![
            Just(Statistic::Median { mad_scale: 1.0 }), Just(Statistic::Median { mad_scale: 1.4826 }), Just(Statistic::Mean),
        ],
        most in prop_oneof![Just(usize::MAX), 0..100_usize],
        resolution in prop_oneof![Just(0.0), Just(1e-9), Just(0.5)],
    ) {
        let parameters = Parameters { alpha, statistic, direction, most, resolution };
        prop_assert_eq!(outliers(&values, &parameters).unwrap(), naive(&values, &parameters));
    }
}

#[test]
fn the_mean_deviation_is_that_of_the_values_left() {
    let values = [0.0, 5.0, -3.0, 0.0, 0.0, 1e15, 0.0, 0.0, 2.0, 0.0];
    let mut left = Survivors::new(&values);
    let outward = left.outward(0.0);
    for expected in [1e15 + 10.0, 10.0, 5.0, 2.0, 0.0] {
        let count = left.window().len() as f64;
        assert_eq!(left.mean_deviation(&outward), expected / count);
        left.farthest(0.0, Direction::Both);
    }
}

#[test]
fn rare_values_are_outliers_beside_a_majority_and_common_ones_are_not() {
    let statistic = Statistic::MedianOrMean { mad_scale: 1.4826 };
    let found = |ones: usize| {
        let values = (0..1000).map(|at| if at < ones { 1.0 } else { 4.0 }).collect::<Vec<_>>();
        outliers(&values, &Parameters { statistic, most: 499, resolution: 1e-12, ..HYBRID }).unwrap().len()
    };
    assert_eq!((found(1), found(50), found(300), found(499)), (1, 50, 0, 0));
}
