//! Outliers of a column of numbers: those strictly outside bounds computed from the whole column.
//!
//! | method | bounds | default factor |
//! |---|---|---|
//! | gaussian | mean ± factor · population standard deviation | 3 |
//! | boxplot | lower quartile − factor · IQR, upper quartile + factor · IQR (J. Tukey, "Exploratory data analysis", 1977) | 1.5 |
//!
//! NetLytics' README has 1.5 for the boxplot, its code 3. The quartiles are elements of the column, without interpolation.
//!
//! A column in partitions is read once by each for [`Moments`] (gaussian), or four times for [`quantile::Search`]
//! (boxplot); what they find is merged. The bounds are the same to the last bit for any partitions, in any order.

pub mod bounds;
pub mod moments;
pub mod quantile;

pub use bounds::Bounds;
pub use moments::Moments;
