//! The feature columns of a batch as rows of numbers.

mod members;
#[cfg(test)]
mod tests;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use netlytics_features::{Rows, rows};
use netlytics_kernel::{Error, vector};

use self::members::{Lists, Vectors};

/// Columns that hold the features: one of vectors, one of arrays of doubles, or doubles of any number.
#[derive(Debug, Clone)]
pub(crate) struct FeatureColumns {
    names: Vec<String>,
    form: Form,
}

#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// Spark ML's vectors, dense and sparse ones in any mixture.
    Vectors(usize),
    Arrays(usize),
    Numbers(Vec<usize>),
}

/// Memory for rows that do not lie in their columns as [`Rows`] need them; kept from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Spare {
    offsets: Vec<i32>,
    places: Vec<i32>,
    values: Vec<f64>,
}

impl FeatureColumns {
    /// # Errors
    /// A column is not there, or not of a type that holds features.
    pub(crate) fn new(schema: &SchemaRef, names: &[String]) -> Result<Self, Error> {
        let mut numbers = Vec::new();
        let mut form = None;
        for name in names {
            let (place, field) = schema.column_with_name(name).ok_or_else(|| unknown(name, schema))?;
            match field.data_type() {
                DataType::Float64 => numbers.push(place),
                DataType::List(member) if member.data_type() == &DataType::Float64 => form = Some(Form::Arrays(place)),
                vectors if vector::is_vector(vectors) => form = Some(Form::Vectors(place)),
                other => return Err(Error::parameter(wrong_type(name, other)).of(name)),
            }
        }
        let form = match form {
            None if names.is_empty() => return Err(Error::parameter("No column is named to take the features from.")),
            None => Form::Numbers(numbers),
            Some(form) if names.len() == 1 => form,
            Some(_) => {
                let names = names.join(", ");
                return Err(Error::parameter(format!(
                    "The features are {names}: expected one column of vectors or arrays, or columns of doubles only."
                )));
            }
        };
        Ok(Self { names: names.to_vec(), form })
    }

    /// The rows of a batch, without copying them where they lie as they should. A batch without rows may have rows of
    /// width 0; batches may have rows of different widths, of which only the caller can tell.
    ///
    /// # Errors
    /// A feature is null, NaN or an infinity, or rows are of different widths.
    pub(crate) fn rows<'a>(&self, batch: &'a RecordBatch, spare: &'a mut Spare) -> Result<Rows<'a>, Error> {
        spare.offsets.clear();
        spare.places.clear();
        spare.values.clear();
        let column = |place: usize| batch.columns().get(place).ok_or_else(|| Error::internal("a column is missing"));
        match &self.form {
            Form::Vectors(place) => {
                let vectors = column(*place)?.as_struct_opt().ok_or_else(|| Error::internal("no vectors"))?;
                Vectors::of(vectors, self.name(0))?.rows(spare)
            }
            Form::Arrays(place) => {
                let arrays = column(*place)?.as_list_opt().ok_or_else(|| Error::internal("no arrays"))?;
                no_nulls(arrays, self.name(0))?;
                let lists = Lists::<Float64Type>::of(arrays)?;
                let width = one_width(lists.widths(), self.name(0))?;
                lists.no_nulls(self.name(0))?;
                self.dense(width, lists.values())
            }
            Form::Numbers(places) => {
                let columns = places.iter().map(|&place| column(place)).collect::<Result<Vec<_>, _>>()?;
                self.numbers(&columns, spare)
            }
        }
    }

    fn numbers<'a>(&self, columns: &[&'a ArrayRef], spare: &'a mut Spare) -> Result<Rows<'a>, Error> {
        let numbers = |column: &'a ArrayRef| -> Result<&'a Float64Array, Error> {
            column.as_primitive_opt::<Float64Type>().ok_or_else(|| Error::internal("no doubles"))
        };
        for (column, name) in columns.iter().zip(&self.names) {
            no_nulls(column.as_ref(), name)?;
        }
        if let [column] = columns {
            return self.dense(1, numbers(column)?.values());
        }
        let width = columns.len();
        spare.values.resize(width * columns.first().map_or(0, |column| column.len()), 0.0);
        for (at, column) in columns.iter().enumerate() {
            let slots = spare.values.iter_mut().skip(at).step_by(width);
            slots.zip(numbers(column)?.values()).for_each(|(slot, value)| *slot = *value);
        }
        self.dense(width, &spare.values)
    }

    fn dense<'a>(&self, width: usize, values: &'a [f64]) -> Result<Rows<'a>, Error> {
        if width == 0 {
            return no_rows(self.name(0));
        }
        Rows::dense(width, values).map_err(|error| match (&self.form, error) {
            (Form::Numbers(_), rows::Error::NotFinite { row, feature, value }) => {
                let name = self.name(feature);
                Error::input(format!("The column {name} is {value} in row {row}: expected a finite number.")).of(name)
            }
            (_, error) => refused(error, self.name(0)),
        })
    }

    fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("features", String::as_str)
    }
}

/// Rows of an algorithm that has none.
fn no_rows<'a>(column: &str) -> Result<Rows<'a>, Error> {
    Rows::sparse(0, &[0], &[], &[]).map_err(|error| refused(error, column))
}

/// The width that all rows have; 0 if there are none.
fn one_width(mut widths: impl Iterator<Item = usize>, column: &str) -> Result<usize, Error> {
    let Some(width) = widths.next() else { return Ok(0) };
    if width == 0 {
        return Err(Error::input(format!("The column {column} has no numbers in row 0.")).of(column));
    }
    match widths.enumerate().find(|&(_, other)| other != width) {
        None => Ok(width),
        Some((row, other)) => Err(Error::input(format!(
            "The column {column} has {other} numbers in row {}: expected {width} as in row 0.",
            row + 1
        ))
        .of(column)),
    }
}

fn no_nulls(array: &dyn Array, column: &str) -> Result<(), Error> {
    match array.nulls().filter(|nulls| nulls.null_count() > 0).and_then(|nulls| nulls.iter().position(|set| !set)) {
        None => Ok(()),
        Some(row) => Err(null(column, row)),
    }
}

fn null(column: &str, row: usize) -> Error {
    Error::input(format!("The column {column} is null in row {row}: leave such rows out, or fill them.")).of(column)
}

fn refused(error: rows::Error, column: &str) -> Error {
    Error::input(format!("The column {column}: {error}.")).of(column)
}

/// There is no such column; the message names the nearest.
pub(crate) fn unknown(name: &str, schema: &SchemaRef) -> Error {
    let alike = |known: &str| strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase());
    let known = schema.fields().iter().map(|field| field.name().as_str());
    let nearest = known.map(|known| (alike(known), known)).filter(|&(alike, _)| alike >= 0.5);
    let hint = match nearest.max_by(|one, other| one.0.total_cmp(&other.0)) {
        Some((_, nearest)) => format!("did you mean {nearest}?"),
        None => {
            let known = schema.fields().iter().map(|field| field.name().as_str()).collect::<Vec<_>>();
            format!("there are {}.", known.join(", "))
        }
    };
    Error::parameter(format!("There is no column {name}: {hint}")).of(name)
}

fn wrong_type(name: &str, found: &DataType) -> String {
    match found {
        DataType::Utf8 => format!(
            "The feature {name} is text: cast it to a number, or make numbers of it as a categorical feature of transform."
        ),
        DataType::Int8 | DataType::Int32 | DataType::Int64 | DataType::Boolean => {
            format!("The feature {name} is {found}: cast it to double.")
        }
        other => format!("The feature {name} is {other}: expected vectors, arrays of doubles, or doubles."),
    }
}
