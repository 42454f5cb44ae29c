//! Ctrl-C while Rust is at work.

use netlytics_connectors::error::{Error, Kind};
use netlytics_local::account::Account;
use pyo3::prelude::*;

/// Looks for signals, and shows progress, while a read goes on without the GIL.
pub(crate) struct Watch {
    /// Called with the bytes read so far.
    progress: Option<Py<PyAny>>,
    /// What a signal's handler, or `progress`, has raised.
    pub(crate) raised: Option<PyErr>,
}

impl Watch {
    pub(crate) fn new(progress: Option<Py<PyAny>>) -> Self {
        Self { progress, raised: None }
    }

    /// What a read calls about ten times a second.
    ///
    /// # Errors
    /// Something was raised: it is in `raised`.
    pub(crate) fn tick(&mut self, account: &Account) -> Result<(), Error> {
        let looked = Python::attach(|py| {
            py.check_signals()?;
            self.progress.as_ref().map_or(Ok(()), |progress| progress.call1(py, (account.bytes_read(),)).map(drop))
        });
        looked.map_err(|raised| {
            self.raised = Some(raised);
            stopped()
        })
    }
}

/// The error of a read that a signal has ended.
pub(crate) fn stopped() -> Error {
    Error::new(Kind::Io, "The read was interrupted.")
}
