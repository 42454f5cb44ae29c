//! Parameters of all steps.

use netlytics_clustering::dbscan::{self, Parameters, cuts, estimate};
use netlytics_kernel::{Error, params as json};
use serde::Deserialize;

/// The only metric there is.
const EUCLIDEAN: &str = "euclidean";

/// The parameters; a step takes those that concern it and ignores the others.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Columns of the features.
    pub(super) features: Vec<String>,
    eps: f64,
    min_points: i64,
    metric: String,
    /// Pairs of neighbours above which the work is refused.
    pub(super) max_pairs: f64,
    /// Points of a box, about.
    pub(super) box_points: u64,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            features: vec!["features".to_owned()],
            eps: 0.25,
            min_points: 10,
            metric: EUCLIDEAN.to_owned(),
            max_pairs: estimate::MAX_PAIRS,
            box_points: cuts::POINTS,
        }
    }
}

impl Params {
    /// # Errors
    /// The text has an unknown parameter, or a value of the wrong type.
    pub(super) fn parse(kernel: &str, params: &str) -> Result<Self, Error> {
        json::parse(kernel, params)
    }

    /// What makes clusters.
    ///
    /// # Errors
    /// A value out of range, or another metric.
    pub(super) fn checked(&self) -> Result<Parameters, Error> {
        if !self.metric.eq_ignore_ascii_case(EUCLIDEAN) {
            let metric = &self.metric;
            return Err(Error::parameter(format!("There is no metric {metric}: expected {EUCLIDEAN}.")));
        }
        Parameters::new(self.eps, self.min_points).map_err(|error| refused(&error))
    }
}

/// The error as kernels give it.
pub(super) fn refused(error: &dbscan::Error) -> Error {
    let message = error.to_string();
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let message = format!("{}{}.", first.unwrap_or_default(), letters.as_str());
    match error {
        dbscan::Error::Eps(_) | dbscan::Error::MinPoints(_) => Error::parameter(format!("{error}.")),
        dbscan::Error::TooMany(_) | dbscan::Error::Pairs { .. } => Error::input(message),
    }
}
