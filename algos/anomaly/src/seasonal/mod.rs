//! A series as trend + season + rest, and the period if it is not known.
//!
//! The method is that of the Python package `seasonal` 0.3.1 (E. Welch), which NetLytics uses, with its defaults:
//!
//! 1. The trend: a cubic least-squares spline, its knots so far apart that it cannot follow the season, its ends straight
//!    lines of Theil-Sen slope. The distance of the knots comes from the period, or from a guess at it made from the
//!    periodogram about a wide running median.
//! 2. The season: the mean of what is left at each place in the period. A period that is not given is the one among those
//!    near the peaks of the periodogram that predicts best when each point is left out in turn.
//! 3. A period is accepted if it explains at least `min_explained` of the variance about the trend.
//!
//! Three differences, none of which shows where the reference gives a sensible answer. A given period that explains too
//! little gives no season and says so ([`Season::Rejected`]); the reference goes on to subtract another period of its own.
//! The longest period that is looked for is a parameter. What counts as 0 is relative to the variance of the series where
//! that is below 1, so that the unit of the values does not decide about the season.
//!
//! Cost: O(n log w) for windows w, plus O(n) for each period tried, of which there are at most `max_period`.

mod cross_validation;
mod ends;
mod periodogram;
mod running_median;
mod spline;
mod theil_sen;
mod trend;

use self::cross_validation::Fit;
use crate::{Error, series};

/// Fewest points that have a trend.
pub const FEWEST: usize = 8;

/// Parameters of [`decompose`].
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// The period in points, at least 2, if it is known. The series must hold it twice.
    pub period: Option<usize>,
    /// The longest period looked for, in points; never more than a third of the series. At least 4.
    pub max_period: usize,
    /// The share of the variance about the trend, 0 to 1, that a season must explain.
    pub min_explained: f64,
    /// Periods with this share, 0 to 1, of the strongest one's power are tried.
    pub peak_threshold: f64,
}

impl Default for Parameters {
    /// Unknown period of at most 512 points, 5 % of the variance, half the power.
    fn default() -> Self {
        Self { period: None, max_period: 512, min_explained: 0.05, peak_threshold: 0.5 }
    }
}

/// What is known of the season.
#[derive(Debug, Clone, PartialEq)]
pub enum Season {
    /// It repeats: one value for each place in the period, not centred. `explained` is the share of the variance about
    /// the trend that they predict.
    Found { seasons: Vec<f64>, explained: f64 },
    /// The given period explains too little; no season is subtracted.
    Rejected { period: usize, explained: f64 },
    /// No period was given and none explains enough.
    None,
}

impl Season {
    /// The period that is subtracted, in points.
    #[must_use]
    pub fn period(&self) -> Option<usize> {
        match self {
            Self::Found { seasons, .. } => Some(seasons.len()),
            Self::Rejected { .. } | Self::None => None,
        }
    }
}

/// A series taken apart: value = trend + season + residual at each point.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// One value a point.
    pub trend: Vec<f64>,
    /// The season, its first value that of the first point.
    pub season: Season,
    /// One value a point.
    pub residual: Vec<f64>,
}

/// Takes a series of equally spaced values apart.
///
/// # Errors
/// Values that are not finite, or above 1e100 in size; all values equal; fewer than 8 values or than two given periods;
/// a parameter outside its range.
pub fn decompose(values: &[f64], parameters: &Parameters) -> Result<Decomposition, Error> {
    check(parameters)?;
    series::check(values, FEWEST, "a trend")?;
    if let Some(needed) =
        parameters.period.map(|period| period.saturating_mul(2)).filter(|&needed| needed > values.len())
    {
        return Err(Error::TooShort { found: values.len(), needed, reason: "a season (two periods)" });
    }
    let negligible = 1e-8 * series::variance(values).min(1.0);
    let window_period =
        parameters.period.unwrap_or_else(|| trend::guess_period(values, parameters.max_period, negligible));
    let trend = trend::trend(values, window_period).ok_or(Error::TooShort {
        found: values.len(),
        needed: FEWEST,
        reason: "a trend",
    })?;
    let mut residual = values.iter().zip(&trend).map(|(value, trend)| value - trend).collect::<Vec<_>>();
    let season = season(&residual, parameters, negligible);
    if let Season::Found { seasons, .. } = &season {
        for (rest, season) in residual.iter_mut().zip(seasons.iter().cycle()) {
            *rest -= season;
        }
    }
    Ok(Decomposition { trend, season, residual })
}

fn check(parameters: &Parameters) -> Result<(), Error> {
    if let Some(period) = parameters.period.filter(|&period| period < 2) {
        return Err(Error::parameter("period", "at least 2 points", period));
    }
    if parameters.max_period < 4 {
        return Err(Error::parameter("max_period", "at least 4 points", parameters.max_period));
    }
    if !(0.0..=1.0).contains(&parameters.min_explained) {
        return Err(Error::parameter("min_explained", "a share from 0 to 1", parameters.min_explained));
    }
    if !(parameters.peak_threshold > 0.0 && parameters.peak_threshold <= 1.0) {
        return Err(Error::parameter("peak_threshold", "a share above 0, at most 1", parameters.peak_threshold));
    }
    Ok(())
}

/// The season of a series without trend.
fn season(values: &[f64], parameters: &Parameters, negligible: f64) -> Season {
    let variance = series::variance(values);
    let explained = |fit: &Fit| if variance > 0.0 { 1.0 - fit.error / variance } else { 0.0 };
    let accepted =
        |fit: &Fit| variance > negligible && (fit.error == 0.0 || explained(fit) >= parameters.min_explained);
    if let Some(period) = parameters.period {
        let fit = cross_validation::fit(values, period, negligible);
        let explained = explained(&fit);
        return if accepted(&fit) {
            Season::Found { seasons: fit.seasons, explained }
        } else {
            Season::Rejected { period, explained }
        };
    }
    if variance <= negligible {
        return Season::None;
    }
    let mut best: Option<Fit> = None;
    for period in candidates(values, parameters, negligible) {
        let fit = cross_validation::fit(values, period, negligible);
        if best.as_ref().is_none_or(|best| fit.error < best.error) {
            best = Some(fit);
        }
    }
    match best {
        Some(fit) if accepted(&fit) => {
            let explained = explained(&fit);
            Season::Found { seasons: fit.seasons, explained }
        }
        _ => Season::None,
    }
}

/// Every whole period around the peaks of the periodogram once, ascending.
fn candidates(values: &[f64], parameters: &Parameters, negligible: f64) -> Vec<usize> {
    let peaks = periodogram::peaks(values, parameters.peak_threshold, parameters.max_period, negligible);
    let mut periods = peaks.iter().flat_map(|peak| peak.shorter..=peak.longer).collect::<Vec<_>>();
    periods.sort_unstable();
    periods.dedup();
    periods.retain(|&period| 2 * period <= values.len());
    periods
}

#[cfg(test)]
mod tests;
