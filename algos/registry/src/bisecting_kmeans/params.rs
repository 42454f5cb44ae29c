//! Parameters of the kernel, and what they mean to the algorithm.

use netlytics_clustering::bisecting;
use serde::Deserialize;

/// The kernel's parameters.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Columns of the features; none for `features`, or for those that the model was learned from.
    pub(super) features: Vec<String>,
    k: usize,
    /// Taken since all clusterings take one; this one leaves nothing to chance.
    seed: u64,
    max_iter: u64,
    min_divisible_size: f64,
}

impl Default for Params {
    fn default() -> Self {
        let bisecting::Params { k, max_iter, min_divisible_size } = bisecting::Params::default();
        Self { features: Vec::new(), k, seed: 1, max_iter, min_divisible_size }
    }
}

impl Params {
    pub(super) fn learner(&self) -> bisecting::Params {
        let Self { k, max_iter, min_divisible_size, .. } = *self;
        bisecting::Params { k, max_iter, min_divisible_size }
    }
}
