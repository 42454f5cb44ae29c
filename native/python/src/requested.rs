//! The schema that a consumer of the Arrow PyCapsule interface may ask for.
//!
//! By the interface it is a wish for another representation of the same data (another width of the offsets, say), which
//! need not be granted: our batches keep their types, and whoever reads them casts. It is no way to choose columns: other
//! columns than there are must be an error, else the consumer takes ours for those that it asked for.
//!
//! Source: <https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html#schema-requests>.

use arrow_schema::Schema;
use netlytics_connectors::error::Error;
use pyo3::prelude::*;

use crate::errors::exception;
use crate::import;

/// Looks at the schema asked for, if there is one.
///
/// # Errors
/// It is no schema capsule, or its columns are not those of `offered`, by name and order.
pub(crate) fn check(requested: Option<&Bound<'_, PyAny>>, offered: &Schema) -> PyResult<()> {
    let Some(requested) = requested.filter(|requested| !requested.is_none()) else { return Ok(()) };
    let asked_for = import::schema_of(requested)?;
    let names = |schema: &Schema| schema.fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>();
    if names(&asked_for) == names(offered) {
        return Ok(());
    }
    let message = format!(
        "The schema asked for has the columns {}, the table has {}: give netlytics.open the columns that you want, in \
         their order.",
        names(&asked_for).join(", "),
        names(offered).join(", ")
    );
    Err(exception(requested.py(), &Error::option(message)))
}
