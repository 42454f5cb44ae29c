//! The component of each row, the row's shares in all, and its density.

use netlytics_features::Rows;

use super::density::Densities;
use super::learn::largest;
use super::state::Mixture;
use crate::assign;
use netlytics_learning::Error;

/// Rows looked at together.
const BLOCK_ROWS: usize = 256;

/// What is said of rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scored {
    /// The component with the largest share in each row, from 0.
    pub clusters: Vec<i64>,
    /// Each row's shares in all components.
    pub shares: Vec<f64>,
    /// The logarithm of each row's density.
    pub log_densities: Vec<f64>,
}

/// Finds the component of each row.
pub struct Scorer {
    densities: Densities,
    spare: Vec<f64>,
    shares: Vec<f64>,
    logs: Vec<f64>,
}

impl Scorer {
    /// # Errors
    /// A covariance is not positive definite.
    pub fn new(model: &Mixture) -> Result<Self, Error> {
        Ok(Self { densities: Densities::new(model)?, spare: Vec::new(), shares: Vec::new(), logs: Vec::new() })
    }

    /// Components.
    #[must_use]
    pub fn count(&self) -> usize {
        self.densities.count()
    }

    /// What is to be said of the rows.
    ///
    /// # Errors
    /// The rows are not as wide as the means.
    pub fn score(&mut self, rows: &Rows<'_>) -> Result<Scored, Error> {
        let mut scored = Scored::default();
        if rows.is_empty() {
            return Ok(scored);
        }
        if rows.width() != self.densities.width() {
            return Err(Error::Width { expected: self.densities.width(), found: rows.width() });
        }
        for rows in rows.chunks(BLOCK_ROWS) {
            let values = assign::dense(&rows, &mut self.spare);
            self.densities.of(values, &mut self.shares, &mut self.logs);
            let components = self.shares.chunks_exact(self.densities.count()).map(|shares| largest(shares) as i64);
            scored.clusters.extend(components);
            scored.shares.extend_from_slice(&self.shares);
            scored.log_densities.extend_from_slice(&self.logs);
        }
        Ok(scored)
    }
}
