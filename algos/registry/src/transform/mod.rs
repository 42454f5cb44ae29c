//! `features.transform`: columns of numbers and of texts as one column of vectors.
//!
//! Texts become one-hot slots, by frequency (equal ones by value; a missing text counts as `__NA__`), the rarest without
//! one; numbers may be scaled by column; rows may be normalised. Features stand as their columns are named, numerical
//! before categorical, or by the names of the columns. The kernel gives one vector for each row: all zeros in
//! the slots of a text that the model does not know; null where the null policy leaves the row out.

mod columns;
mod fit;
mod model;
mod params;
mod score;
#[cfg(test)]
mod tests;

pub(crate) use fit::Transform;
pub(crate) use score::FeaturesKernel;

pub(crate) const NAME: &str = "features.transform";
pub(crate) const SCORE: &str = "features.transform.score";
