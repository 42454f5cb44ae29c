//! The columns that features are made of, as they come.

use std::borrow::Cow;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Float64Type;
use arrow_array::{Array as _, Float64Array, RecordBatch, StringArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{DataType, SchemaRef};
use netlytics_kernel::Error;

use super::params::NullPolicy;
use crate::vectors::unknown;

/// Where the columns lie, and what they are called in messages.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    numerical: Vec<(usize, String)>,
    categorical: Vec<(usize, String)>,
    policy: NullPolicy,
}

/// The columns of a batch.
pub(super) struct Batch<'a> {
    pub(super) rows: usize,
    /// Finite numbers; 0 where the policy put them.
    pub(super) numbers: Vec<Cow<'a, [f64]>>,
    pub(super) texts: Vec<&'a StringArray>,
    /// Rows to leave out are null.
    pub(super) kept: Option<NullBuffer>,
}

impl Columns {
    /// Columns by name, in a schema; `called` gives their names in messages.
    ///
    /// # Errors
    /// A column is not there, or not of its type.
    pub(super) fn new(
        schema: &SchemaRef,
        [numerical, categorical]: [&[String]; 2],
        called: [&[String]; 2],
        policy: NullPolicy,
    ) -> Result<Self, Error> {
        let [numbers, texts] = called;
        Ok(Self {
            numerical: places(schema, numerical, numbers, &DataType::Float64, number_expected)?,
            categorical: places(schema, categorical, texts, &DataType::Utf8, text_expected)?,
            policy,
        })
    }

    /// # Errors
    /// A number is null against the policy, or not finite.
    pub(super) fn read<'a>(&self, batch: &'a RecordBatch) -> Result<Batch<'a>, Error> {
        let column = |place: usize| batch.columns().get(place).ok_or_else(|| Error::internal("a column is missing"));
        let mut numbers = Vec::new();
        let mut kept = None;
        for (place, name) in &self.numerical {
            let column = column(*place)?.as_primitive_opt::<Float64Type>();
            let column = column.ok_or_else(|| Error::internal(format!("{name} is no column of doubles")))?;
            let nulls = column.nulls().filter(|nulls| nulls.null_count() > 0);
            if let Some(nulls) = nulls {
                match self.policy {
                    NullPolicy::Error => return Err(null(name, nulls.null_count(), batch.num_rows())),
                    NullPolicy::Drop => kept = NullBuffer::union(kept.as_ref(), Some(nulls)),
                    NullPolicy::Zero => {}
                }
            }
            numbers.push(finite(column, name)?);
        }
        let texts = self.categorical.iter().map(|(place, name)| {
            let texts = column(*place)?.as_string_opt::<i32>();
            texts.ok_or_else(|| Error::internal(format!("{name} is no column of texts")))
        });
        Ok(Batch { rows: batch.num_rows(), numbers, texts: texts.collect::<Result<_, _>>()?, kept })
    }
}

impl Batch<'_> {
    pub(super) fn keeps(&self, row: usize) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.is_valid(row))
    }

    pub(super) fn left_out(&self) -> usize {
        self.kept.as_ref().map_or(0, NullBuffer::null_count)
    }
}

fn places(
    schema: &SchemaRef,
    names: &[String],
    called: &[String],
    expected: &DataType,
    wrong: fn(&str, &DataType) -> String,
) -> Result<Vec<(usize, String)>, Error> {
    let place = |(name, called): (&String, &String)| {
        let (place, field) = schema.column_with_name(name).ok_or_else(|| unknown(name, schema))?;
        match field.data_type() {
            found if found == expected => Ok((place, called.clone())),
            found => Err(Error::parameter(wrong(called, found)).of(called)),
        }
    };
    names.iter().zip(called).map(place).collect()
}

fn number_expected(name: &str, found: &DataType) -> String {
    match found {
        DataType::Utf8 => {
            format!("The numerical feature {name} is text: cast it to a number, or name it as a categorical feature.")
        }
        found => format!("The numerical feature {name} is {found}: cast it to double."),
    }
}

fn text_expected(name: &str, found: &DataType) -> String {
    format!("The categorical feature {name} is {found}: cast it to string.")
}

/// The numbers of a column, 0 where it is null.
fn finite<'a>(column: &'a Float64Array, name: &str) -> Result<Cow<'a, [f64]>, Error> {
    let values = column.values();
    let numbers: Cow<'a, [f64]> = match column.nulls().filter(|nulls| nulls.null_count() > 0) {
        None => Cow::Borrowed(values),
        Some(nulls) => values.iter().zip(nulls).map(|(value, valid)| if valid { *value } else { 0.0 }).collect(),
    };
    match numbers.iter().enumerate().find(|(_, number)| !number.is_finite()) {
        None => Ok(numbers),
        Some((row, number)) => Err(Error::input(format!(
            "The column {name} is {number} in row {row} of a batch: expected a finite number."
        ))
        .of(name)),
    }
}

fn null(name: &str, nulls: usize, rows: usize) -> Error {
    Error::input(format!(
        "The column {name} is null in {nulls} of {rows} rows: with the null_policy drop such rows are left out, with \
         zero the number is 0; or fill it in the query."
    ))
    .of(name)
}
