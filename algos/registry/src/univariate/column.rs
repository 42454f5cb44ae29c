//! The column of the values.

use std::borrow::Cow;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Float64Type;
use arrow_array::{Array as _, Float64Array, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use netlytics_kernel::Error;
use serde::{Deserialize, Serialize};

/// A column of doubles that may be null.
#[derive(Debug, Clone)]
pub(super) struct Column {
    name: String,
    place: usize,
}

/// How many rows were seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// With a value.
    pub(super) values: u64,
    /// With none. They take no part.
    pub(super) nulls: u64,
}

impl Column {
    /// # Errors
    /// There is no such column, or it is not of doubles.
    pub(super) fn new(schema: &SchemaRef, name: &str) -> Result<Self, Error> {
        match schema.column_with_name(name) {
            Some((place, field)) if field.data_type() == &DataType::Float64 => {
                Ok(Self { name: name.to_owned(), place })
            }
            Some((_, field)) => {
                let found = field.data_type();
                Err(Error::parameter(format!("The column {name} is {found}: doubles are expected.")).of(name))
            }
            None => Err(Error::parameter(format!("There is no column {name} of values.")).of(name)),
        }
    }

    /// The column, nulls and all.
    ///
    /// # Errors
    /// The batch is of another schema.
    pub(super) fn array<'a>(&self, batch: &'a RecordBatch) -> Result<&'a Float64Array, Error> {
        let column = batch.columns().get(self.place).and_then(|column| column.as_primitive_opt::<Float64Type>());
        column.ok_or_else(|| Error::internal(format!("{} is no column of doubles", self.name)))
    }

    /// The values that are there.
    ///
    /// # Errors
    /// The batch is of another schema.
    pub(super) fn values<'a>(&self, batch: &'a RecordBatch, seen: &mut Seen) -> Result<Cow<'a, [f64]>, Error> {
        let column = self.array(batch)?;
        let values: Cow<'a, [f64]> = match column.null_count() {
            0 => Cow::Borrowed(column.values()),
            _ => Cow::Owned(column.iter().flatten().collect()),
        };
        seen.nulls += column.null_count() as u64;
        seen.values += values.len() as u64;
        Ok(values)
    }

    /// What is wrong with the values, as people are told.
    pub(super) fn refused(&self, error: &netlytics_anomaly::Error) -> Error {
        use netlytics_anomaly::Error as Found;
        let name = &self.name;
        let message = match error {
            Found::NotFinite { value, .. } | Found::TooLarge { value, .. } => format!(
                "The column {name} holds {value}: finite numbers up to 1e100 in size are expected. Leave these rows out, or \
                 make them null."
            ),
            Found::TooShort { .. } => format!("The column {name} holds no value: there is nothing to find bounds of."),
            Found::Parameter { .. } => return Error::parameter(format!("{error}.")),
            other => format!("The column {name}: {other}."),
        };
        Error::input(message).of(name)
    }
}

impl Seen {
    pub(super) fn merge(&mut self, other: Self) {
        self.values += other.values;
        self.nulls += other.nulls;
    }
}
