//! SQL functions over Arrow arrays.

use arrow_array::{Array as _, ArrayRef};
use netlytics_bridge::kernel::ours;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::errors::{detached, exception};
use crate::{export, import};

/// Calls a function by name; gives the results as one array.
#[pyfunction]
#[pyo3(signature = (name, *arguments))]
pub(crate) fn call_function(py: Python<'_>, name: &str, arguments: &Bound<'_, PyTuple>) -> PyResult<Array> {
    let arrays = arguments.iter().map(|argument| import::array(&argument)).collect::<PyResult<Vec<_>>>()?;
    let called =
        detached(py, || netlytics_functions::open(name).and_then(|function| function.call(&arrays)).map_err(ours));
    Ok(Array(called.map_err(|error| exception(py, &error))?))
}

/// An Arrow array: data for whoever asks through the PyCapsule interface.
#[pyclass(module = "netlytics._native", frozen)]
pub(crate) struct Array(ArrayRef);

#[pymethods]
impl Array {
    /// The capsule of the type.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        export::data_type(py, self.0.data_type())
    }

    /// The capsules of type and values. The type is the array's own, whatever `requested_schema` is, as the interface allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        drop(requested_schema);
        export::array(py, &self.0)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }
}
