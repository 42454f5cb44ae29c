//! What an algorithm does that learns in passes over rows, and the loop that runs it on one machine.

use netlytics_features::Rows;

use crate::error::Error;

/// A fit: passes over the same rows until there is a model.
///
/// The partial result of a pass does not depend on the order of the rows, and merging is associative and commutative,
/// both to the last bit.
pub trait Learner: Send + Sync {
    /// What a pass needs to know of the passes before.
    type State;
    /// What a pass finds in some of the rows.
    type Partial;
    /// What is learned.
    type Model;
    /// How the fit went, for people.
    type Summary;
    /// A pass in progress.
    type Pass: LearningPass<Partial = Self::Partial>;

    /// The state of the first pass.
    fn start(&self) -> Self::State;

    /// Begins a pass over some of the rows.
    ///
    /// # Errors
    /// The state is of another fit.
    fn pass(&self, state: &Self::State) -> Result<Self::Pass, Error>;

    /// Merges two partial results of one pass.
    ///
    /// # Errors
    /// They are of different passes, or of rows of different widths.
    fn merge(&self, left: Self::Partial, right: Self::Partial) -> Result<Self::Partial, Error>;

    /// Decides what follows from the partial result of all rows.
    ///
    /// # Errors
    /// The rows as a whole are not what the algorithm works on.
    fn advance(&self, state: Self::State, found: Self::Partial) -> Result<Advance<Self>, Error>;
}

/// A pass in progress over some of the rows.
pub trait LearningPass: Send {
    /// What it finds.
    type Partial;

    /// Takes more rows.
    ///
    /// # Errors
    /// They differ in width from the rows before, or were not there in earlier passes.
    fn push(&mut self, rows: &Rows<'_>) -> Result<(), Error>;

    /// The partial result.
    fn finish(self) -> Self::Partial;
}

/// What follows a pass.
pub enum Advance<L: Learner + ?Sized> {
    /// Another pass with this state; `progress` is a line for people.
    Again { state: L::State, progress: String },
    /// The model is found.
    Done { model: L::Model, summary: L::Summary },
}

/// Runs a whole fit on one machine. Each part of the rows gets a pass of its own, as a partition does.
///
/// # Errors
/// As for the learner's methods.
pub fn fit<L: Learner>(learner: &L, parts: &[Rows<'_>]) -> Result<(L::Model, L::Summary), Error> {
    let mut state = learner.start();
    loop {
        let mut found = learner.pass(&state)?.finish();
        for part in parts {
            let mut pass = learner.pass(&state)?;
            pass.push(part)?;
            found = learner.merge(found, pass.finish())?;
        }
        match learner.advance(state, found)? {
            Advance::Again { state: next, .. } => state = next,
            Advance::Done { model, summary } => return Ok((model, summary)),
        }
    }
}
