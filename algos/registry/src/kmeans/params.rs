//! Parameters of the kernel, and what they mean to the algorithm.

use netlytics_clustering::kmeans::{self, Init};
use netlytics_kernel::Error;
use serde::Deserialize;

/// The kernel's parameters. `k` is 5 unless initial centres are given.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Columns of the features; none for `features`, or for those that the model was learned from.
    pub(super) features: Vec<String>,
    k: Option<usize>,
    seed: u64,
    max_iter: u64,
    tol: f64,
    init: String,
    init_steps: u64,
    initial_centers: Option<Vec<Vec<f64>>>,
}

impl Default for Params {
    fn default() -> Self {
        let kmeans::Params { seed, max_iter, tol, init_steps, .. } = kmeans::Params::default();
        let (features, init) = (Vec::new(), "k-means||".to_owned());
        Self { features, k: None, seed, max_iter, tol, init, init_steps, initial_centers: None }
    }
}

impl Params {
    /// # Errors
    /// There is no such start.
    pub(super) fn learner(&self) -> Result<kmeans::Params, Error> {
        let Self { seed, max_iter, tol, init_steps, .. } = *self;
        let init = match (&self.initial_centers, self.init.as_str()) {
            (Some(centers), _) => Init::Centers(centers.clone()),
            (None, "k-means||") => Init::Parallel,
            (None, "random") => Init::Random,
            (None, other) => {
                return Err(Error::parameter(format!("The parameter init is {other}: expected k-means|| or random.")));
            }
        };
        let default = self.initial_centers.as_ref().map_or(kmeans::Params::default().k, Vec::len);
        Ok(kmeans::Params { k: self.k.unwrap_or(default), seed, max_iter, tol, init, init_steps })
    }
}
