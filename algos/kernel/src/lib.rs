//! The protocol between an algorithm and what runs it, be that Spark's JVM, Python or a test.
//!
//! An algorithm is a [`Kernel`]: it takes the record batches of one partition in order and gives record batches. One that
//! first has to learn is an [`Estimator`] too: it makes the model that its kernel is given. Whoever runs them knows nothing
//! of them but a name, parameters as JSON, and bytes. A kernel of the rows of one key (a series, a
//! client) is fed rows sorted by key and splits them with [`runs::Runs`].
//!
//! Nothing here knows of JNI, Spark, Python or a file format.

pub mod decoded;
pub mod error;
pub mod estimator;
pub mod kernel;
pub mod message;
pub mod model;
pub mod params;
pub mod runs;
pub mod vector;

pub use error::{Error, Kind};
pub use estimator::{Estimator, Next, Pass};
pub use kernel::Kernel;
