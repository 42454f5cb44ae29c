//! Rows of numbers, as algorithms take them, and how the columns of a table become them.

pub mod rows;

pub use rows::{Row, Rows};
