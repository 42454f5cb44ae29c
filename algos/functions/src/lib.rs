//! SQL functions: what Spark calls as `netlytics.registered_domain(query)` and Python as
//! `netlytics.functions.registered_domain(array)`.
//!
//! A function is a [`Function`]: it says what one row gives. Its name, its arguments and its documentation are an entry of
//! `functions` in `algos/registry.json` ([`Signature`]), which the hosts and the documentation read too. [`open`] puts the
//! two together; a host then calls it [row by row](Opened::row) or [over Arrow arrays](Opened::call).
//!
//! Nothing here knows of JNI, Spark or Python.

mod columns;
mod domain_name;
mod function;
mod opened;
mod registered_domain;
mod signature;

pub use function::{Function, Value};
pub use opened::Opened;
pub use signature::{Argument, Example, Kind, Signature, signatures};

use netlytics_kernel::Error;

/// The function of this name, ready to be called.
///
/// # Errors
/// There is no such function.
pub fn open(name: &str) -> Result<Opened, Error> {
    let all = signatures()?;
    let signature = all.iter().find(|signature| signature.name == name).ok_or_else(|| {
        let known = all.iter().map(|signature| signature.name.as_str()).collect::<Vec<_>>().join(", ");
        Error::parameter(format!("There is no function {name}. The functions are {known}."))
    })?;
    let function: Box<dyn Function> = match name {
        registered_domain::NAME => Box::new(registered_domain::RegisteredDomain),
        other => return Err(Error::internal(format!("The function {other} is in the registry, but not implemented."))),
    };
    Ok(Opened::new(signature, function))
}
