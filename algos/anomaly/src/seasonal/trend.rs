//! The smooth trend of a seasonal series.

use super::ends::straighten;
use super::periodogram::peaks;
use super::running_median::running_median;
use super::spline;

/// Peaks of the periodogram from this share of the greatest power on guess the period.
const GUESS_THRESHOLD: f64 = 0.9;

/// A cubic spline with a knot every two windows of twice the period, its ends straightened. `None` where the points do
/// not determine it.
pub(super) fn trend(values: &[f64], period: usize) -> Option<Vec<f64>> {
    let window = 2 * period - 1;
    let mut trend = spline::fit(values, &knots(values.len(), window))?;
    straighten(&mut trend, window);
    Some(trend)
}

/// Knots between the ends: evenly spaced, but the last interval is of double length.
fn knots(length: usize, window: usize) -> Vec<f64> {
    let intervals = (length / (2 * window) + 2).max(2) + 1;
    let step = (length as f64 - 1.0) / intervals as f64;
    (1..intervals - 1).map(|knot| knot as f64 * step).collect()
}

/// The period a series seems to have, its trend not yet known: the mean of the strongest periods about a wide running
/// median, weighted by their power; where there is none the longest one possible.
pub(super) fn guess_period(values: &[f64], longest: usize, negligible: f64) -> usize {
    let longest = longest.min(values.len() / 3);
    let mut broad = values.to_vec();
    for (slot, median) in broad.iter_mut().skip(longest - 1).zip(running_median(values, longest - 1)) {
        *slot = median;
    }
    straighten(&mut broad, 2 * longest - 1);
    for (slot, value) in broad.iter_mut().zip(values) {
        *slot = value - *slot;
    }
    let peaks = peaks(&broad, GUESS_THRESHOLD, longest, negligible);
    if peaks.is_empty() {
        return longest;
    }
    let power = peaks.iter().map(|peak| peak.power).sum::<f64>();
    let weighted = peaks.iter().map(|peak| peak.period as f64 * peak.power).sum::<f64>();
    (weighted / power).round_ties_even() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_interval_is_double() {
        assert_eq!(knots(1001, 2 * 100 - 1), [1000.0 / 5.0, 400.0, 600.0]);
        assert_eq!(knots(13, 7), [4.0]);
    }
}
