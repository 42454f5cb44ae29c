//! Count, mean, variance, least and greatest of a column, from partitions.

use netlytics_sums::ExactSum;
use serde::{Deserialize, Serialize};

use crate::{Error, series};

/// What one partition, or several merged, knows: the same to the last bit for any partitions, in any order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    pub count: u64,
    /// Of the values.
    sum: ExactSum,
    /// Of their squares.
    squares: ExactSum,
    /// Least and greatest value, −0 before 0; +∞ and −∞ where there are no values.
    pub min: f64,
    pub max: f64,
}

impl Default for Moments {
    /// Of no values.
    fn default() -> Self {
        let (sum, squares) = (ExactSum::default(), ExactSum::default());
        Self { count: 0, sum, squares, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Moments {
    /// Of a partition.
    ///
    /// # Errors
    /// Values that are not finite, or above 1e100 in size.
    pub fn of(values: &[f64]) -> Result<Self, Error> {
        let mut moments = Self::default();
        moments.add(values)?;
        Ok(moments)
    }

    /// Takes more values.
    ///
    /// # Errors
    /// Values that are not finite, or above 1e100 in size; then none is taken.
    pub fn add(&mut self, values: &[f64]) -> Result<(), Error> {
        series::check_values(values)?;
        for &value in values {
            self.sum.add(value);
            self.squares.add_product(value, value);
            self.widen(value, value);
        }
        self.count += values.len() as u64;
        Ok(())
    }

    /// Takes the values of the others.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
        self.widen(other.min, other.max);
    }

    fn widen(&mut self, min: f64, max: f64) {
        if min.total_cmp(&self.min).is_lt() {
            self.min = min;
        }
        if max.total_cmp(&self.max).is_gt() {
            self.max = max;
        }
    }

    /// Correctly rounded but for the rarest of ties; `None` where there are no values.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let count = self.count as f64;
        let near = self.sum.value() / count;
        (self.count > 0).then(|| near + self.sum_off(near).value() / count)
    }

    /// Standard deviation with n as divisor; `None` where there are no values.
    #[must_use]
    pub fn population_std(&self) -> Option<f64> {
        let mean = self.mean()?;
        let count = self.count as f64;
        // Σ(x − m)² = Σx² − m·(Σx + Σ(x − m)), without rounding: m is a double near the mean μ, and Σ(x − μ)² is smaller
        // by n·(μ − m)².
        let mut off = self.sum_off(mean);
        let rest = off.value();
        off.merge(&self.sum);
        let mut squares = self.squares.clone();
        for part in doubles(off) {
            squares.add_product(-mean, part);
        }
        Some(((squares.value() - rest * (rest / count)) / count).max(0.0).sqrt())
    }

    /// Σ(x − center).
    fn sum_off(&self, center: f64) -> ExactSum {
        let mut sum = self.sum.clone();
        sum.add_product(-center, self.count as f64);
        sum
    }
}

/// Doubles that add up to a sum, from the largest; what is below the smallest double is left out.
fn doubles(mut sum: ExactSum) -> impl Iterator<Item = f64> {
    std::iter::from_fn(move || {
        let largest = sum.value();
        sum.add(-largest);
        (largest != 0.0 && largest.is_finite()).then_some(largest)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_few_values() {
        let moments = Moments::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).unwrap();
        assert_eq!((moments.mean(), moments.population_std()), (Some(5.0), Some(2.0)));
        assert_eq!((moments.count, moments.min, moments.max), (8, 2.0, 9.0));
        assert_eq!(Moments::of(&[]), Ok(Moments::default()));
        assert_eq!((Moments::default().mean(), Moments::default().population_std()), (None, None));
    }

    #[test]
    fn constants_have_no_spread() {
        for constant in [0.1, -0.3, 1e100, 1e-300, f64::MIN_POSITIVE / 8.0] {
            let mut moments = Moments::of(&[constant; 7001]).unwrap();
            assert_eq!((moments.mean(), moments.population_std()), (Some(constant), Some(0.0)));
            moments.merge(&moments.clone());
            assert_eq!((moments.mean(), moments.population_std()), (Some(constant), Some(0.0)));
        }
    }

    #[test]
    fn a_small_spread_about_a_large_mean() {
        let values = (0..10_000).map(|i| 1e15 + f64::from(i % 2)).collect::<Vec<_>>();
        let moments = Moments::of(&values).unwrap();
        assert_eq!((moments.mean(), moments.population_std()), (Some(1e15 + 0.5), Some(0.5)));
        // The mean of two neighbours is none of them.
        let neighbours = Moments::of(&[1.0, 1.0 + f64::EPSILON]).unwrap();
        assert_eq!(neighbours.population_std(), Some(f64::EPSILON / 2.0));
    }

    #[test]
    fn bad_values_are_errors() {
        assert!(matches!(Moments::of(&[1.0, f64::NAN]), Err(Error::NotFinite { index: 1, .. })));
        assert_eq!(Moments::of(&[f64::MAX]), Err(Error::TooLarge { index: 0, value: f64::MAX }));
    }

    proptest! {
        #[test]
        fn the_same_to_the_last_bit_for_any_partitions_and_order(
            values in prop::collection::vec(prop_oneof![-1e6..1e6, -1e100..1e100, Just(-0.0), Just(0.0)], 1..500),
            turn in any::<prop::sample::Index>(),
        ) {
            let whole = Moments::of(&values).unwrap();
            let mut other_order = values.clone();
            other_order.rotate_left(turn.index(values.len()));
            for parts in [1, 3, 17] {
                let mut merged = Moments::default();
                for part in other_order.chunks(values.len().div_ceil(parts)).rev() {
                    merged.merge(&Moments::of(part).unwrap());
                }
                let bits = |moments: &Moments| {
                    let doubles = [moments.mean(), moments.population_std(), Some(moments.min), Some(moments.max)];
                    (moments.count, doubles.map(|double| double.unwrap().to_bits()))
                };
                prop_assert_eq!(bits(&merged), bits(&whole));
            }
        }

        #[test]
        fn as_two_passes_over_the_values(values in prop::collection::vec(-1e6..1e6, 1..500)) {
            let moments = Moments::of(&values).unwrap();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            prop_assert!((moments.mean().unwrap() - mean).abs() <= 1e-12 * 1e6);
            let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
            let expected = (squares / values.len() as f64).sqrt();
            prop_assert!((moments.population_std().unwrap() - expected).abs() <= 1e-12 * expected);
        }
    }
}
