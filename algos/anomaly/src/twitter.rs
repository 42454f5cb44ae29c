//! Seasonal-Hybrid-ESD as in Twitter's AnomalyDetection for R.
//!
//! J. Hochenbaum, O. Vallis and A. Kejariwal, "Automatic anomaly detection in the cloud via statistical learning", 2017.
//! Each block of the series loses the season of [`stl`] and its median, then [`esd`] tests what is left with median and
//! MAD (times 1.4826). A trend inside a block stays and hides anomalies: blocks (`longterm`) are for series with one.
//!
//! Two differences from the R package. The threshold is taken from the maxima of periods inside a block, as its function
//! for vectors does, since a block here knows no calendar. Expected values keep their fraction.

use serde::Deserialize;

use crate::esd::{self, Direction, Statistic};
use crate::order::{median, quantile};
use crate::{Error, series, stl};

/// What the MAD of a normal sample is multiplied by to be its standard deviation, as R has it.
const MAD_SCALE: f64 = 1.4826;
const DAY: f64 = 86_400.0;

/// Which anomalies are high enough to report: those at least as high as a quantile of the periods' maxima.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Threshold {
    /// Their median (R: `med_max`).
    #[serde(rename = "med_max")]
    MedianMaximum,
    /// Their 95th percentile.
    #[serde(rename = "p95")]
    P95,
    /// Their 99th percentile.
    #[serde(rename = "p99")]
    P99,
}

/// Length of the blocks that a long series is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block {
    /// So many points; at least two periods.
    Points(usize),
    /// So many weeks (R: `piecewise_median_period_weeks`, 2), at least 2 for a period of 7 points. A period of 7 is taken
    /// for the week of daily values and gets one day more, any other for a day.
    Weeks(usize),
}

impl Block {
    fn points(self, period: usize) -> usize {
        match self {
            Self::Points(points) => points,
            Self::Weeks(weeks) if period == 7 => weeks.saturating_mul(7).saturating_add(1),
            Self::Weeks(weeks) => weeks.saturating_mul(7).saturating_mul(period),
        }
    }
}

/// Parameters of [`detect`].
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// In points, at least 2; [`natural_period`] gives it for usual intervals. A block must hold it twice.
    pub period: usize,
    /// Most anomalies, as a share of the points of a block, above 0 and below 0.5; one at least.
    pub max_anoms: f64,
    /// R reports anomalies above (`pos`) unless told otherwise.
    pub direction: Direction,
    /// Level of significance, from 1e-9 to 0.5.
    pub alpha: f64,
    /// Only anomalies among so many last points are reported (R: the last day or hour).
    pub only_last: Option<usize>,
    pub threshold: Option<Threshold>,
    /// Cut the series into blocks. The last block is moved back to be a whole one.
    pub longterm: Option<Block>,
}

impl Parameters {
    /// R's defaults for a period: at most 10 % above, at 0.05, the series as one block.
    #[must_use]
    pub fn new(period: usize) -> Self {
        Self {
            period,
            max_anoms: 0.10,
            direction: Direction::Positive,
            alpha: 0.05,
            only_last: None,
            threshold: None,
            longterm: None,
        }
    }
}

/// The anomalies of a series and what was expected. Vectors have one entry a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Anomalies {
    /// STL's trend + season (R: `e_value`, which cuts off the fraction).
    pub expected: Vec<f64>,
    /// value − season − median of the block: what is tested.
    pub residual: Vec<f64>,
    pub outlier: Vec<bool>,
    /// Positions of the anomalies, ascending.
    pub positions: Vec<usize>,
}

/// The points in the natural period of values `step` seconds apart: of a day for steps below a day, of a week for daily
/// values; `None` where the step does not go into that at least twice.
///
/// (The R package takes any step of whole minutes for one minute, of whole hours for one hour.)
#[must_use]
pub fn natural_period(step: f64) -> Option<usize> {
    let span = if step < DAY { DAY } else { 7.0 * DAY };
    let points = (span / step).round();
    let divides = points >= 2.0 && (points * step - span).abs() < 1e-6 * span;
    (step > 0.0 && divides).then_some(points as usize)
}

