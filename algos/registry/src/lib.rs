//! Every kernel by name, `<family>.<algorithm>`: each module puts an algorithm behind the protocol of [`netlytics_kernel`].

mod s_h_esd;

use arrow_schema::SchemaRef;
use netlytics_kernel::{Error, Kernel};

/// A kernel at its start.
///
/// # Arguments
/// - `name`: for instance `anomaly.s_h_esd`.
/// - `params`: its parameters as a JSON object.
/// - `schema`: of the batches that it will be given.
///
/// # Errors
/// There is no such kernel, or a parameter or the schema does not fit it.
pub fn open(name: &str, params: &str, schema: &SchemaRef) -> Result<Box<dyn Kernel>, Error> {
    match name {
        s_h_esd::NAME => Ok(Box::new(s_h_esd::SeriesKernel::open(params, schema)?)),
        other => Err(Error::parameter(format!("There is no kernel {other}. The kernels are {}.", s_h_esd::NAME))),
    }
}
