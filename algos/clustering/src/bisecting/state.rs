//! What passes between the passes of bisecting KMeans.

use netlytics_sums::Total;
use serde::{Deserialize, Serialize};

use netlytics_learning::{Bounds, Extent};

/// State handed to each pass. Without an extent, the pass computes the bounds of the features; without nodes, the root.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub(crate) extent: Option<Extent>,
    pub(crate) nodes: Vec<Node>,
    /// The splits at work.
    pub(crate) trials: Vec<Trial>,
    pub(crate) level: u64,
    /// The coming step of this level, from 1, and the steps of all levels before.
    pub(crate) steps: u64,
    pub(crate) iterations: u64,
    /// Whether nothing moved any more at the end of all levels so far.
    pub(crate) settled: bool,
    /// Whether the coming pass is the last one of its level, which finds out how wide the sides are.
    pub(crate) measured: bool,
}

/// A cluster, or a former one that has been split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The mean of its rows.
    pub center: Vec<f64>,
    pub rows: u64,
    /// The sum of the squared distances of its rows to the centre.
    pub cost: f64,
    /// The feature of the largest variance, and where on it the two points lie that a split starts from; equal where all
    /// rows are.
    pub axis: u64,
    pub low: f64,
    pub high: f64,
    /// The number of a cluster that has not been split.
    pub cluster: Option<u64>,
    pub split: Option<Split>,
}

/// How a cluster was split: rows as near to the left point as to the right one, or nearer, went left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// Nodes.
    pub left: u64,
    pub right: u64,
    pub left_point: Vec<f64>,
    pub right_point: Vec<f64>,
}

/// A split at work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Trial {
    pub(crate) node: u64,
    pub(crate) left: Vec<f64>,
    pub(crate) right: Vec<f64>,
}

/// What a pass finds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Partial {
    pub(crate) rows: u64,
    pub(crate) bounds: Option<Bounds>,
    /// Rows of each side of each trial, and their sums. Only the last pass of a level looks for the sums of the squared
    /// differences from the side's point, and for the range of each feature.
    pub(crate) counts: Vec<u64>,
    pub(crate) sums: Vec<Total>,
    pub(crate) squares: Vec<Total>,
    pub(crate) least: Vec<f64>,
    pub(crate) most: Vec<f64>,
    pub(crate) filled: Vec<u64>,
}

/// The clusters found: the root first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub nodes: Vec<Node>,
    /// Whether sides are computed from the numbers that are not zero.
    pub sparse: bool,
}

/// How a fit went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    pub rows: u64,
    pub features: usize,
    /// Steps on all levels.
    pub iterations: u64,
    pub converged: bool,
    /// The sum of the squared distances of rows to the centres of their clusters.
    pub cost: f64,
    /// Rows of each cluster; fewer than k where no cluster could be split any more.
    pub sizes: Vec<u64>,
}
