//! Learning from rows of numbers in passes.
//!
//! A [`Learner`] goes over the same rows again and again. Each partition makes a partial result of its rows, partial
//! results are merged, and the merged one leads to the next pass or to the model. What the passes share lives here: the
//! bounds of all numbers ([`extent`]), a random sample that does not depend on partitioning ([`sample`]), and the errors.
//!
//! Nothing here knows which algorithm learns: clusterings, novelty detectors and topic models build on it alike. Nor does
//! it know of Arrow, Spark or JNI. Results do not depend on how rows are cut into batches and partitions, or on the order
//! in which partial results are merged: sums are those of [`netlytics_sums`], and chance is a hash of a seed and the
//! content of a row.

mod error;
pub mod extent;
mod learner;
pub mod sample;

pub use error::{Error, parameter};
pub use extent::{Bounds, Extent};
pub use learner::{Advance, Learner, LearningPass, fit};
pub use sample::Sample;
