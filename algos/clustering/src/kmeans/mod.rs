//! KMeans: centres such that the squares of the distances of rows to their nearest centre add up to little.
//!
//! The start is k-means|| (B. Bahmani, B. Moseley, A. Vattani, R. Kumar, S. Vassilvitskii, "Scalable k-means++", VLDB 2012),
//! the steps are Lloyd's (S. Lloyd, "Least squares quantization in PCM", 1982). Passes:
//!
//! 1. The bounds of all numbers, and the row that chance puts first (with `random`: the k first ones).
//! 2. Rounds of seeding: each draws 2k distinct rows, one with the chance of its squared distance to the candidates so far.
//!    What chance gives a row is a function of the seed and the row's content, so that a draw without replacement (P.
//!    Efraimidis, P. Spirakis, "Weighted random sampling with a reservoir", 2006) is the same in any partitioning.
//!    Equal rows are one row to it.
//! 3. Each candidate's weight: the rows nearest to it. k-means++ over the weighted candidates gives k centres.
//! 4. Lloyd's steps: each centre moves to the mean of its rows; one without rows stays. It ends when the squared
//!    distances that the centres move add up to at most `tol` times the features' mean variance, or after `max_iter` steps.
//!
//! A row as near to several centres belongs to the first of them. Where there are fewer distinct rows than k, there are as
//! many clusters as distinct rows.

mod candidates;
mod learn;
mod lloyd;
mod params;
mod score;
mod state;
#[cfg(test)]
mod tests;

pub use self::learn::{KMeans, KMeansPass};
pub use self::lloyd::Sums;
pub use self::params::{Init, Params};
pub use self::score::Scorer;
pub use self::state::{Lloyd, Model, Partial, Seeding, State, Summary};
