//! Arrow data of Python: through the PyCapsule interface, or as an IPC stream where a library is too old for it.

use std::io::Cursor;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_ipc::reader::StreamReader;
use arrow_schema::SchemaRef;
use netlytics_bridge::c_data;
use netlytics_connectors::error::{Error, Kind};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::capsule::{ARRAY, SCHEMA, STREAM, pointer};
use crate::errors::exception;

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
    schema_of(&object.call_method0("__arrow_c_schema__").map_err(|_| no_arrow(object))?)
}

/// The schema in a capsule.
///
/// # Errors
/// The object is no such capsule, or its types are not known.
pub(crate) fn schema_of(capsule: &Bound<'_, PyAny>) -> PyResult<SchemaRef> {
    let schema = pointer::<FFI_ArrowSchema>(capsule, SCHEMA)?;
    // SAFETY: the capsule owns the struct that its name promises, and lives until the end of this function.
    unsafe { c_data::schema(schema) }.map_err(|error| exception(capsule.py(), &error))
}

/// The values of an array: an object with `__arrow_c_array__`, or with `__arrow_c_stream__` for one in several pieces.
///
/// # Errors
/// It is neither, its types are not known, or its pieces do not fit into one array.
pub(crate) fn array(object: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let py = object.py();
    if object.hasattr("__arrow_c_array__")? {
        let capsules = object.call_method0("__arrow_c_array__")?;
        let (schema, array) = capsules.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        let (schema, array) = (pointer::<FFI_ArrowSchema>(&schema, SCHEMA)?, pointer::<FFI_ArrowArray>(&array, ARRAY)?);
        // SAFETY: the capsules own the structs that their names promise, belong together, and were made for this call.
        return unsafe { c_data::array(array, schema) }.map_err(|error| exception(py, &error));
    }
    let capsule = object.call_method0("__arrow_c_stream__").map_err(|_| no_arrow(object))?;
    let stream = pointer::<FFI_ArrowArrayStream>(&capsule, STREAM)?;
    // SAFETY: the capsule owns the struct that its name promises, and was made for this call.
    unsafe { c_data::stream(stream) }.map_err(|error| exception(py, &error))
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

fn no_arrow(object: &Bound<'_, PyAny>) -> PyErr {
    let kind = object.get_type().name().map_or_else(|_| "this".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!(
        "{kind} is no Arrow data: it has no __arrow_c_array__, __arrow_c_stream__ or __arrow_c_schema__"
    ))
}

fn torn(py: Python<'_>, error: &arrow_schema::ArrowError) -> PyErr {
    exception(py, &Error::new(Kind::BadInput, format!("The bytes are no Arrow IPC stream: {error}.")))
}
