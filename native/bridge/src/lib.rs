//! What every border of NetLytics shares, whatever the language on the other side.
//!
//! The rules: objects are held by number, never by address, so a stale or doubled `close` is an error message or nothing
//! ([`handles`]); a panic becomes an error with its text and place ([`panics`]); a batch is one Arrow IPC message that
//! stays where Rust put it ([`batch`]); the other side's memory is read only during the call that names it ([`memory`]);
//! a scan with all of this is [`scan::BridgedScan`], the search for headers before it [`heads::BridgedHeaderSearch`], an
//! algorithm [`kernel::BridgedKernel`], whose batches come the same way back ([`incoming`]; in Python as C structs,
//! [`c_data`]), and one that learns [`fit::BridgedFit`]. SQL functions are called [row by row](function). Unsafe code lives
//! in this crate only.

pub mod batch;
pub mod c_data;
pub mod fit;
pub mod function;
pub mod handles;
pub mod heads;
pub mod incoming;
pub mod kernel;
pub mod memory;
pub mod model;
pub mod panics;
pub mod scan;
pub mod spark_schema;
