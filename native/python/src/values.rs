//! Rows as Python values, for showing a few of them where no pyarrow is.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

/// The rows of a batch as tuples.
///
/// # Errors
/// Python has no memory.
pub(crate) fn rows<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Vec<Bound<'py, PyTuple>>> {
    (0..batch.num_rows())
        .map(|row| {
            let values = batch.columns().iter().map(|column| value(py, column, row)).collect::<PyResult<Vec<_>>>()?;
            PyTuple::new(py, values)
        })
        .collect()
}

/// One value: a number, a text, a list of them, or None.
fn value<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match column.data_type() {
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::List(_) => {
            let members = column.as_list::<i32>().value(row);
            let members = (0..members.len()).map(|row| value(py, &members, row)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, members)?.into_any()
        }
        _ => column.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
    })
}
