//! What an algorithm does that learns in passes over rows, of which every partition has some.

use netlytics_features::Rows;

use crate::error::Error;

/// A fit: passes over the same rows until there is a model. What a pass finds does not depend on the order of the rows, and
/// merging is associative and commutative, both to the last bit.
pub trait Learner: Send + Sync {
    /// What a pass has to know.
    type State;
    /// What a pass finds in some of the rows.
    type Partial;
    /// What is learned.
    type Model;
    /// How it went.
    type Summary;
    /// A pass at work.
    type Scan: Scan<Partial = Self::Partial>;

    /// The state of the first pass.
    fn start(&self) -> Self::State;

    /// A pass over some of the rows.
    ///
    /// # Errors
    /// The state is of another fit.
    fn scan(&self, state: &Self::State) -> Result<Self::Scan, Error>;

    /// Two findings of one pass as one.
    ///
    /// # Errors
    /// They are of different passes, or of rows of different widths.
    fn merge(&self, left: Self::Partial, right: Self::Partial) -> Result<Self::Partial, Error>;

    /// What follows from all that a pass found.
    ///
    /// # Errors
    /// The rows as a whole are not what the algorithm works on.
    fn advance(&self, state: Self::State, found: Self::Partial) -> Result<Step<Self>, Error>;
}

/// A pass over some of the rows.
pub trait Scan: Send {
    /// What it finds.
    type Partial;

    /// Takes some more rows.
    ///
    /// # Errors
    /// They are not like the rows before, or not those of the passes before.
    fn push(&mut self, rows: &Rows<'_>) -> Result<(), Error>;

    /// What was found.
    fn finish(self) -> Self::Partial;
}

/// What follows a pass.
pub enum Step<L: Learner + ?Sized> {
    /// Another pass; how far the fit is, in words.
    Pass { state: L::State, progress: String },
    /// The model.
    Done { model: L::Model, summary: L::Summary },
}

/// The whole fit over parts of rows, each scanned by itself.
///
/// # Errors
/// As for the learner's methods.
pub fn fit<L: Learner>(learner: &L, parts: &[Rows<'_>]) -> Result<(L::Model, L::Summary), Error> {
    let mut state = learner.start();
    loop {
        let mut found = learner.scan(&state)?.finish();
        for part in parts {
            let mut scan = learner.scan(&state)?;
            scan.push(part)?;
            found = learner.merge(found, scan.finish())?;
        }
        match learner.advance(state, found)? {
            Step::Pass { state: next, .. } => state = next,
            Step::Done { model, summary } => return Ok((model, summary)),
        }
    }
}
