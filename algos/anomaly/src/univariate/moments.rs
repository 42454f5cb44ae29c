//! Count, mean, variance, least and greatest of a column, from partitions.

use crate::{Error, series};

/// What one partition, or several merged, knows. The five numbers are all that has to be sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    pub count: u64,
    /// Mean; 0 where there are no values.
    pub center: f64,
    /// Sum of squared differences from the mean.
    pub squares: f64,
    /// Least and greatest value; +∞ and −∞ where there are no values.
    pub min: f64,
    pub max: f64,
}

impl Default for Moments {
    /// Of no values.
    fn default() -> Self {
        Self { count: 0, center: 0.0, squares: 0.0, min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Moments {
    /// Values summed at once; such blocks are merged pairwise, so that rounding grows with the logarithm of the number.
    const BLOCK: usize = 1024;

    /// Of a partition.
    ///
    /// # Errors
    /// Values that are not finite, or above 1e100 in size.
    pub fn of(values: &[f64]) -> Result<Self, Error> {
        series::check_values(values)?;
        // The moments of 2^k blocks each, k falling.
        let mut runs: Vec<(u32, Self)> = Vec::new();
        for block in values.chunks(Self::BLOCK) {
            let (mut size, mut moments) = (0, Self::of_block(block));
            while let Some((_, earlier)) = runs.pop_if(|(other, _)| *other == size) {
                moments = earlier.merge(&moments);
                size += 1;
            }
            runs.push((size, moments));
        }
        Ok(runs.into_iter().rev().fold(Self::default(), |later, (_, earlier)| earlier.merge(&later)))
    }

    fn of_block(values: &[f64]) -> Self {
        let Some(&first) = values.first() else { return Self::default() };
        let count = values.len() as f64;
        // About the first value: a constant block has exactly that mean.
        let center = first + values.iter().map(|value| value - first).sum::<f64>() / count;
        let squares = values.iter().map(|value| (value - center) * (value - center)).sum();
        let (min, max) = values.iter().fold((first, first), |(min, max), &value| (value.min(min), value.max(max)));
        Self { count: values.len() as u64, center, squares, min, max }
    }

    /// Of these values and the others (T. Chan, G. Golub and R. LeVeque, "Updating formulae and a pairwise algorithm for
    /// computing sample variances", 1979).
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let count = self.count + other.count;
        if self.count == 0 || other.count == 0 {
            return if self.count == 0 { *other } else { *self };
        }
        let off = other.center - self.center;
        let share = other.count as f64 / count as f64;
        Self {
            count,
            center: self.center + off * share,
            squares: self.squares + other.squares + off * off * share * self.count as f64,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// `None` where there are no values.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.center)
    }

    /// Standard deviation with n as divisor; `None` where there are no values.
    #[must_use]
    pub fn population_std(&self) -> Option<f64> {
        (self.count > 0).then(|| (self.squares / self.count as f64).sqrt())
    }
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
        let one = Moments::of(&[0.1; 70_001]).unwrap();
        assert_eq!((one.center, one.squares), (0.1, 0.0));
        assert_eq!(one.merge(&one).population_std(), Some(0.0));
    }

    #[test]
    fn a_small_spread_about_a_large_mean() {
        let values = (0..100_000).map(|i| 1e9 + f64::from(i % 2)).collect::<Vec<_>>();
        let moments = Moments::of(&values).unwrap();
        assert_eq!(moments.mean(), Some(1e9 + 0.5));
        assert!((moments.population_std().unwrap() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn bad_values_are_errors() {
        assert!(matches!(Moments::of(&[1.0, f64::NAN]), Err(Error::NotFinite { index: 1, .. })));
        assert_eq!(Moments::of(&[f64::MAX]), Err(Error::TooLarge { index: 0, value: f64::MAX }));
    }

    proptest! {
        #[test]
        fn partitions_merge_to_the_whole(
            values in prop::collection::vec(-1e6..1e6, 1..5000),
            parts in prop_oneof![Just(1_usize), Just(3), Just(17)],
        ) {
            let whole = Moments::of(&values).unwrap();
            let merged = values
                .chunks(values.len().div_ceil(parts))
                .map(|part| Moments::of(part).unwrap())
                .fold(Moments::default(), |all, part| all.merge(&part));
            prop_assert_eq!((merged.count, merged.min, merged.max), (whole.count, whole.min, whole.max));
            prop_assert!((merged.center - whole.center).abs() <= 1e-14 * 1e6);
            prop_assert!((merged.squares - whole.squares).abs() <= 1e-12 * whole.squares);
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            prop_assert!((whole.center - mean).abs() <= 1e-12 * 1e6);
            let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
            prop_assert!((whole.squares - squares).abs() <= 1e-12 * squares);
        }
    }
}
