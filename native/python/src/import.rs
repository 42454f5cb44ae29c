//! Arrow data of Python: through the PyCapsule interface, or as an IPC stream where a library is too old for it.

use std::ffi::CStr;
use std::io::Cursor;

use arrow_array::RecordBatch;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_ipc::reader::StreamReader;
use arrow_schema::SchemaRef;
use netlytics_bridge::c_data;
use netlytics_connectors::error::{Error, Kind};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

use crate::errors::exception;
use crate::export::{ARRAY, SCHEMA};

/// A schema: an object with `__arrow_c_schema__`, or the bytes of an IPC stream.
///
/// # Errors
/// It is neither, or its types are not known.
pub(crate) fn schema(object: &Bound<'_, PyAny>) -> PyResult<SchemaRef> {
    let py = object.py();
    if let Ok(bytes) = object.cast::<PyBytes>() {
        let reader = StreamReader::try_new(Cursor::new(bytes.as_bytes()), None).map_err(|error| torn(py, &error))?;
        return Ok(reader.schema());
    }
    let capsule = object.call_method0("__arrow_c_schema__").map_err(|_| no_arrow(object))?;
    let schema = pointer::<FFI_ArrowSchema>(&capsule, SCHEMA)?;
    // SAFETY: the capsule owns the struct that its name promises, and lives until the end of this function.
    unsafe { c_data::schema(schema) }.map_err(|error| exception(py, &error))
}

/// A batch: an object with `__arrow_c_array__`, or the bytes of an IPC stream of one batch.
///
/// # Errors
/// It is neither, or it cannot be read.
pub(crate) fn batch(object: &Bound<'_, PyAny>) -> PyResult<RecordBatch> {
    let py = object.py();
    if let Ok(bytes) = object.cast::<PyBytes>() {
        let mut reader =
            StreamReader::try_new(Cursor::new(bytes.as_bytes()), None).map_err(|error| torn(py, &error))?;
        let empty = RecordBatch::new_empty(reader.schema());
        return reader.next().unwrap_or(Ok(empty)).map_err(|error| torn(py, &error));
    }
    let capsules = object.call_method0("__arrow_c_array__").map_err(|_| no_arrow(object))?;
    let (schema, array) = capsules.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
    let (schema, array) = (pointer::<FFI_ArrowSchema>(&schema, SCHEMA)?, pointer::<FFI_ArrowArray>(&array, ARRAY)?);
    // SAFETY: the capsules own the structs that their names promise, belong together, and were made for this call.
    unsafe { c_data::batch(array, schema) }.map_err(|error| exception(py, &error))
}

fn pointer<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<*mut T> {
    Ok(capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))?.as_ptr().cast())
}

fn no_arrow(object: &Bound<'_, PyAny>) -> PyErr {
    let kind = object.get_type().name().map_or_else(|_| "this".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("{kind} is no Arrow data: it has no __arrow_c_array__ or __arrow_c_schema__"))
}

fn torn(py: Python<'_>, error: &arrow_schema::ArrowError) -> PyErr {
    exception(py, &Error::new(Kind::BadInput, format!("The bytes are no Arrow IPC stream: {error}.")))
}
