//! Errors and panics as `netlytics.NetlyticsError`.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use netlytics_bridge::panics;
use netlytics_connectors::error::{Error, Kind};
use pyo3::prelude::*;

/// The exception that an error is.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    match instance(py, error) {
        Ok(instance) => PyErr::from_value(instance),
        // The package that defines the exception cannot be imported: then that is the error.
        Err(other) => other,
    }
}

/// `NetlyticsError`, or `UsageError` where the request itself is wrong.
pub(crate) fn instance<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let module = py.import("netlytics.errors")?;
    let text = error.to_string();
    if error.kind == Kind::BadOption {
        return module.getattr("UsageError")?.call1((text,));
    }
    let place = &error.place;
    module.getattr("NetlyticsError")?.call1((
        format!("{:?}", error.kind),
        text,
        place.path.as_deref(),
        place.split_start,
        place.offset,
        place.record,
        place.column.as_deref(),
        place.expected.as_deref(),
    ))
}

/// Runs work with the GIL released; what it panics with becomes an error.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    py.detach(|| guarded(work))
}

/// Runs work; what it panics with becomes an error.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    panics::remember();
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload: Box<dyn Any + Send>| Err(panics::error(&*payload)))
}
