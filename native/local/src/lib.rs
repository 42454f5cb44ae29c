//! The tables of the connectors on one machine: no Spark, no JVM.
//!
//! [`dataset::Dataset`] finds the files of a connector ([`listing`], through a [`storage::Storage`]), has all cores read
//! them ([`pieces`], [`workers`]) and gives record batches in the order of files and lines, in bounded memory
//! ([`delivery`]). What could not be read is in its [`account`]. [`convert`] writes the batches as Parquet.
//!
//! Nothing here knows of Python.

pub mod account;
pub mod convert;
pub mod dataset;
mod delivery;
mod glob;
pub mod listing;
mod pieces;
pub mod request;
pub mod storage;
pub mod stream;
mod workers;
