//! A model as a file: one message that says what it is.
//!
//! What an estimator learned is a [message](crate::message): an Arrow IPC stream of one row whose columns are the model's
//! contents. [`annotate`] writes beside its name and version, in the schema's metadata, what a stranger needs to use it:
//! the estimator and its parameters, the features it was learned from, and how the fit went, each as JSON. A model of
//! features that a transform made can hold that transform ([`with_transform`]), so that one file scores raw columns.

use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, ArrayRef, BinaryArray, RecordBatch};
use arrow_schema::{DataType, Field, Metadata, Schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::Error;
use crate::message::{self, NAME, VERSION};
use crate::vector;

/// Keys of the schema's metadata.
pub const ESTIMATOR: &str = "netlytics.estimator";
pub const PARAMETERS: &str = "netlytics.parameters";
pub const FEATURES: &str = "netlytics.features";
pub const SUMMARY: &str = "netlytics.summary";
/// The column that holds the transform's own message.
pub const TRANSFORM: &str = "netlytics.transform";

/// A column that a model was learned from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    pub name: String,
    /// `double`, `string` or `vector`, which arrays of doubles are too; another one as Arrow calls it.
    #[serde(rename = "type")]
    pub data_type: String,
    /// Of a vector, the names of its numbers if its column tells them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}

impl Feature {
    /// The column that a field describes.
    #[must_use]
    pub fn of(field: &Field) -> Self {
        let data_type = match field.data_type() {
            DataType::Float64 => "double".to_owned(),
            DataType::Utf8 => "string".to_owned(),
            DataType::List(member) if member.data_type() == &DataType::Float64 => "vector".to_owned(),
            vectors if vector::is_vector(vectors) => "vector".to_owned(),
            other => other.to_string(),
        };
        Self { name: field.name().clone(), data_type, members: vector::members_named(field) }
    }
}

/// What a model says of itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Description {
    /// The message's name, for instance `clustering.kmeans.model`.
    pub name: String,
    /// The version of the message's columns.
    pub version: u32,
    /// The estimator that learned it, for instance `clustering.kmeans`.
    pub estimator: String,
    /// The estimator's parameters, an object.
    pub parameters: Value,
    /// In the order of the model's numbers.
    pub features: Vec<Feature>,
    /// How the fit went, an object.
    pub summary: Value,
    /// The transform that makes the features.
    pub transform: Option<Box<Description>>,
}

/// Writes into a model what it is.
///
/// # Errors
/// The bytes are no message.
pub fn annotate(
    model: &[u8],
    estimator: &str,
    parameters: &str,
    features: &[Feature],
    summary: &str,
) -> Result<Vec<u8>, Error> {
    let features = serde_json::to_string(features).map_err(Error::internal)?;
    let row = row(model)?;
    let mut metadata = row.schema_ref().metadata().clone();
    let entries = [(ESTIMATOR, estimator), (PARAMETERS, parameters), (FEATURES, &features), (SUMMARY, summary)];
    metadata.extend(entries.map(|(key, value)| (key.to_owned(), value.to_owned())));
    rewritten(&row, row.schema_ref().fields().to_vec(), row.columns().to_vec(), metadata)
}

/// What a model says of itself.
///
/// # Errors
/// The bytes are no model of NetLytics, or are damaged.
pub fn description(model: &[u8]) -> Result<Description, Error> {
    let row = row(model)?;
    let metadata = row.schema_ref().metadata();
    let version = entry(metadata, VERSION)?.parse().map_err(|_| refused("its version is no number"))?;
    let features = json(metadata, FEATURES)?;
    Ok(Description {
        name: entry(metadata, NAME)?.to_owned(),
        version,
        estimator: entry(metadata, ESTIMATOR)?.to_owned(),
        parameters: json(metadata, PARAMETERS)?,
        features,
        summary: json(metadata, SUMMARY)?,
        transform: transform_of(&row).map(|bytes| description(&bytes).map(Box::new)).transpose()?,
    })
}

/// The columns that a model was learned from. Its contents are not looked at: every task asks.
///
/// # Errors
/// The bytes are no model of NetLytics.
pub fn features(model: &[u8]) -> Result<Vec<Feature>, Error> {
    let schema = message::schema(model).map_err(|why| refused(&why))?;
    json(schema.metadata(), FEATURES)
}

fn row(model: &[u8]) -> Result<RecordBatch, Error> {
    message::row(model).map_err(|why| refused(&why))
}

fn entry<'m>(metadata: &'m Metadata, key: &str) -> Result<&'m str, Error> {
    metadata.get(key).map(String::as_str).ok_or_else(|| refused(&format!("it has no {key}")))
}

