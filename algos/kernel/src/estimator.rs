//! What every algorithm does that learns from rows in passes.

use arrow_array::RecordBatch;

use crate::error::Error;

/// A fit: a loop of passes over the same rows. Each partition makes a partial result of its rows, partial results are
/// merged, and the merged one leads to the next pass or to the model. All of them are [messages](crate::message).
///
/// Merging is associative and commutative to the last bit, and a pass over some rows gives the same partial result in
/// whatever batches and order they come: so the model does not depend on how the rows were partitioned. Sums of doubles
/// are not like that; `netlytics_sums` has those that are.
pub trait Estimator: Send + Sync {
    /// Whether the first pass is the last one, so that nobody needs to keep the rows.
    fn is_one_pass(&self) -> bool {
        false
    }

    /// The state that the first pass begins with.
    ///
    /// # Errors
    /// It cannot be encoded, which would be a fault of ours.
    fn start(&self) -> Result<Vec<u8>, Error>;

    /// A pass over the rows of one partition.
    ///
    /// # Errors
    /// The state is not one of this estimator's.
    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error>;

    /// Two partial results of one pass as one.
    ///
    /// # Errors
    /// One is not of this estimator's.
    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error>;

    /// What follows from a pass over all rows.
    ///
    /// # Errors
    /// The rows as a whole are not what the algorithm works on.
    fn advance(&self, state: &[u8], partial: &[u8]) -> Result<Next, Error>;
}

/// A pass over rows at work.
pub trait Pass: Send {
    /// Takes the next batch.
    ///
    /// # Errors
    /// The rows are not of the kind the algorithm works on.
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error>;

    /// The partial result of the batches so far.
    ///
    /// # Errors
    /// It cannot be encoded, which would be a fault of ours.
    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error>;
}

/// What follows a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Another pass, with this state.
    Again { state: Vec<u8>, progress: String },
    /// The model is found.
    Done { model: Vec<u8>, summary: String },
}

/// The whole fit over rows that one process holds.
///
/// # Errors
/// As for the estimator's methods.
pub fn fit(estimator: &dyn Estimator, batches: &[RecordBatch]) -> Result<(Vec<u8>, String), Error> {
    let mut state = estimator.start()?;
    loop {
        let mut pass = estimator.pass(&state)?;
        for batch in batches {
            pass.push(batch)?;
        }
        match estimator.advance(&state, &pass.finish()?)? {
            Next::Again { state: next, .. } => state = next,
            Next::Done { model, summary } => return Ok((model, summary)),
        }
    }
}
