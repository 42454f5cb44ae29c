//! Parameters of a kernel.

use serde::de::DeserializeOwned;

use crate::error::Error;

/// Parameters out of their JSON form: an object with the parameters' names.
///
/// # Errors
/// The text is no such object, has another parameter than these, or a value of the wrong type.
pub fn parse<P: DeserializeOwned>(kernel: &str, json: &str) -> Result<P, Error> {
    serde_json::from_str(json)
        .map_err(|error| Error::parameter(format!("The parameters of {kernel} are not valid: {error}.")))
}
