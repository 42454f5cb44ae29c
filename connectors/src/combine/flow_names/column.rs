//! Columns of a part's batch.

use arrow_array::{Array, ArrayAccessor, ListArray, RecordBatch};

use crate::error::{Error, Kind};

/// The column of this name.
///
/// # Errors
/// There is none of this type, which would be a fault of ours.
pub(super) fn column<'b, A: Array + 'static>(batch: &'b RecordBatch, name: &str) -> Result<&'b A, Error> {
    batch.column_by_name(name).and_then(|column| column.as_any().downcast_ref()).ok_or_else(|| wrong(name))
}

/// The members of all lists of a column.
///
/// # Errors
/// They are of another type, which would be a fault of ours.
pub(super) fn items<'b, A: Array + 'static>(lists: &'b ListArray, name: &str) -> Result<&'b A, Error> {
    lists.values().as_any().downcast_ref().ok_or_else(|| wrong(name))
}

/// The value of a row, if there is one.
#[inline]
pub(super) fn at<A: ArrayAccessor>(column: A, row: usize) -> Option<A::Item> {
    (row < column.len() && column.is_valid(row)).then(|| column.value(row))
}

fn wrong(name: &str) -> Error {
    Error::new(Kind::Internal, format!("A part has no column {name} of the type expected."))
}
