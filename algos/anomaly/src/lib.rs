//! Anomalies in columns of numbers and in time series. Slices in, vectors out: nothing here knows of files, Arrow or Spark.
//!
//! | module | finds |
//! |---|---|
//! | [`shesd`] | outliers of a seasonal series, off its smooth trend and its season (NetLytics' Seasonal-Hybrid-ESD) |
//! | [`twitter`] | the same after Twitter's AnomalyDetection: STL's season, piecewise median |
//! | [`univariate`] | numbers outside mean ± k·σ or outside the quartiles ± k·IQR, over any number of partitions |
//!
//! Built on [`gaps`] (a series out of rows with times), [`seasonal`] (trend and season), [`stl`] (STL with a periodic
//! season) and [`esd`] (the generalised ESD test). Every failure is an [`Error`]; nothing panics on any input.

pub mod error;
pub mod esd;
pub mod gaps;
pub mod seasonal;
pub mod shesd;
pub mod stl;
pub mod twitter;
pub mod univariate;

mod order;
mod series;
mod steady;

pub use error::Error;
