//! Every function of the registry answers as its examples say, over arrays and row by row.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use netlytics_functions::{Kind, Opened, Value, open, signatures};
use serde_json::Value as Json;

fn array(kind: Kind, values: &[&Json]) -> ArrayRef {
    match kind {
        Kind::String => Arc::new(values.iter().map(|value| value.as_str()).collect::<StringArray>()),
        Kind::Long => Arc::new(values.iter().map(|value| value.as_i64()).collect::<Int64Array>()),
        Kind::Double => Arc::new(values.iter().map(|value| value.as_f64()).collect::<Float64Array>()),
        Kind::Boolean => Arc::new(values.iter().map(|value| value.as_bool()).collect::<BooleanArray>()),
    }
}

fn value(kind: Kind, json: &Json) -> Option<Value<'_>> {
    match kind {
        Kind::String => json.as_str().map(Value::Text),
        Kind::Long => json.as_i64().map(Value::Long),
        Kind::Double => json.as_f64().map(Value::Double),
        Kind::Boolean => json.as_bool().map(Value::Boolean),
    }
}

fn functions() -> Vec<Opened> {
    signatures().unwrap().iter().map(|signature| open(&signature.name).unwrap()).collect()
}

#[test]
fn examples_over_arrays() {
    for function in functions() {
        let signature = function.signature();
        let arguments = signature.arguments.iter().enumerate().map(|(place, argument)| {
            let values = signature.examples.iter().map(|example| &example.arguments[place]).collect::<Vec<_>>();
            array(argument.kind, &values)
        });
        let results = signature.examples.iter().map(|example| &example.result).collect::<Vec<_>>();
        let found = function.call(&arguments.collect::<Vec<_>>()).unwrap();
        assert_eq!(&found, &array(signature.returns, &results), "{}", signature.name);
        assert!(signature.examples.len() > 1, "{} has examples", signature.name);
    }
}

#[test]
fn examples_row_by_row() {
    for function in functions() {
        let signature = function.signature();
        for example in &signature.examples {
            let given = signature.arguments.iter().zip(&example.arguments);
            let Some(given) = given.map(|(argument, json)| value(argument.kind, json)).collect::<Option<Vec<_>>>()
            else {
                assert!(example.result.is_null(), "{example:?}");
                continue;
            };
            // What an earlier row left there does not matter.
            let mut scratch = "left.example.org".to_owned();
            assert_eq!(
                function.row(&given, &mut scratch).unwrap(),
                value(signature.returns, &example.result),
                "{example:?}"
            );
        }
    }
}

#[test]
fn an_unknown_function_is_refused_with_the_names_there_are() {
    let error = open("registered_domains").err().unwrap();
    assert!(error.message.contains("registered_domain,") || error.message.contains("are registered_domain"), "{error}");
}
