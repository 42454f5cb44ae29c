//! Schemas as Spark writes them: a `StructType` as JSON.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};
use netlytics_connectors::error::{Error, Kind};
use serde_json::{Value, json};

/// The Arrow schema of a Spark one.
///
/// # Errors
/// The text is no `StructType`, or a column has a type that does not cross the border.
pub fn read(text: &[u8]) -> Result<SchemaRef, Error> {
    let wrong = |why: String| Error::option(format!("The schema is not valid: {why}."));
    let schema: Value = serde_json::from_slice(text).map_err(|error| wrong(error.to_string()))?;
    let fields = schema.get("fields").and_then(Value::as_array).ok_or_else(|| wrong("it has no fields".to_owned()))?;
    let field = |field: &Value| {
        let name = field.get("name").and_then(Value::as_str).ok_or_else(|| wrong("a field has no name".to_owned()))?;
        let spark = field.get("type").unwrap_or(&Value::Null);
        let arrow = arrow_type(spark).ok_or_else(|| {
            Error::option(format!("The column {name} is of type {spark}, which kernels do not take: cast it."))
        })?;
        Ok(Field::new(name, arrow, true))
    };
    Ok(Arc::new(Schema::new(fields.iter().map(field).collect::<Result<Vec<_>, _>>()?)))
}

/// An Arrow schema as Spark writes it.
///
/// # Errors
/// A column has a type that does not cross the border.
pub fn write(schema: &Schema) -> Result<Vec<u8>, Error> {
    let fields = schema.fields().iter().map(|field| {
        let spark = spark_type(field.data_type()).ok_or_else(|| {
            Error::new(
                Kind::Internal,
                format!("Spark has no type for the column {} ({}).", field.name(), field.data_type()),
            )
        })?;
        Ok(json!({"name": field.name(), "type": spark, "nullable": true, "metadata": {}}))
    });
    let fields = fields.collect::<Result<Vec<_>, Error>>()?;
    Ok(json!({"type": "struct", "fields": fields}).to_string().into_bytes())
}

fn arrow_type(spark: &Value) -> Option<DataType> {
    match spark.as_str() {
        Some("long") => Some(DataType::Int64),
        Some("double") => Some(DataType::Float64),
        Some("string") => Some(DataType::Utf8),
        Some("boolean") => Some(DataType::Boolean),
        Some(_) => None,
        None => Some(DataType::new_list(arrow_type(spark.get("elementType")?)?, true)),
    }
}

fn spark_type(arrow: &DataType) -> Option<Value> {
    Some(match arrow {
        DataType::Int64 => "long".into(),
        DataType::Float64 => "double".into(),
        DataType::Utf8 => "string".into(),
        DataType::Boolean => "boolean".into(),
        DataType::List(member) => {
            json!({"type": "array", "elementType": spark_type(member.data_type())?, "containsNull": true})
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let fields = [
            ("a", DataType::Int64),
            ("b", DataType::Float64),
            ("c", DataType::Utf8),
            ("d", DataType::Boolean),
            ("e", DataType::new_list(DataType::Float64, true)),
        ];
        let schema = Schema::new(fields.map(|(name, data_type)| Field::new(name, data_type, true)).to_vec());
        assert_eq!(*read(&write(&schema).unwrap()).unwrap(), schema);
    }

    #[test]
    fn other_types_are_refused_by_name() {
        let error = read(br#"{"fields":[{"name":"when","type":"timestamp"}]}"#).unwrap_err();
        assert!(error.message.contains("when") && error.message.contains("timestamp"), "{error}");
    }
}