fn json<T: DeserializeOwned>(metadata: &Metadata, key: &str) -> Result<T, Error> {
    let not_json = |error| refused(&format!("its {key} is no JSON ({error})"));
    let value = serde_json::from_str::<Value>(entry(metadata, key)?).map_err(not_json)?;
    serde_json::from_value(value).map_err(|error| refused(&error.to_string()))
}

/// The model together with the transform that makes its features.
///
/// # Errors
/// One of them is no model of NetLytics.
pub fn with_transform(model: &[u8], transform: &[u8]) -> Result<Vec<u8>, Error> {
    description(transform)?;
    let row = row(model)?;
    let kept = row.schema_ref().fields().iter().zip(row.columns()).filter(|(field, _)| field.name() != TRANSFORM);
    let (mut fields, mut columns): (Vec<_>, Vec<ArrayRef>) =
        kept.map(|(field, column)| (Arc::clone(field), Arc::clone(column))).unzip();
    fields.push(Arc::new(Field::new(TRANSFORM, DataType::Binary, true)));
    columns.push(Arc::new(BinaryArray::from_vec(vec![transform])));
    rewritten(&row, fields, columns, row.schema_ref().metadata().clone())
}

/// The transform that a model holds.
///
/// # Errors
/// The bytes are no model of NetLytics.
pub fn transform(model: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    Ok(transform_of(&row(model)?))
}

fn transform_of(row: &RecordBatch) -> Option<Vec<u8>> {
    let column = row.column_by_name(TRANSFORM).and_then(|column| column.as_binary_opt::<i32>());
    column.filter(|column| column.len() == 1 && column.is_valid(0)).map(|column| column.value(0).to_vec())
}

fn rewritten(
    row: &RecordBatch,
    fields: Vec<Arc<Field>>,
    columns: Vec<ArrayRef>,
    metadata: Metadata,
) -> Result<Vec<u8>, Error> {
    debug_assert_eq!(row.num_rows(), 1, "a message is one row");
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    message::stream(&RecordBatch::try_new(schema, columns).map_err(Error::internal)?)
}

fn refused(why: &str) -> Error {
    Error::parameter(format!("This is no model of NetLytics: {why}."))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Bounds {
        low: f64,
        high: f64,
    }

    const BOUNDS: Bounds = Bounds { low: -1.5, high: 2.5 };

    fn model(name: &str) -> Vec<u8> {
        let bytes = message::encode(name, 3, &BOUNDS).unwrap();
        let feature = Feature::of(&Field::new("bytes", DataType::Float64, true));
        annotate(&bytes, "test.bounds", r#"{"factor":3}"#, &[feature], r#"{"rows":7}"#).unwrap()
    }

    #[test]
    fn a_model_says_what_it_is_and_keeps_its_contents() {
        let bytes = model("test.bounds.model");
        let found = description(&bytes).unwrap();
        assert_eq!(
            (found.name.as_str(), found.version, found.estimator.as_str()),
            ("test.bounds.model", 3, "test.bounds")
        );
        assert_eq!(found.parameters["factor"], 3);
        assert_eq!((found.features[0].name.as_str(), found.features[0].data_type.as_str()), ("bytes", "double"));
        assert_eq!((&found.summary["rows"], &found.transform), (&Value::from(7), &None));
        assert_eq!(message::decode::<Bounds>("test.bounds.model", 3, &bytes).unwrap(), BOUNDS);
    }

    #[test]
    fn a_model_holds_its_transform() {
        let (bytes, other) = (model("test.bounds.model"), model("test.transform.model"));
        let both = with_transform(&with_transform(&bytes, &bytes).unwrap(), &other).unwrap();
        assert_eq!(transform(&both).unwrap(), Some(other));
        assert_eq!(description(&both).unwrap().transform.unwrap().name, "test.transform.model");
        assert_eq!(message::decode::<Bounds>("test.bounds.model", 3, &both).unwrap(), BOUNDS);
        assert_eq!(transform(&bytes).unwrap(), None);
    }

    #[test]
    fn what_is_no_model_is_refused() {
        let bytes = model("test.bounds.model");
        let plain = message::encode("test.state", 1, &BOUNDS).unwrap();
        for (bytes, expected) in [
            (b"not arrow".as_slice(), "This is no model of NetLytics: it is not Arrow"),
            (&bytes[..bytes.len() / 2], "This is no model of NetLytics"),
            (plain.as_slice(), "it has no netlytics.features"),
        ] {
            let error = description(bytes).unwrap_err();
            assert!(error.message.contains(expected), "{error}");
        }
        assert!(with_transform(&bytes, &plain).is_err());
    }
}
