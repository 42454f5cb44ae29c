//! Parameters of KMeans.

use netlytics_learning::{Error, parameter};

/// What the centres start from.
#[derive(Debug, Clone, PartialEq)]
pub enum Init {
    /// k-means||.
    Parallel,
    /// Distinct rows that chance chooses.
    Random,
    /// These, of which each is as wide as a row.
    Centers(Vec<Vec<f64>>),
}

/// Parameters, with MLlib's defaults and the reference's five clusters.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Clusters.
    pub k: usize,
    pub seed: u64,
    /// Lloyd's steps at most.
    pub max_iter: u64,
    /// The fit ends with a step in which the squared distances that the centres move add up to at most this share of the
    /// features' mean variance. So units do not matter; scikit-learn has the same rule.
    pub tol: f64,
    pub init: Init,
    /// Rounds of k-means||.
    pub init_steps: u64,
}

impl Default for Params {
    fn default() -> Self {
        Self { k: 5, seed: 1, max_iter: 20, tol: 1e-4, init: Init::Parallel, init_steps: 2 }
    }
}

impl Params {
    /// # Errors
    /// A parameter is out of its range.
    pub fn check(&self) -> Result<(), Error> {
        if self.k == 0 || u32::try_from(self.k).is_err() {
            return parameter("k", "a number of clusters from 1 to 4294967295", self.k);
        }
        if self.max_iter == 0 {
            return parameter("max_iter", "1 or more", self.max_iter);
        }
        if !(self.tol >= 0.0 && self.tol.is_finite()) {
            return parameter("tol", "a share of 0 or more", self.tol);
        }
        if self.init_steps == 0 {
            return parameter("init_steps", "1 or more", self.init_steps);
        }
        if let Init::Centers(centers) = &self.init {
            if centers.len() != self.k {
                return parameter("initial_centers", format!("k = {} of them", self.k), centers.len());
            }
            if centers.iter().flatten().any(|value| value.is_nan() || value.abs() > 1e140) {
                return parameter("initial_centers", "finite numbers", "NaN, an infinity or a number beyond 1e140");
            }
        }
        Ok(())
    }
}
