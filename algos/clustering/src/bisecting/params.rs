//! Parameters of bisecting KMeans.

use netlytics_learning::{Error, parameter};

/// Parameters, with MLlib's defaults and the reference's five clusters.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    /// Clusters.
    pub k: usize,
    /// Lloyd's steps of a level at most.
    pub max_iter: u64,
    /// Rows of a cluster that may be split, at least; below 1, their share of all rows.
    pub min_divisible_size: f64,
}

impl Default for Params {
    fn default() -> Self {
        Self { k: 5, max_iter: 20, min_divisible_size: 1.0 }
    }
}

impl Params {
    /// # Errors
    /// A parameter is out of its range.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.k == 0 {
            return parameter("k", "a number of clusters from 1", self.k);
        }
        if self.max_iter == 0 {
            return parameter("max_iter", "1 or more", self.max_iter);
        }
        if !(self.min_divisible_size > 0.0 && self.min_divisible_size.is_finite()) {
            return parameter(
                "min_divisible_size",
                "a number of rows, or a share of them, above 0",
                self.min_divisible_size,
            );
        }
        Ok(())
    }

    /// Rows of a cluster that may be split, at least.
    pub(super) fn least(&self, rows: u64) -> f64 {
        if self.min_divisible_size < 1.0 { self.min_divisible_size * rows as f64 } else { self.min_divisible_size }
    }
}
