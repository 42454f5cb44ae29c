//! `netlytics._native`: the tables of the connectors for Python, without Spark, the kernels of the algorithms, and
//! the SQL functions. The package's Python modules are its public face; this one unwraps arguments, calls
//! [`netlytics_local`], [`netlytics_algos`] or [`netlytics_functions`] with the GIL released, and wraps what comes back.

mod capsule;
mod conditions;
mod errors;
mod export;
mod function;
mod import;
mod kernel;
mod model;
mod outcome;
mod requested;
mod signals;
mod table;
mod values;

use pyo3::prelude::*;

/// The module.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(function::call_function, module)?)?;
    module.add_class::<function::Array>()?;
    module.add_function(wrap_pyfunction!(model::describe_model, module)?)?;
    module.add_function(wrap_pyfunction!(model::fit, module)?)?;
    module.add_function(wrap_pyfunction!(model::inputs, module)?)?;
    module.add_function(wrap_pyfunction!(model::model_transform, module)?)?;
    module.add_function(wrap_pyfunction!(model::model_with_transform, module)?)?;
    module.add_function(wrap_pyfunction!(model::models_decoded, module)?)?;
    module.add_function(wrap_pyfunction!(model::read_file, module)?)?;
    module.add_class::<kernel::Kernel>()?;
    module.add_class::<kernel::Batch>()?;
    module.add_class::<table::Table>()?;
    module.add_class::<table::Written>()
}
