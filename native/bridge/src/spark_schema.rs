//! Schemas as Spark writes them: a `StructType` as JSON.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::extension::EXTENSION_TYPE_NAME_KEY;
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use netlytics_connectors::error::{Error, Kind};
use netlytics_kernel::vector;
use serde_json::{Value, json};

/// Spark ML's type of a vector.
const VECTOR_CLASS: &str = "org.apache.spark.ml.linalg.VectorUDT";
const VECTOR_PYTHON_CLASS: &str = "pyspark.ml.linalg.VectorUDT";

/// The Arrow schema of a Spark one. A column's metadata becomes the entry [`vector::SPARK_METADATA`] of the field's.
///
/// # Errors
/// The text is no `StructType`, or a column has a type that does not cross the border.
pub fn read(text: &[u8]) -> Result<SchemaRef, Error> {
    let read = |(name, field): (String, Value)| {
        let spark = field.get("type").unwrap_or(&Value::Null);
        arrow_field(&field).ok_or_else(|| {
            Error::option(format!("The column {name} is of type {spark}, which kernels do not take: cast it."))
        })
    };
    Ok(Arc::new(Schema::new(fields(text)?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?)))
}

/// As [`read`], without the columns of types that do not cross the border.
///
/// # Errors
/// The text is no `StructType`.
pub fn read_known(text: &[u8]) -> Result<SchemaRef, Error> {
    Ok(Arc::new(Schema::new(fields(text)?.iter().filter_map(|(_, field)| arrow_field(field)).collect::<Vec<_>>())))
}

/// The fields of a `StructType`, and their names.
fn fields(text: &[u8]) -> Result<Vec<(String, Value)>, Error> {
    let wrong = |why: &str| Error::option(format!("The schema is not valid: {why}."));
    let schema: Value = serde_json::from_slice(text).map_err(|error| wrong(&error.to_string()))?;
    let fields = schema.get("fields").and_then(Value::as_array).ok_or_else(|| wrong("it has no fields"))?;
    let named = |field: &Value| {
        let name = field.get("name").and_then(Value::as_str).ok_or_else(|| wrong("a field has no name"))?;
        Ok((name.to_owned(), field.clone()))
    };
    fields.iter().map(named).collect()
}

/// An Arrow schema as Spark writes it.
///
/// # Errors
/// A column has a type that does not cross the border.
pub fn write(schema: &Schema) -> Result<Vec<u8>, Error> {
    let fields = schema.fields().iter().map(|field| {
        spark_field(field).ok_or_else(|| {
            Error::new(
                Kind::Internal,
                format!("Spark has no type for the column {} ({}).", field.name(), field.data_type()),
            )
        })
    });
    let fields = fields.collect::<Result<Vec<_>, Error>>()?;
    Ok(json!({"type": "struct", "fields": fields}).to_string().into_bytes())
}

fn arrow_field(spark: &Value) -> Option<Field> {
    let (name, found) = (spark.get("name")?.as_str()?, spark.get("type")?);
    let vectors = found.get("class").and_then(Value::as_str) == Some(VECTOR_CLASS);
    let field = if vectors { vector::field(name) } else { Field::new(name, arrow_type(found)?, true) };
    let described = spark.get("metadata").filter(|metadata| metadata.as_object().is_some_and(|all| !all.is_empty()));
    let described = described.map(|metadata| (vector::SPARK_METADATA.to_owned(), metadata.to_string()));
    let metadata = field.metadata().clone().into_iter().chain(described).collect::<HashMap<_, _>>();
    Some(field.with_metadata(metadata))
}

fn arrow_type(spark: &Value) -> Option<DataType> {
    match (spark.as_str(), spark.get("type").and_then(Value::as_str)) {
        (Some("byte"), _) => Some(DataType::Int8),
        (Some("integer"), _) => Some(DataType::Int32),
        (Some("long"), _) => Some(DataType::Int64),
        (Some("double"), _) => Some(DataType::Float64),
        (Some("string"), _) => Some(DataType::Utf8),
        (Some("boolean"), _) => Some(DataType::Boolean),
        (None, Some("array")) => Some(DataType::new_list(arrow_type(spark.get("elementType")?)?, true)),
        (None, Some("struct")) => {
            let members = spark.get("fields")?.as_array()?.iter().map(arrow_field);
            Some(DataType::Struct(members.collect::<Option<Fields>>()?))
        }
        (None, Some("udt")) => arrow_type(spark.get("sqlType")?),
        _ => None,
    }
}

