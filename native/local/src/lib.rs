//! The tables of the connectors on one machine: no Spark, no JVM.
//!
//! [`dataset::Dataset`] finds the files of a connector ([`listing`], through a [`storage::Storage`]), reads them on all cores
//! ([`pieces`], [`open_files`], [`headers`], [`workers`]) and yields record batches in the order of files and lines, in bounded memory
//! ([`delivery`]). Its [`account`] says what could not be read. [`convert`] writes the batches as Parquet.
//! [`whole_file`] reads what is no log.
//!
//! Nothing here knows of Python.

pub mod account;
pub mod convert;
pub mod dataset;
mod delivery;
mod fork;
mod glob;
mod headers;
pub mod listing;
mod open_files;
mod pieces;
pub mod request;
pub mod storage;
pub mod stream;
pub mod whole_file;
mod workers;
