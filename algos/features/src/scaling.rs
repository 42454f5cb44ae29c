//! Columns of numbers brought to one scale.

use netlytics_sums::ExactSum;
use serde::{Deserialize, Serialize};

/// How a column is scaled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// Not at all.
    #[default]
    None,
    /// To mean 0 and standard deviation 1, that of the column as the whole population.
    Standard,
    /// To 0 for the least number and 1 for the largest.
    MinMax,
}

/// What the scale of a column follows from; the same however its numbers are cut and ordered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    count: u64,
    least: f64,
    most: f64,
    sum: ExactSum,
    squares: ExactSum,
}

impl Default for Moments {
    fn default() -> Self {
        let (sum, squares) = (ExactSum::default(), ExactSum::default());
        Self { count: 0, least: f64::INFINITY, most: f64::NEG_INFINITY, sum, squares }
    }
}

impl Moments {
    /// Adds finite numbers, as far as the scale needs them.
    pub fn add(&mut self, scale: Scale, numbers: impl Iterator<Item = f64>) {
        for number in numbers {
            // Of −0 and 0 either could be the least.
            let number = number + 0.0;
            self.count += 1;
            self.least = self.least.min(number);
            self.most = self.most.max(number);
            if scale == Scale::Standard {
                self.sum.add(number);
                self.squares.add_product(number, number);
            }
        }
    }

    /// Both together.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
    }

    /// None if the numbers are so large that no double holds their spread.
    #[must_use]
    pub fn scaling(&self, scale: Scale) -> Option<Scaling> {
        let count = self.count as f64;
        let found = match scale {
            Scale::None => return Some(Scaling::default()),
            _ if self.count == 0 || self.least == self.most => Scaling { centre: 0.0, spread: 0.0 },
            Scale::MinMax => Scaling { centre: self.least, spread: self.most - self.least },
            Scale::Standard => {
                Scaling { centre: self.sum.value() / count, spread: self.squared_deviations().sqrt() / count }
            }
        };
        (found.centre.is_finite() && found.spread.is_finite()).then_some(found)
    }

    /// n·Σx² − (Σx)², which is n² variances: exact, as in doubles all bits could cancel. NaN when it is too large.
    fn squared_deviations(&self) -> f64 {
        let mut difference = ExactSum::default();
        for square in expansion(&self.squares) {
            difference.add_product(self.count as f64, square);
        }
        let sums = expansion(&self.sum);
        for one in sums {
            for other in sums {
                difference.add_product(-one, other);
            }
        }
        let difference = difference.value();
        if difference < 0.0 { 0.0 } else { difference }
    }
}

/// Doubles that add up to a sum, to 212 bits of it.
fn expansion(sum: &ExactSum) -> [f64; 4] {
    let mut rest = sum.clone();
    [(); 4].map(|()| {
        let part = rest.value();
        rest.add(-part);
        part
    })
}

/// The scale of a column: a number becomes (number − centre) / spread, or 0 in a column without spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scaling {
    pub centre: f64,
    pub spread: f64,
}

/// Leaves numbers as they are.
impl Default for Scaling {
    fn default() -> Self {
        Self { centre: 0.0, spread: 1.0 }
    }
}

impl Scaling {
    #[inline]
    #[must_use]
    pub fn apply(self, number: f64) -> f64 {
        if self.spread == 0.0 { 0.0 } else { (number - self.centre) / self.spread }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moments(scale: Scale, numbers: &[f64]) -> Moments {
        let mut moments = Moments::default();
        moments.add(scale, numbers.iter().copied());
        moments
    }

    fn scaled(scale: Scale, numbers: &[f64]) -> Vec<f64> {
        let scaling = moments(scale, numbers).scaling(scale).unwrap();
        numbers.iter().map(|&number| scaling.apply(number)).collect()
    }

    #[test]
    fn each_scale() {
        assert_eq!(scaled(Scale::None, &[2.0, -0.5]), [2.0, -0.5]);
        assert_eq!(scaled(Scale::MinMax, &[2.0, 6.0, 3.0]), [0.0, 1.0, 0.25]);
        assert_eq!(scaled(Scale::Standard, &[1.0, 3.0]), [-1.0, 1.0]);
    }

    #[test]
    fn constant_columns_are_0() {
        for scale in [Scale::Standard, Scale::MinMax] {
            assert_eq!(scaled(scale, &[0.1; 1000]), [0.0; 1000]);
        }
    }

    #[test]
    fn a_small_spread_far_from_0_is_not_lost() {
        // Seconds since the epoch: their squares have no bits left for the microseconds.
        let times = [1.7e9, 1.7e9 + 1e-6, 1.7e9 + 2e-6];
        let steps = times.map(|time| time - 1.7e9);
        let mean = steps.iter().sum::<f64>() / 3.0;
        let deviation = (steps.iter().map(|step| (step - mean).powi(2)).sum::<f64>() / 3.0).sqrt();
        let spread = moments(Scale::Standard, &times).scaling(Scale::Standard).unwrap().spread;
        assert!((spread / deviation - 1.0).abs() < 1e-12, "{spread} {deviation}");
    }

    #[test]
    fn numbers_too_far_apart_have_no_scale() {
        let far = [f64::MAX, -f64::MAX];
        for scale in [Scale::Standard, Scale::MinMax] {
            assert_eq!(moments(scale, &far).scaling(scale), None);
        }
    }

    proptest! {
        #[test]
        fn however_they_are_cut_and_as_computed_plainly(
            numbers in prop::collection::vec(prop_oneof![Just(-0.0), -1e3..1e3_f64], 2..40), cut in 0..40_usize
        ) {
            let (left, right) = numbers.split_at(cut.min(numbers.len()));
            for scale in [Scale::Standard, Scale::MinMax] {
                let whole = moments(scale, &numbers);
                let mut merged = moments(scale, right);
                merged.merge(&moments(scale, left));
                let bits = |moments: &Moments| moments.scaling(scale).map(|found| [found.centre, found.spread].map(f64::to_bits));
                prop_assert_eq!(bits(&merged), bits(&whole));
            }
            let count = numbers.len() as f64;
            let mean = numbers.iter().sum::<f64>() / count;
            let deviation = (numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>() / count).sqrt();
            let found = moments(Scale::Standard, &numbers).scaling(Scale::Standard).unwrap();
            prop_assert!((found.spread - deviation).abs() <= 1e-12 * deviation.max(1.0));
        }
    }
}
