//! Clustering of rows of numbers.
//!
//! Pure mathematics over [`netlytics_features::Rows`]. KMeans, bisecting KMeans and Gaussian mixtures learn in passes
//! ([`netlytics_learning::Learner`]); DBSCAN has a plan of its own. Nothing here knows of Arrow, Spark or JNI, and results
//! do not depend on how rows are partitioned or ordered.

mod assign;
pub mod bisecting;
pub mod dbscan;
pub mod gaussian_mixture;
pub mod kmeans;
mod nearest;
