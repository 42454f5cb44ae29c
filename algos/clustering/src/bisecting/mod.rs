//! Bisecting KMeans (M. Steinbach, G. Karypis, V. Kumar, "A comparison of document clustering techniques", 2000): all rows
//! are one cluster, and clusters are split in two until there are k.
//!
//! As in MLlib, all clusters of a level are split at once, the larger ones first where fewer splits are needed. Two centres
//! start on both sides of the cluster's mean, a standard deviation along the feature of the largest variance; Lloyd's steps
//! move them until nothing changes, or `max_iter` times. Nothing is left to chance. Rows as near to both centres go left.
//!
//! Clusters are numbered in depth-first order, left before right. A cluster whose rows are all equal is not split: then
//! there are fewer than k. Whether rows are equal is told by the range of each feature, not by a variance, whose digits are
//! lost where numbers are far from zero or one row of many is different.

mod learn;
mod level;
mod params;
mod ranges;
mod state;
#[cfg(test)]
mod tests;
mod tree;

pub use self::learn::{Bisecting, BisectingPass};
pub use self::params::Params;
pub use self::state::{Model, Node, Partial, Split, State, Summary};
pub use self::tree::Scorer;
