//! Models: what they say of themselves, what they are made of, and how they are learned without Spark.

use arrow_array::RecordBatch;
use netlytics_algos::Kind as InputKind;
use netlytics_bridge::kernel::ours;
use netlytics_bridge::model;
use netlytics_kernel::estimator;
use netlytics_local::whole_file;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::errors::{detached, exception};
use crate::import;

/// What a model says of itself, as JSON.
#[pyfunction]
pub(crate) fn describe_model(py: Python<'_>, message: &[u8]) -> PyResult<String> {
    let description = model::describe(message).map_err(|error| exception(py, &error))?;
    String::from_utf8(description).map_err(Into::into)
}

/// A model together with the transform that makes its features.
#[pyfunction]
pub(crate) fn model_with_transform<'py>(
    py: Python<'py>,
    message: &[u8],
    transform: &[u8],
) -> PyResult<Bound<'py, PyBytes>> {
    let both = model::with_transform(message, transform).map_err(|error| exception(py, &error))?;
    Ok(PyBytes::new(py, &both))
}

/// The transform that a model holds, or None.
#[pyfunction]
pub(crate) fn model_transform<'py>(py: Python<'py>, message: &[u8]) -> PyResult<Option<Bound<'py, PyBytes>>> {
    let transform = model::transform(message).map_err(|error| exception(py, &error))?;
    Ok(transform.map(|bytes| PyBytes::new(py, &bytes)))
}

/// How many models this process has decoded so far.
#[pyfunction]
pub(crate) fn models_decoded() -> u64 {
    model::decoded()
}

/// The columns that an estimator or a kernel of this name reads: (name, "features", "number" or "text"); None for all.
#[pyfunction]
#[pyo3(signature = (name, params, model))]
pub(crate) fn inputs(
    py: Python<'_>,
    name: &str,
    params: &str,
    model: Option<&[u8]>,
) -> PyResult<Option<Vec<(String, &'static str)>>> {
    let inputs = netlytics_algos::inputs(name, params, model).map_err(|error| exception(py, &ours(error)))?;
    let word = |kind| match kind {
        InputKind::Features => "features",
        InputKind::Number => "number",
        InputKind::Text => "text",
    };
    Ok(inputs.map(|inputs| inputs.into_iter().map(|input| (input.name, word(input.kind))).collect()))
}

/// The model that an estimator learns from batches of a schema.
#[pyfunction]
pub(crate) fn fit<'py>(
    py: Python<'py>,
    name: &str,
    params: &str,
    schema: &Bound<'py, PyAny>,
    batches: Vec<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyBytes>> {
    let schema = import::schema(schema)?;
    let batches = batches.iter().map(import::batch).collect::<PyResult<Vec<RecordBatch>>>()?;
    let learned = detached(py, || {
        let estimator = netlytics_algos::estimator(name, params, &schema).map_err(ours)?;
        estimator::fit(estimator.as_ref(), &batches).map_err(ours)
    });
    let (message, _) = learned.map_err(|error| exception(py, &error))?;
    Ok(PyBytes::new(py, &message))
}

/// The bytes of a file of this machine or of `hdfs://`.
#[pyfunction]
pub(crate) fn read_file<'py>(py: Python<'py>, path: &str) -> PyResult<Bound<'py, PyBytes>> {
    let read = detached(py, || whole_file::read(path));
    read.map(|bytes| PyBytes::new(py, &bytes)).map_err(|error| exception(py, &error))
}
