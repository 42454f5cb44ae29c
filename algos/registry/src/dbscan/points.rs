//! Columns of points.

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{Array as _, BooleanArray, RecordBatch};
use arrow_schema::{DataType, Field, SchemaRef};
use netlytics_clustering::dbscan::keys::whole;
use netlytics_kernel::Error;

pub(super) const KEY: [&str; 2] = ["key_high", "key_low"];
pub(super) const ROOT: [&str; 2] = ["root_high", "root_low"];
pub(super) const WEIGHT: &str = "weight";
pub(super) const BOX: &str = "box";
pub(super) const OWNED: &str = "owned";
pub(super) const SHARED: &str = "shared";

/// A column of this type.
///
/// # Errors
/// There is none, or one of another type.
pub(super) fn place(schema: &SchemaRef, name: &str, data_type: &DataType) -> Result<usize, Error> {
    match schema.column_with_name(name) {
        Some((place, field)) if field.data_type() == data_type => Ok(place),
        Some((_, field)) => {
            let found = field.data_type();
            Err(Error::parameter(format!("The column {name} is {found}: expected {data_type}.")).of(name))
        }
        None => Err(Error::parameter(format!("There is no column {name}.")).of(name)),
    }
}

/// A field that may be null, as all of Spark's.
pub(super) fn field(name: &str, data_type: DataType) -> Field {
    Field::new(name, data_type, true)
}

/// A column of integers without nulls.
pub(super) fn longs(batch: &RecordBatch, place: usize) -> Result<&[i64], Error> {
    let column = batch.columns().get(place).and_then(|column| column.as_primitive_opt::<Int64Type>());
    match column.filter(|column| column.null_count() == 0) {
        Some(column) => Ok(column.values()),
        None => Err(Error::input("A key, a weight or a box of a point is null.")),
    }
}

/// A column of booleans.
pub(super) fn booleans(batch: &RecordBatch, place: usize) -> Result<&BooleanArray, Error> {
    let column = batch.columns().get(place).and_then(|column| column.as_boolean_opt());
    column.ok_or_else(|| Error::internal("no booleans"))
}

/// A key of two columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeyColumns {
    high: usize,
    low: usize,
}

impl KeyColumns {
    /// # Errors
    /// One of the columns is not there, or not of integers.
    pub(super) fn new(schema: &SchemaRef, [high, low]: [&str; 2]) -> Result<Self, Error> {
        Ok(Self { high: place(schema, high, &DataType::Int64)?, low: place(schema, low, &DataType::Int64)? })
    }

    /// The keys of a batch.
    ///
    /// # Errors
    /// One is null.
    pub(super) fn of<'a>(&self, batch: &'a RecordBatch) -> Result<impl Iterator<Item = u128> + use<'a>, Error> {
        let (high, low) = (longs(batch, self.high)?, longs(batch, self.low)?);
        Ok(high.iter().zip(low).map(|(&high, &low)| whole(high, low)))
    }
}

/// The weights of a batch.
///
/// # Errors
/// One is null, or less than 1.
pub(super) fn weights<'a>(batch: &'a RecordBatch, place: usize) -> Result<impl Iterator<Item = u64> + use<'a>, Error> {
    let weights = longs(batch, place)?;
    match weights.iter().find(|weight| **weight < 1) {
        Some(weight) => Err(Error::input(format!("A point has the weight {weight}: expected 1 or more.")).of(WEIGHT)),
        None => Ok(weights.iter().map(|weight| weight.unsigned_abs())),
    }
}
