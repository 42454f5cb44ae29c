//! The bounds that outliers are outside of.

use super::Moments;
use crate::Error;

/// Numbers below `low` or above `high` are outliers; the bounds themselves are not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub low: f64,
    pub high: f64,
}

/// What [`Bounds::gaussian`] is usually given.
pub const GAUSSIAN_FACTOR: f64 = 3.0;
/// What [`Bounds::boxplot`] is usually given.
pub const BOXPLOT_FACTOR: f64 = 1.5;

impl Bounds {
    /// Mean ± `factor` population standard deviations.
    ///
    /// # Errors
    /// No values; a factor that is negative or not finite, or so large that the bounds are not finite.
    pub fn gaussian(moments: &Moments, factor: f64) -> Result<Self, Error> {
        check(factor)?;
        let (Some(mean), Some(deviation)) = (moments.mean(), moments.population_std()) else {
            return Err(Error::TooShort { found: 0, needed: 1, reason: "a mean" });
        };
        Self::around(mean, mean, factor, deviation)
    }

    /// `factor` times their distance outside the quartiles `lower` and `upper`.
    ///
    /// # Errors
    /// Quartiles that are not finite or not in order; a factor as for [`Bounds::gaussian`].
    pub fn boxplot(lower: f64, upper: f64, factor: f64) -> Result<Self, Error> {
        check(factor)?;
        if !(lower.is_finite() && upper.is_finite() && lower <= upper) {
            return Err(Error::parameter("quartiles", "finite numbers, the lower first", format!("{lower}, {upper}")));
        }
        Self::around(lower, upper, factor, upper - lower)
    }

    fn around(lower: f64, upper: f64, factor: f64, unit: f64) -> Result<Self, Error> {
        let (low, high) = (lower - factor * unit, upper + factor * unit);
        match low.is_finite() && high.is_finite() {
            true => Ok(Self { low, high }),
            false => Err(Error::parameter("factor", "one that leaves the bounds finite", factor)),
        }
    }

    /// Whether a number is strictly outside. NaN is not.
    #[must_use]
    pub fn is_outlier(&self, value: f64) -> bool {
        value < self.low || value > self.high
    }

    /// Positions of the outliers.
    pub fn outliers(&self, values: &[f64]) -> impl Iterator<Item = usize> {
        values.iter().enumerate().filter(|&(_, &value)| self.is_outlier(value)).map(|(position, _)| position)
    }
}

fn check(factor: f64) -> Result<(), Error> {
    if factor >= 0.0 && factor.is_finite() {
        return Ok(());
    }
    Err(Error::parameter("factor", "a number not below 0", factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_themselves_are_inside() {
        let bounds = Bounds::boxplot(2.0, 4.0, BOXPLOT_FACTOR).unwrap();
        assert_eq!(bounds, Bounds { low: -1.0, high: 7.0 });
        assert_eq!(bounds.outliers(&[-1.0, -1.5, 3.0, 7.0, 7.5, f64::NAN]).collect::<Vec<_>>(), [1, 4]);
        let moments = Moments::of(&[1.0, 3.0]).unwrap();
        assert_eq!(Bounds::gaussian(&moments, GAUSSIAN_FACTOR), Ok(Bounds { low: -1.0, high: 5.0 }));
    }

    #[test]
    fn a_constant_column_has_no_outliers() {
        let values = [0.1; 1000];
        let bounds = Bounds::gaussian(&Moments::of(&values).unwrap(), GAUSSIAN_FACTOR).unwrap();
        assert_eq!(bounds.outliers(&values).count(), 0);
    }

    #[test]
    fn bad_input_is_an_error() {
        assert!(matches!(Bounds::gaussian(&Moments::default(), 3.0), Err(Error::TooShort { found: 0, .. })));
        let moments = Moments::of(&[1.0]).unwrap();
        for factor in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(Bounds::gaussian(&moments, factor), Err(Error::Parameter { name: "factor", .. })));
            assert!(matches!(Bounds::boxplot(1.0, 2.0, factor), Err(Error::Parameter { name: "factor", .. })));
        }
        for (lower, upper) in [(2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert!(matches!(Bounds::boxplot(lower, upper, 1.5), Err(Error::Parameter { name: "quartiles", .. })));
        }
    }
}
