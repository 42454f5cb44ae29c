//! What passes between the passes of KMeans.

use netlytics_sums::Total;
use serde::{Deserialize, Serialize};

use netlytics_learning::sample::Sample;
use netlytics_learning::{Bounds, Extent};

/// State handed to each pass. Without an extent, the pass computes the bounds of the features.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub(crate) extent: Option<Extent>,
    /// Set while seeding.
    pub(crate) seeding: Option<Seeding>,
    /// Set during Lloyd's iterations.
    pub(crate) lloyd: Option<Lloyd>,
}

/// Progress of the seeding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seeding {
    /// Current round, from 1; one more than the number of rounds while candidates are being weighted.
    pub(crate) round: u64,
    pub(crate) candidates: Vec<Vec<f64>>,
}

/// Progress of Lloyd's iterations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lloyd {
    /// Iterations done.
    pub iterations: u64,
    pub centers: Vec<Vec<f64>>,
}

/// Partial result of a pass.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partial {
    pub(crate) rows: u64,
    pub(crate) bounds: Option<Bounds>,
    pub(crate) sample: Option<Sample>,
    /// Rows by nearest centre or candidate.
    pub(crate) counts: Vec<u64>,
    /// Sums of the rows, centre after centre.
    pub(crate) sums: Vec<Total>,
    /// The sum of the squared distances.
    pub(crate) cost: Option<Total>,
}

/// The clusters found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub centers: Vec<Vec<f64>>,
    /// Whether distances are computed from the numbers that are not zero.
    pub sparse: bool,
}

/// How a fit went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub rows: u64,
    pub features: usize,
    pub iterations: u64,
    pub converged: bool,
    /// Sum of the squared distances in the last step, from the centres that it began with.
    pub cost: f64,
    /// Rows of each cluster in the last step. Fewer than k where there are fewer distinct rows.
    pub sizes: Vec<u64>,
}