/// The anomalies of a series of equally spaced values.
///
/// # Errors
/// Values that are not finite, or above 1e100 in size; all values equal; fewer values than two periods; a parameter
/// outside its range.
pub fn detect(values: &[f64], parameters: &Parameters) -> Result<Anomalies, Error> {
    let length = check(values, parameters)?;
    let empty = || vec![f64::NAN; values.len()];
    let mut found =
        Anomalies { expected: empty(), residual: empty(), outlier: vec![false; values.len()], positions: Vec::new() };
    let reported_from = parameters.only_last.map_or(0, |last| values.len().saturating_sub(last));
    let mut done = 0;
    while done < values.len() {
        // The last block overlaps the one before it; what that one expected stays.
        let start = done.min(values.len() - length);
        let block = values.get(start..start + length).unwrap_or_default();
        let (expected, residual) = residual(block, parameters.period)?;
        for position in anomalies(block, &residual, parameters)? {
            if let Some(flag) = found.outlier.get_mut(start + position).filter(|_| start + position >= reported_from) {
                *flag = true;
            }
        }
        fill(&mut found.expected, done, expected, done - start);
        fill(&mut found.residual, done, residual, done - start);
        done = start + length;
    }
    found.positions =
        found.outlier.iter().enumerate().filter(|(_, flag)| **flag).map(|(position, _)| position).collect();
    Ok(found)
}

fn fill(all: &mut [f64], from: usize, block: Vec<f64>, skipped: usize) {
    for (slot, value) in all.iter_mut().skip(from).zip(block.into_iter().skip(skipped)) {
        *slot = value;
    }
}

/// The points in a block.
fn check(values: &[f64], parameters: &Parameters) -> Result<usize, Error> {
    let Parameters { period, max_anoms, .. } = *parameters;
    if period < 2 {
        return Err(Error::parameter("period", "at least 2 points", period));
    }
    if !(max_anoms > 0.0 && max_anoms < 0.5) {
        return Err(Error::parameter("max_anoms", "a share above 0, below 0.5", max_anoms));
    }
    if parameters.only_last == Some(0) {
        return Err(Error::parameter("only_last", "at least 1 point", 0));
    }
    test(values, parameters).check()?;
    let two = period.saturating_mul(2);
    series::check(values, two, "a season (two periods)")?;
    let length = parameters.longterm.map_or(values.len(), |block| block.points(period)).min(values.len());
    if length < two {
        return Err(Error::parameter("longterm", "blocks of at least two periods", format!("{length} points")));
    }
    Ok(length)
}

/// What is expected of a block, and what is left of it without season and median.
fn residual(block: &[f64], period: usize) -> Result<(Vec<f64>, Vec<f64>), Error> {
    let center = median(&mut block.to_vec());
    let stl = match stl::periodic(block, period) {
        // One silent block in a series that is not.
        Err(Error::Constant { .. }) => return Ok((block.to_vec(), vec![0.0; block.len()])),
        other => other?,
    };
    let residual = block.iter().zip(&stl.seasonal).map(|(value, season)| value - season - center).collect();
    let expected = stl.trend.iter().zip(&stl.seasonal).map(|(trend, season)| trend + season).collect();
    Ok((expected, residual))
}

fn test(block: &[f64], parameters: &Parameters) -> esd::Parameters {
    esd::Parameters {
        alpha: parameters.alpha,
        statistic: Statistic::Median { mad_scale: MAD_SCALE },
        direction: parameters.direction,
        most: ((block.len() as f64 * parameters.max_anoms) as usize).max(1),
        resolution: 0.0,
    }
}

/// Positions in the block.
fn anomalies(block: &[f64], residual: &[f64], parameters: &Parameters) -> Result<Vec<usize>, Error> {
    let mut positions = esd::outliers(residual, &test(block, parameters))?;
    if let Some(threshold) = parameters.threshold {
        let least = threshold.of(block, parameters.period);
        positions.retain(|&position| block.get(position).is_some_and(|&value| value >= least));
    }
    Ok(positions)
}

impl Threshold {
    fn of(self, block: &[f64], period: usize) -> f64 {
        let greatest = |cycle: &[f64]| cycle.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut maxima = block.chunks(period).map(greatest).collect::<Vec<_>>();
        match self {
            Self::MedianMaximum => median(&mut maxima),
            Self::P95 => quantile(&mut maxima, 0.95),
            Self::P99 => quantile(&mut maxima, 0.99),
        }
    }
}

#[cfg(test)]
mod tests;