/// A column, which may be null whatever the kernel says, as Spark's own computed columns may.
fn spark_field(arrow: &Field) -> Option<Value> {
    let mut field = spark_member(arrow)?;
    *field.get_mut("nullable")? = true.into();
    Some(field)
}

fn spark_member(arrow: &Field) -> Option<Value> {
    let sql = spark_type(arrow.data_type())?;
    let found = match arrow.metadata().get(EXTENSION_TYPE_NAME_KEY) {
        Some(mark) if mark == vector::EXTENSION => {
            json!({"type": "udt", "class": VECTOR_CLASS, "pyClass": VECTOR_PYTHON_CLASS, "sqlType": sql})
        }
        _ => sql,
    };
    let metadata = arrow.metadata().get(vector::SPARK_METADATA).map_or("{}", String::as_str);
    let metadata: Value = serde_json::from_str(metadata).ok()?;
    Some(json!({"name": arrow.name(), "type": found, "nullable": arrow.is_nullable(), "metadata": metadata}))
}

fn spark_type(arrow: &DataType) -> Option<Value> {
    Some(match arrow {
        DataType::Int8 => "byte".into(),
        DataType::Int32 => "integer".into(),
        DataType::Int64 => "long".into(),
        DataType::Float64 => "double".into(),
        DataType::Utf8 => "string".into(),
        DataType::Boolean => "boolean".into(),
        DataType::List(member) => {
            let element = spark_type(member.data_type())?;
            json!({"type": "array", "elementType": element, "containsNull": member.is_nullable()})
        }
        DataType::Struct(members) => {
            let members = members.iter().map(|member| spark_member(member)).collect::<Option<Vec<_>>>()?;
            json!({"type": "struct", "fields": members})
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let point = [("x", DataType::Float64), ("y", DataType::Int8)].map(|(name, kind)| Field::new(name, kind, true));
        let fields = [
            ("f", DataType::Int32),
            ("g", DataType::Struct(point.into_iter().collect())),
            ("a", DataType::Int64),
            ("b", DataType::Float64),
            ("c", DataType::Utf8),
            ("d", DataType::Boolean),
            ("e", DataType::new_list(DataType::Float64, true)),
        ];
        let schema = Schema::new(fields.map(|(name, data_type)| Field::new(name, data_type, true)).to_vec());
        assert_eq!(*read(&write(&schema).unwrap()).unwrap(), schema);
    }

    /// As Spark 3.5 writes the schema of a column that a VectorAssembler made.
    const VECTORS: &str = r#"{"type":"struct","fields":[{"name":"features","type":{"type":"udt",
        "class":"org.apache.spark.ml.linalg.VectorUDT","pyClass":"pyspark.ml.linalg.VectorUDT","sqlType":{"type":"struct",
        "fields":[{"name":"type","type":"byte","nullable":false,"metadata":{}},
        {"name":"size","type":"integer","nullable":true,"metadata":{}},
        {"name":"indices","type":{"type":"array","elementType":"integer","containsNull":false},"nullable":true,"metadata":{}},
        {"name":"values","type":{"type":"array","elementType":"double","containsNull":false},"nullable":true,"metadata":{}}]}},
        "nullable":true,"metadata":{"ml_attr":{"attrs":{"numeric":[{"idx":0,"name":"bytes"}]},"num_attrs":1}}}]}"#;

    #[test]
    fn vectors_and_what_their_column_says_of_them() {
        let schema = read(VECTORS.as_bytes()).unwrap();
        let features = schema.field(0);
        assert!(vector::is_vector(features.data_type()));
        assert!(features.metadata()[vector::SPARK_METADATA].contains(r#""num_attrs":1"#));
        let written: Value = serde_json::from_slice(&write(&schema).unwrap()).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(VECTORS).unwrap());
    }

    #[test]
    fn other_types_are_refused_by_name() {
        let error = read(br#"{"fields":[{"name":"when","type":"timestamp"}]}"#).unwrap_err();
        assert!(error.message.contains("when") && error.message.contains("timestamp"), "{error}");
        let known = br#"{"fields":[{"name":"when","type":"timestamp"},{"name":"bytes","type":"long"}]}"#;
        assert_eq!(*read_known(known).unwrap(), Schema::new(vec![Field::new("bytes", DataType::Int64, true)]));
    }
}
