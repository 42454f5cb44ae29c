//! Sums of doubles that are the same to the last bit in whatever order, batches and partitions they are added.
//!
//! | | takes | keeps | costs |
//! |---|---|---|---|
//! | [`ExactSum`] | any finite doubles and products of two | everything; rounds once, at the end | a few nanoseconds each |
//! | [`Grid`] with [`Total`] | doubles up to a bound known before | 89 bits below the bound | a few vector instructions |
//!
//! Both are integers inside, and integers add up to the same in any order. [`Table`] adds rows of doubles by group.

mod exact;
mod grid;
pub mod lanes;
mod table;
mod total;

pub use exact::{ExactSum, PartsError};
pub use grid::{AT_ONCE, Grid, LARGEST, OutOfRange};
pub use table::Table;
pub use total::Total;
