//! The key of a group of rows, as people read it.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array as _, ArrayRef};

/// Names a group in a message, for instance `host a, port 53`: its columns, of one row each, and their names.
pub(crate) fn told(names: &[String], key: &[ArrayRef]) -> String {
    let columns = names.iter().zip(key).map(|(name, column)| format!("{name} {}", first_value(column)));
    columns.collect::<Vec<_>>().join(", ")
}

fn first_value(column: &ArrayRef) -> String {
    if column.is_empty() || column.is_null(0) {
        return "null".to_owned();
    }
    let text = column.as_string_opt::<i32>().map(|texts| texts.value(0).to_owned());
    let long = || column.as_primitive_opt::<Int64Type>().map(|longs| longs.value(0).to_string());
    let double = || column.as_primitive_opt::<Float64Type>().map(|doubles| doubles.value(0).to_string());
    text.or_else(long).or_else(double).unwrap_or_else(|| format!("of type {}", column.data_type()))
}
