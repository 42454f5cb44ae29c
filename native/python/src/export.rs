//! The Arrow PyCapsule interface: a table as an Arrow C stream, read while it is asked for; a batch as an Arrow C array.
//!
//! Source: the Arrow PyCapsule Interface, <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>.

use std::sync::Arc;
use std::thread::{self, ThreadId};

use arrow_array::ffi::to_ffi;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use netlytics_connectors::error::Error;
use netlytics_local::stream::Stream;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::capsule::{ARRAY, SCHEMA, STREAM};
use crate::errors::guarded;
use crate::outcome::Outcome;
use crate::signals::stopped;

/// A capsule with the schema.
///
/// # Errors
/// Arrow has no C form of it, which would be a fault of ours.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let exported = FFI_ArrowSchema::try_from(schema).map_err(|error| PyValueError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, exported, SCHEMA)
}

/// The two capsules of a batch: its schema, its columns as a struct.
///
/// # Errors
/// Arrow has no C form of it, which would be a fault of ours.
pub(crate) fn batch<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyTuple>> {
    array(py, &StructArray::from(batch.clone()))
}

/// A capsule with the type of an array.
///
/// # Errors
/// Arrow has no C form of it, which would be a fault of ours.
pub(crate) fn data_type<'py>(py: Python<'py>, data_type: &DataType) -> PyResult<Bound<'py, PyCapsule>> {
    let exported = FFI_ArrowSchema::try_from(data_type).map_err(|error| PyValueError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, exported, SCHEMA)
}

/// The two capsules of an array: its type and its values.
///
/// # Errors
/// Arrow has no C form of it, which would be a fault of ours.
pub(crate) fn array<'py>(py: Python<'py>, array: &dyn Array) -> PyResult<Bound<'py, PyTuple>> {
    let (array, schema) = to_ffi(&array.to_data()).map_err(|error| PyValueError::new_err(error.to_string()))?;
    (PyCapsule::new_with_value(py, schema, SCHEMA)?, PyCapsule::new_with_value(py, array, ARRAY)?).into_pyobject(py)
}

/// A capsule with the batches of a read, which is over when the stream is released. How it went is left in `outcome`.
///
/// # Errors
/// Python cannot make a capsule.
pub(crate) fn stream<'py>(py: Python<'py>, stream: Stream, outcome: Arc<Outcome>) -> PyResult<Bound<'py, PyCapsule>> {
    let threading = py.import("threading")?;
    let here = threading.call_method0("current_thread")?;
    let main = here.is(threading.call_method0("main_thread")?).then(|| thread::current().id());
    let reader = Export { schema: stream.schema(), stream, outcome, main };
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
}

/// What is behind a stream.
struct Export {
    stream: Stream,
    schema: SchemaRef,
    outcome: Arc<Outcome>,
    /// Python's main thread, if it asked for the stream: the only one in which signals are seen. Others must not wait for
    /// the GIL, which whoever waits for them may hold.
    main: Option<ThreadId>,
}

impl Export {
    fn batch(&mut self) -> Result<Option<RecordBatch>, Error> {
        let in_main = self.main == Some(thread::current().id());
        guarded(|| {
            self.stream.next_batch(&mut |_| {
                if in_main && Python::attach(|py| py.check_signals()).is_err() {
                    // The caller knows no KeyboardInterrupt: it raises an error of its own. Another interrupt upon that would
                    // come while Python shows the error, and nobody would see either.
                    self.outcome.interrupt();
                    return Err(stopped());
                }
                Ok(())
            })
        })
    }
}

impl Iterator for Export {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.batch();
        if !matches!(next, Ok(Some(_))) {
            self.outcome.finish(&self.stream, next.as_ref().err());
        }
        next.map_err(|error| ArrowError::ExternalError(Box::new(error))).transpose()
    }
}

impl RecordBatchReader for Export {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

impl Drop for Export {
    fn drop(&mut self) {
        self.outcome.finish(&self.stream, None);
    }
}
