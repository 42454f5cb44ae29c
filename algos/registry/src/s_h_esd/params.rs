//! Parameters of the kernel, and what they mean to the algorithm.

use netlytics_anomaly::esd::Direction;
use netlytics_anomaly::gaps::{Duplicates, Gaps, Policy, Regular};
use netlytics_anomaly::twitter::{self, Block, Threshold};
use netlytics_anomaly::{Error, seasonal, shesd};
use serde::Deserialize;

const DAY: f64 = 86_400.0;
const HOUR: f64 = 3_600.0;

/// The decomposition and its defaults.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Variant {
    /// Spline trend, seasonal means; both sides.
    #[default]
    Netlytics,
    /// STL season, piecewise median; above, unless told otherwise.
    Twitter,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Last {
    Day,
    Hr,
}

/// The kernel's parameters. Those absent, or null, have the variant's own default.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Column of the times, in seconds.
    pub(super) time: String,
    /// Column of the values.
    pub(super) value: String,
    /// Columns that name a series; rows come sorted by them.
    pub(super) group_by: Vec<String>,
    variant: Variant,
    period: Option<usize>,
    alpha: Option<f64>,
    hybrid: bool,
    max_anoms: Option<f64>,
    mad_scale: Option<f64>,
    direction: Option<Direction>,
    only_last: Option<Last>,
    threshold: Option<Threshold>,
    longterm: bool,
    piecewise_median_period_weeks: usize,
    duplicates: Duplicates,
    gaps: Gaps,
    step: Option<f64>,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            time: "time".to_owned(),
            value: "value".to_owned(),
            group_by: Vec::new(),
            variant: Variant::default(),
            period: None,
            alpha: None,
            hybrid: true,
            max_anoms: None,
            mad_scale: None,
            direction: None,
            only_last: None,
            threshold: None,
            longterm: false,
            piecewise_median_period_weeks: 2,
            duplicates: Duplicates::default(),
            gaps: Gaps::default(),
            step: None,
        }
    }
}

/// What was found in a series; one entry a point, or none where nothing can be told.
pub(super) struct Found {
    pub(super) trend: Vec<f64>,
    pub(super) residual: Vec<f64>,
    pub(super) outlier: Vec<bool>,
}

impl Found {
    /// The values are their own trend.
    pub(super) fn nothing(values: &[f64]) -> Self {
        Self { trend: values.to_vec(), residual: vec![0.0; values.len()], outlier: vec![false; values.len()] }
    }

    /// Nothing can be told.
    pub(super) fn unknown() -> Self {
        Self { trend: Vec::new(), residual: Vec::new(), outlier: Vec::new() }
    }
}

impl Params {
    pub(super) fn policy(&self) -> Policy {
        Policy { duplicates: self.duplicates, gaps: self.gaps, step: self.step }
    }

    /// Runs the variant on a series.
    ///
    /// # Errors
    /// The series is not one it works on, or a parameter is not valid.
    pub(super) fn detect(&self, series: &Regular) -> Result<Found, Error> {
        match self.variant {
            Variant::Netlytics => {
                let found = shesd::detect(&series.values, &self.netlytics())?;
                Ok(Found { trend: found.trend, residual: found.residual, outlier: found.outlier })
            }
            Variant::Twitter => {
                let found = twitter::detect(&series.values, &self.twitter(series.step)?)?;
                Ok(Found { trend: found.expected, residual: found.residual, outlier: found.outlier })
            }
        }
    }

    fn netlytics(&self) -> shesd::Parameters {
        let usual = shesd::Parameters::default();
        shesd::Parameters {
            seasonal: seasonal::Parameters { period: self.period, ..usual.seasonal },
            alpha: self.alpha.unwrap_or(usual.alpha),
            hybrid: self.hybrid,
            mad_scale: self.mad_scale.unwrap_or(usual.mad_scale),
            max_anoms: self.max_anoms,
            direction: self.direction.unwrap_or(usual.direction),
        }
    }

    fn twitter(&self, step: f64) -> Result<twitter::Parameters, Error> {
        let period = self.period.or_else(|| twitter::natural_period(step));
        let period = period.ok_or_else(|| Error::Parameter {
            name: "period",
            expected: "a number of points, as these times have no natural one",
            found: "nothing".to_owned(),
        })?;
        let usual = twitter::Parameters::new(period);
        let points = |seconds: f64| (seconds / step).round() as usize;
        Ok(twitter::Parameters {
            max_anoms: self.max_anoms.unwrap_or(usual.max_anoms),
            direction: self.direction.unwrap_or(usual.direction),
            alpha: self.alpha.unwrap_or(usual.alpha),
            only_last: self.only_last.map(|last| match last {
                Last::Day => points(DAY),
                Last::Hr => points(HOUR),
            }),
            threshold: self.threshold,
            longterm: self.longterm.then_some(Block::Weeks(self.piecewise_median_period_weeks)),
            ..usual
        })
    }
}
