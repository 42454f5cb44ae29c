//! `Kernel`: an algorithm at work on the batches of one partition.

use std::sync::{Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::SchemaRef;
use netlytics_bridge::kernel::ours;
use netlytics_bridge::spark_schema;
use netlytics_connectors::error::{Error, Kind};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyTuple};

use crate::errors::{detached, exception};
use crate::{export, import, requested};

/// A kernel at work.
#[pyclass(module = "netlytics._native", frozen)]
pub(crate) struct Kernel {
    kernel: Mutex<Box<dyn netlytics_kernel::Kernel>>,
    output: SchemaRef,
}

#[pymethods]
impl Kernel {
    /// A kernel by name, with its parameters as a JSON object and its model (bytes) if it takes one, for batches of a schema.
    #[new]
    #[pyo3(signature = (name, params, model, schema))]
    fn new(
        py: Python<'_>,
        name: &str,
        params: &str,
        model: Option<&[u8]>,
        schema: &Bound<'_, PyAny>,
    ) -> PyResult<Self> {
        let input = import::schema(schema)?;
        let opened = detached(py, || netlytics_algos::open(name, params, model, &input).map_err(ours));
        let kernel = opened.map_err(|error| exception(py, &error))?;
        let output = kernel.schema();
        Ok(Self { kernel: Mutex::new(kernel), output })
    }

    /// What a kernel gives for rows of a Spark schema (a `StructType` as JSON), likewise as JSON. `leaves_out` says that
    /// columns of types which no kernel takes do not matter; else they are refused.
    #[staticmethod]
    #[pyo3(signature = (name, params, model, schema, leaves_out))]
    fn spark_output(
        py: Python<'_>,
        name: &str,
        params: &str,
        model: Option<&[u8]>,
        schema: &str,
        leaves_out: bool,
    ) -> PyResult<Vec<u8>> {
        let output = detached(py, || {
            let read = if leaves_out { spark_schema::read_known } else { spark_schema::read };
            let kernel = netlytics_algos::open(name, params, model, &read(schema.as_bytes())?).map_err(ours)?;
            spark_schema::write(&kernel.schema())
        });
        output.map_err(|error| exception(py, &error))
    }

    /// The schema of the batches that it gives, as a batch of no rows.
    fn schema(&self) -> Batch {
        Batch(RecordBatch::new_empty(SchemaRef::clone(&self.output)))
    }

    /// Takes a batch; returns those that are ready.
    fn push(&self, py: Python<'_>, batch: &Bound<'_, PyAny>) -> PyResult<Vec<Batch>> {
        let batch = import::batch(batch)?;
        self.work(py, |kernel| kernel.push(&batch))
    }

    /// Signals the end of input; returns the batches that are left.
    fn end(&self, py: Python<'_>) -> PyResult<Vec<Batch>> {
        self.work(py, |kernel| kernel.end())
    }
}

impl Kernel {
    fn work(
        &self,
        py: Python<'_>,
        step: impl FnOnce(&mut dyn netlytics_kernel::Kernel) -> Result<(), netlytics_kernel::Error> + Send,
    ) -> PyResult<Vec<Batch>> {
        let made = detached(py, || {
            let mut kernel = self.kernel.lock().unwrap_or_else(PoisonError::into_inner);
            step(kernel.as_mut()).map_err(ours)?;
            std::iter::from_fn(|| kernel.next().map_err(ours).transpose()).collect::<Result<Vec<_>, Error>>()
        });
        Ok(made.map_err(|error| exception(py, &error))?.into_iter().map(Batch).collect())
    }
}

/// A batch that a kernel gave: Arrow data for whoever asks through the PyCapsule interface.
#[pyclass(module = "netlytics._native", frozen)]
pub(crate) struct Batch(RecordBatch);

#[pymethods]
impl Batch {
    /// The schema's capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        export::schema(py, &self.0.schema())
    }

    /// The capsules of schema and array.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        requested::check(requested_schema.as_ref(), &self.0.schema())?;
        export::batch(py, &self.0)
    }

    /// An IPC stream of this batch, for libraries without the interface.
    fn to_ipc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let written = StreamWriter::try_new(Vec::new(), &self.0.schema()).and_then(|mut writer| {
            writer.write(&self.0)?;
            writer.into_inner()
        });
        match written {
            Ok(bytes) => Ok(PyBytes::new(py, &bytes)),
            Err(error) => Err(exception(py, &Error::new(Kind::Internal, error.to_string()))),
        }
    }
}
