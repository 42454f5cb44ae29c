//! The protocol between an algorithm and what runs it, be that Spark's JVM, Python or a test.
//!
//! An algorithm is a [`Kernel`]: it takes the record batches of one partition in order and gives record batches. Whoever
//! runs it knows nothing of it but its name and its parameters as JSON. A kernel of the rows of one key (a series, a
//! client) is fed rows sorted by key and splits them with [`runs::Runs`].
//!
//! Nothing here knows of JNI, Spark, Python or a file format.

pub mod error;
pub mod kernel;
pub mod params;
pub mod runs;

pub use error::{Error, Kind};
pub use kernel::Kernel;
