//! The critical values λ of the generalised ESD test.

use std::f64::consts::PI;

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// How many of the values taken are outliers: the last step whose deviation is above the critical value.
///
/// Critical values fall from step to step, so that steps below the critical value of a later one need none of their own:
/// from the last step down few are computed. `tail` is α, halved where the test is two-sided.
pub(super) fn last_significant(deviations: &[f64], sample: usize, tail: f64) -> usize {
    let mut floor = None;
    for (earlier, &deviation) in deviations.iter().enumerate().rev() {
        if floor.is_some_and(|floor| deviation <= floor) {
            continue;
        }
        let critical = critical(sample - earlier, tail);
        if deviation > critical {
            return earlier + 1;
        }
        floor = Some(critical);
    }
    0
}

/// The critical value for the farthest of `left` values, at least 3.
pub(super) fn critical(left: usize, tail: f64) -> f64 {
    let left = left as f64;
    let freedom = left - 2.0;
    let t = student(tail / left, freedom);
    (left - 1.0) * t / ((freedom + t * t) * left).sqrt()
}

/// From so many degrees of freedom the expansion is exact to 1e-13; the iteration of `statrs` loses digits with more of
/// them and above some 10^7 does not end.
const MANY: f64 = 5000.0;

/// The number that Student's t of 1 or more degrees of freedom is above with this probability, at least 1e-18.
fn student(tail: f64, freedom: f64) -> f64 {
    if freedom <= 1.0 {
        return 1.0 / (PI * tail).tan();
    }
    if freedom < MANY {
        return StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |student| -student.inverse_cdf(tail));
    }
    // Abramowitz and Stegun, "Handbook of mathematical functions", 26.7.5.
    let z = -Normal::standard().inverse_cdf(tail);
    let (s, n) = (z * z, 1.0 / freedom);
    let terms = [
        (s + 1.0) / 4.0,
        ((5.0 * s + 16.0) * s + 3.0) / 96.0,
        (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0,
        ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0,
    ];
    z * (1.0 + n * terms.iter().rev().fold(0.0, |sum, term| sum * n + term))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_rosners_table() {
        // Rosner's example as NIST's handbook of statistical methods has it (1.3.5.17.3): n = 54, α = 0.05, steps 1, 5, 10.
        for (step, expected) in [(1, 3.158), (5, 3.128), (10, 3.085)] {
            let found = critical(54 - step + 1, 0.025);
            assert!((found - expected).abs() < 1e-3, "step {step}: {found} is not {expected}");
        }
    }

    #[test]
    fn both_ways_to_students_quantiles_meet() {
        for tail in [1e-12, 1e-9, 1e-6, 1e-4, 0.01] {
            let (iterated, expanded) = (student(tail, MANY - 1e-6), student(tail, MANY));
            assert!((iterated / expanded - 1.0).abs() < 1e-11, "{tail}: {iterated} and {expanded}");
        }
        // Closed forms for one and two degrees of freedom.
        assert!((student(0.25, 1.0) - 1.0).abs() < 1e-15);
        assert!((student(0.1, 2.0) - 0.8 / (2.0 * 0.1 * 0.9_f64).sqrt()).abs() < 1e-13);
    }

    #[test]
    fn they_fall_with_the_sample_and_stay_finite() {
        for tail in [5e-10, 1e-6, 0.0125, 0.025, 0.25, 0.5] {
            let sizes = (3..3000).chain([5000, 1 << 14, 1 << 17, 1 << 20, 1 << 24]);
            let values = sizes.map(|left| critical(left, tail)).collect::<Vec<_>>();
            assert!(values.iter().all(|value| value.is_finite() && *value > 0.0), "{tail}");
            assert!(values.is_sorted_by(|a, b| a <= b), "{tail}");
        }
    }
}
