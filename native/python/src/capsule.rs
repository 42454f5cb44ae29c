//! The capsules of the Arrow PyCapsule interface.

use std::ffi::CStr;

use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// Names that the interface gives its capsules.
pub(crate) const SCHEMA: &CStr = c"arrow_schema";
pub(crate) const ARRAY: &CStr = c"arrow_array";
pub(crate) const STREAM: &CStr = c"arrow_array_stream";

/// The C struct in a capsule of this name.
///
/// # Errors
/// The object is no capsule, or one of another name.
pub(crate) fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut T> {
    Ok(capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))?.as_ptr().cast())
}
