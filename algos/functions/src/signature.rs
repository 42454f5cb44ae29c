//! The `functions` of `algos/registry.json`.

use std::sync::LazyLock;

use netlytics_kernel::Error;
use serde::{Deserialize, Serialize};

const REGISTRY: &str = include_str!("../../registry.json");

/// What a function is called, what it takes and gives, and what it is for.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    pub name: String,
    pub description: String,
    pub arguments: Vec<Argument>,
    pub returns: Kind,
    pub examples: Vec<Example>,
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Kind,
    pub doc: String,
}

/// A call and its result, for the documentation; the tests make each of them.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub arguments: Vec<serde_json::Value>,
    pub result: serde_json::Value,
}

/// A type, by the name that Spark's JSON schemas have for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    String,
    Long,
    Double,
    Boolean,
}

#[derive(Deserialize)]
struct Registry {
    functions: Vec<Signature>,
}

/// The signatures of all functions, in the registry's order.
///
/// # Errors
/// The registry is not valid, which would be a fault of ours.
pub fn signatures() -> Result<&'static [Signature], Error> {
    static ALL: LazyLock<Result<Vec<Signature>, String>> = LazyLock::new(|| {
        let registry = serde_json::from_str::<Registry>(REGISTRY);
        registry.map(|registry| registry.functions).map_err(|error| error.to_string())
    });
    ALL.as_deref().map_err(|error| Error::internal(format!("algos/registry.json is not valid: {error}.")))
}
