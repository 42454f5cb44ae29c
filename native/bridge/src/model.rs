//! Models on their way through a border: what they say of themselves, and what they are made of.

use netlytics_connectors::error::{Error, Kind};
use netlytics_kernel::model;

use crate::kernel::ours;

/// What a model says of itself, as JSON: `{"name", "version", "estimator", "parameters", "features", "summary",
/// "transform"}`, the transform described in the same way or null.
///
/// # Errors
/// The bytes are no model of NetLytics, are damaged, or are a model that this version does not know.
pub fn describe(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let description = netlytics_algos::description(bytes).map_err(ours)?;
    serde_json::to_vec(&description).map_err(|error| Error::new(Kind::Internal, error.to_string()))
}

/// A model together with the transform that makes its features.
///
/// # Errors
/// One of them is no model of NetLytics.
pub fn with_transform(bytes: &[u8], transform: &[u8]) -> Result<Vec<u8>, Error> {
    model::with_transform(bytes, transform).map_err(ours)
}

/// The transform that a model holds, if it holds one.
///
/// # Errors
/// The bytes are no model of NetLytics.
pub fn transform(bytes: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    model::transform(bytes).map_err(ours)
}

/// How many models this process has decoded so far.
#[must_use]
pub fn decoded() -> u64 {
    netlytics_kernel::decoded::count()
}
