//! The generalised extreme studentised deviate test for several outliers in a sample.
//!
//! B. Rosner, "Percentage points for a generalized ESD many-outlier procedure", Technometrics 25(2), 1983. Step i of at
//! most m takes the value farthest from the centre of those left, in units of their spread, R_i. With N = n − i + 1 values
//! left and t the Student quantile of N − 2 degrees of freedom at 1 − α/(2N) (one-sided: 1 − α/N),
//! λ_i = (N − 1)·t / √((N − 2 + t²)·N). The outliers are the values taken up to the last step with R_i > λ_i.
//!
//! What is taken is always the least or the greatest value left, so that those left are a window of the sorted sample: their
//! median is a look-up and their MAD a binary search in the two runs beside it. O(n log n) in all, against O(n²) of the
//! usual loop.

mod critical;
mod survivors;

use serde::Deserialize;

use self::critical::{critical, last_significant};
use self::survivors::{Moments, Survivors};
use crate::{Error, series};

/// Which side of the centre outliers are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// On either: the test is two-sided.
    #[default]
    Both,
    /// Above.
    #[serde(rename = "pos")]
    Positive,
    /// Below.
    #[serde(rename = "neg")]
    Negative,
}

/// What centre and spread are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// Median, and `mad_scale` times the median absolute deviation from it: few outliers do not move them ("hybrid").
    /// 1.4826 makes the spread that of a normal sample's standard deviation; 1 finds more outliers.
    Median { mad_scale: f64 },
    /// The same, also for samples more than half of whose values are equal. Their median absolute deviation is 0 (below
    /// the resolution), and everything else would be an outlier. The mean absolute deviation, brought to the same scale,
    /// takes its place (B. Iglewicz and D. Hoaglin, "How to detect and handle outliers", 1993, for their modified z-score),
    /// and the search ends with the first value that is not significant: once the extremes are out the spread would vanish
    /// for any sample.
    MedianOrMean { mad_scale: f64 },
    /// Mean and population standard deviation ("classic"). Rosner divides by N − 1 instead of N.
    Mean,
}

/// What makes the mean absolute deviation of a normal sample its median absolute deviation: √(π/2) / 1.4826.
const MEAN_TO_MEDIAN: f64 = 0.845_347_5;

/// Parameters of [`outliers`].
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// Level of significance, from 1e-9 to 0.5.
    pub alpha: f64,
    pub statistic: Statistic,
    pub direction: Direction,
    /// Most outliers to find. Above half of the sample, which is beyond the test's purpose, it stops at all but two values.
    pub most: usize,
    /// A spread below this counts as this: differences as small as that are rounding. At 0, a spread of 0 ends the
    /// search, as in R's AnomalyDetection: with [`Statistic::Median`] nothing is found where more than half of the values
    /// are equal.
    pub resolution: f64,
}

impl Parameters {
    /// Whether every parameter is in its range.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if !(1e-9..=0.5).contains(&self.alpha) {
            return Err(Error::parameter("alpha", "a level from 1e-9 to 0.5", self.alpha));
        }
        if let Statistic::Median { mad_scale } | Statistic::MedianOrMean { mad_scale } = self.statistic
            && !(mad_scale > 0.0 && mad_scale.is_finite())
        {
            return Err(Error::parameter("mad_scale", "a factor above 0", mad_scale));
        }
        if !(self.resolution >= 0.0 && self.resolution.is_finite()) {
            return Err(Error::parameter("resolution", "a number not below 0", self.resolution));
        }
        Ok(())
    }
}

/// The outliers' positions in `values`, the most extreme first; of equally extreme values the first.
///
/// # Errors
/// Values that are not finite, or above 1e100 in size; a parameter outside its range.
pub fn outliers(values: &[f64], parameters: &Parameters) -> Result<Vec<usize>, Error> {
    parameters.check()?;
    series::check_values(values)?;
    let most = parameters.most.min(values.len().saturating_sub(2));
    let sides = if parameters.direction == Direction::Both { 2.0 } else { 1.0 };
    let tail = parameters.alpha / sides;
    let (mut taken, deviations) = take(values, most, tail, parameters);
    taken.truncate(last_significant(&deviations, values.len(), tail));
    Ok(taken)
}

/// The positions taken in turn, and how many spreads each was from the centre. Ends early where nothing deviates.
fn take(values: &[f64], most: usize, tail: f64, parameters: &Parameters) -> (Vec<usize>, Vec<f64>) {
    let mut left = Survivors::new(values);
    let mut moments = Moments::default();
    // Once more than half of the values are equal, they stay so: only values farther from the centre are taken.
    let mut alike = None;
    let (mut taken, mut deviations) = (Vec::with_capacity(most), Vec::with_capacity(most));
    while taken.len() < most {
        let (center, spread) = match parameters.statistic {
            Statistic::Median { mad_scale } => {
                let center = left.median();
                (center, mad_scale * left.median_deviation(center))
            }
            Statistic::MedianOrMean { mad_scale } => {
                let center = left.median();
                let deviation = left.median_deviation(center);
                if deviation <= parameters.resolution {
                    let outward = alike.get_or_insert_with(|| left.outward(center));
                    (center, mad_scale * MEAN_TO_MEDIAN * left.mean_deviation(outward))
                } else {
                    (center, mad_scale * deviation)
                }
            }
            Statistic::Mean => moments.of(&left),
        };
        let spread = spread.max(parameters.resolution);
        let number = left.window().len();
        let Some((position, value)) = left.farthest(center, parameters.direction) else { break };
        let deviation = (value - center).abs();
        let insignificant = || deviation <= spread * critical(number, tail);
        if spread == 0.0 || deviation == 0.0 || (alike.is_some() && insignificant()) {
            break;
        }
        moments.without(value);
        taken.push(position);
        deviations.push(deviation / spread);
    }
    (taken, deviations)
}

#[cfg(test)]
mod tests;
