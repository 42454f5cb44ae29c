//! The cluster of each row.

use netlytics_features::Rows;

use super::state::Model;
use crate::assign::Assigner;
use netlytics_learning::Error;

/// Finds the cluster of each row.
pub struct Scorer {
    width: usize,
    assigner: Assigner,
}

impl Scorer {
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let width = model.centers.first().map_or(0, Vec::len);
        Self { width, assigner: Assigner::new(width, model.sparse, &model.centers) }
    }

    /// Appends the cluster of each row, from 0.
    ///
    /// # Errors
    /// The rows are not as wide as the centres.
    pub fn score(&mut self, rows: &Rows<'_>, clusters: &mut Vec<i64>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        if rows.width() != self.width {
            return Err(Error::Width { expected: self.width, found: rows.width() });
        }
        self.assigner.assign(rows, |block| clusters.extend(block.labels.iter().map(|&label| i64::from(label))));
        Ok(())
    }
}
