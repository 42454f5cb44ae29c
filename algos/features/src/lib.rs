//! Rows of numbers, as algorithms take them, and how the columns of a table become them.

pub mod categories;
pub mod encoder;
mod keys;
pub mod norm;
pub mod rows;
pub mod scaling;
mod texts;

pub use encoder::{Column, Encoded, Encoder};
pub use norm::Norm;
pub use rows::{Row, Rows};
pub use scaling::{Moments, Scale, Scaling};
