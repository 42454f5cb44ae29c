//! What passes between the passes of a mixture's fit.

use netlytics_sums::{ExactSum, Total};
use serde::{Deserialize, Serialize};

use crate::kmeans;
use netlytics_learning::Extent;

/// What a pass has to know. Without an extent, KMeans is at work.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub(crate) kmeans: Option<kmeans::State>,
    pub(crate) extent: Option<Extent>,
    /// Each row belongs to the nearest of these.
    pub(crate) centers: Option<Vec<Vec<f64>>>,
    pub(crate) em: Option<Em>,
}

/// The components, as far as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Em {
    /// Steps made.
    pub iterations: u64,
    /// The mean log-likelihood before the last step.
    pub lower_bound: Option<f64>,
    pub mixture: Mixture,
}

/// The components: the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mixture {
    /// Whether covariances are whole matrices, rows one after the other; else they are diagonals.
    pub full: bool,
    pub weights: Vec<f64>,
    pub means: Vec<Vec<f64>>,
    pub covariances: Vec<Vec<f64>>,
}

/// What a pass finds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partial {
    pub(crate) kmeans: Option<kmeans::Partial>,
    pub(crate) rows: u64,
    /// Rows by the component they most likely belong to.
    pub(crate) counts: Vec<u64>,
    pub(crate) moments: Vec<Total>,
    pub(crate) log_likelihood: Option<ExactSum>,
}

/// How a fit went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub rows: u64,
    pub features: usize,
    pub iterations: u64,
    pub converged: bool,
    /// Mean log-likelihood of a row under the components that the last step began with.
    pub lower_bound: f64,
    /// The negative log-likelihood of all rows.
    pub cost: f64,
    /// Rows by the component they most likely belonged to in the last step.
    pub sizes: Vec<u64>,
}
