//! Clustering of rows of numbers.
//!
//! Pure mathematics over [`netlytics_features::Rows`]: what a pass over some rows finds, how two such findings are merged,
//! and what follows from all of them. Nothing here knows of Arrow, Spark or JNI. Results do not depend on how rows are cut
//! into passes or in which order findings are merged: sums are those of [`netlytics_sums`], and chance is a function of a
//! seed and the content of a row.

mod assign;
pub mod bisecting;
pub mod dbscan;
pub mod error;
pub mod extent;
pub mod gaussian_mixture;
pub mod kmeans;
pub mod learner;
mod nearest;
mod sample;

pub use error::Error;
pub use learner::{Learner, Scan, Step};
