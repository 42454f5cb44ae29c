//! States, partial results and models as bytes.
//!
//! A message is an Arrow IPC stream of one row. Its columns are the fields of a struct, and its schema names the message and
//! its version, so any Arrow library can read it. Columns may be numbers, texts, lists and structs of these.

use std::io::Cursor;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{FieldRef, Schema, SchemaRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_arrow::schema::{SchemaLike as _, TracingOptions};

use crate::error::Error;

/// Key of the message's name in the schema's metadata.
pub const NAME: &str = "netlytics.message";
/// Key of the version of the message's fields.
pub const VERSION: &str = "netlytics.version";

/// Encodes a struct as the message of this name.
///
/// # Errors
/// The struct has a field that Arrow has no column for, which would be a fault of ours.
pub fn encode<T: Serialize + DeserializeOwned>(name: &str, version: u32, content: &T) -> Result<Vec<u8>, Error> {
    let fields = Vec::<FieldRef>::from_type::<T>(TracingOptions::default()).map_err(Error::internal)?;
    let row = serde_arrow::to_record_batch(&fields, &vec![content]).map_err(Error::internal)?;
    let metadata = [(NAME.to_owned(), name.to_owned()), (VERSION.to_owned(), version.to_string())];
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata));
    stream(&RecordBatch::try_new(schema, row.columns().to_vec()).map_err(Error::internal)?)
}

/// The Arrow IPC stream of a message's row.
pub(crate) fn stream(row: &RecordBatch) -> Result<Vec<u8>, Error> {
    let mut writer = StreamWriter::try_new(Vec::new(), row.schema_ref()).map_err(Error::internal)?;
    writer.write(row).map_err(Error::internal)?;
    writer.into_inner().map_err(Error::internal)
}

/// The schema of a message, without looking at its row; or, as the end of a sentence, why the bytes are no message.
pub(crate) fn schema(bytes: &[u8]) -> Result<SchemaRef, String> {
    reader(bytes).map(|reader| reader.schema())
}

/// The row of a message; or, as the end of a sentence, why the bytes are no message.
pub(crate) fn row(bytes: &[u8]) -> Result<RecordBatch, String> {
    let row = reader(bytes)?.next().ok_or_else(|| "it is empty".to_owned())?;
    row.map_err(|error| format!("it is damaged ({error})"))
}

fn reader(bytes: &[u8]) -> Result<StreamReader<Cursor<&[u8]>>, String> {
    StreamReader::try_new(Cursor::new(bytes), None).map_err(|error| format!("it is not Arrow ({error})"))
}

/// Decodes the message of this name and version.
///
/// # Errors
/// The bytes are no message, or another one: a model of another algorithm, say, or of another version.
pub fn decode<T: DeserializeOwned>(name: &str, version: u32, bytes: &[u8]) -> Result<T, Error> {
    let refused = |why: String| Error::parameter(format!("This is no {name}: {why}."));
    let row = row(bytes).map_err(refused)?;
    let schema = row.schema();
    let entry = |key: &str| schema.metadata().get(key).map_or("", String::as_str);
    if entry(NAME) != name {
        return Err(refused(format!("it is a {}", if entry(NAME).is_empty() { "table" } else { entry(NAME) })));
    }
    if entry(VERSION) != version.to_string() {
        return Err(refused(format!("it is of version {}, this NetLytics reads version {version}", entry(VERSION))));
    }
    let mut rows: Vec<T> = serde_arrow::from_record_batch(&row).map_err(|error| refused(error.to_string()))?;
    rows.pop().ok_or_else(|| refused("it is empty".to_owned()))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Centres {
        count: u64,
        values: Vec<f64>,
        names: Vec<String>,
        nested: Vec<Vec<i64>>,
        last: Option<f64>,
    }

    fn centres() -> Centres {
        Centres {
            count: 3,
            values: vec![0.1, f64::INFINITY],
            names: vec!["é".to_owned()],
            nested: vec![vec![i64::MIN], vec![]],
            last: None,
        }
    }

    #[test]
    fn a_message_comes_back_as_it_went() {
        let bytes = encode("kmeans.model", 2, &centres()).unwrap();
        assert_eq!(decode::<Centres>("kmeans.model", 2, &bytes).unwrap(), centres());
    }

    #[test]
    fn other_messages_are_refused_by_name() {
        let bytes = encode("kmeans.model", 2, &centres()).unwrap();
        for (name, version, bytes, expected) in [
            ("pca.model", 2, bytes.as_slice(), "it is a kmeans.model"),
            ("kmeans.model", 3, bytes.as_slice(), "it is of version 2"),
            ("kmeans.model", 2, b"text".as_slice(), "it is not Arrow"),
            ("kmeans.model", 2, &bytes[..bytes.len() / 2], "This is no kmeans.model"),
        ] {
            let error = decode::<Centres>(name, version, bytes).unwrap_err();
            assert!(error.message.contains(expected), "{error}");
        }
    }
}
