//! What a column of vectors or arrays holds, row by row.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int8Type, Int32Type};
use arrow_array::{Array as _, Int32Array, ListArray, PrimitiveArray, StructArray};
use netlytics_features::Rows;
use netlytics_kernel::{Error, vector};

use super::{Spare, no_nulls, no_rows, null, one_width, refused};

/// Lists of numbers.
pub(super) struct Lists<'a, T: ArrowPrimitiveType> {
    lists: &'a ListArray,
    numbers: &'a PrimitiveArray<T>,
}

impl<'a, T: ArrowPrimitiveType> Lists<'a, T> {
    pub(super) fn of(lists: &'a ListArray) -> Result<Self, Error> {
        let numbers = lists.values().as_primitive_opt::<T>();
        Ok(Self { lists, numbers: numbers.ok_or_else(|| Error::internal("lists of another type"))? })
    }

    /// Where the rows begin and end in [`Self::all`].
    fn offsets(&self) -> &'a [i32] {
        self.lists.value_offsets()
    }

    /// The numbers up to the last row's end; those before the first row's beginning are of no row.
    fn all(&self) -> &'a [T::Native] {
        let end = self.offsets().last().and_then(|&end| usize::try_from(end).ok());
        self.numbers.values().get(..end.unwrap_or(0)).unwrap_or_default()
    }

    /// The numbers of all rows.
    pub(super) fn values(&self) -> &'a [T::Native] {
        let first = self.offsets().first().and_then(|&first| usize::try_from(first).ok());
        self.all().get(first.unwrap_or(0)..).unwrap_or_default()
    }

    /// How many numbers each row has.
    pub(super) fn widths(&self) -> impl Iterator<Item = usize> {
        self.offsets().windows(2).map(|pair| match pair {
            [from, to] => usize::try_from(to - from).unwrap_or(0),
            _ => 0,
        })
    }

    pub(super) fn row(&self, row: usize) -> &'a [T::Native] {
        let at = |row: usize| self.offsets().get(row).and_then(|&at| usize::try_from(at).ok());
        let range = at(row).zip(at(row + 1)).map_or(0..0, |(from, to)| from..to);
        self.all().get(range).unwrap_or_default()
    }

    /// # Errors
    /// A number of a row is null.
    pub(super) fn no_nulls(&self, column: &str) -> Result<(), Error> {
        let Some(nulls) = self.numbers.nulls().filter(|nulls| nulls.null_count() > 0) else { return Ok(()) };
        for (row, pair) in self.offsets().windows(2).enumerate() {
            let [from, to] = pair else { continue };
            let has_null = (*from..*to).any(|at| usize::try_from(at).is_ok_and(|at| nulls.is_null(at)));
            if has_null && self.lists.is_valid(row) {
                return Err(null(column, row));
            }
        }
        Ok(())
    }
}

/// Spark ML's vectors.
pub(super) struct Vectors<'a, 'n> {
    column: &'n str,
    /// [`vector::SPARSE`] or [`vector::DENSE`].
    types: &'a [i8],
    sizes: &'a Int32Array,
    places: Lists<'a, Int32Type>,
    values: Lists<'a, Float64Type>,
}

impl<'a, 'n> Vectors<'a, 'n> {
    /// # Errors
    /// One of them, or a part of it that must be there, is null.
    pub(super) fn of(vectors: &'a StructArray, column: &'n str) -> Result<Self, Error> {
        let [types, sizes, places, values] = vectors.columns() else {
            return Err(Error::internal("vectors of other members"));
        };
        let wrong = || Error::internal("vectors of members of another type");
        let types = types.as_primitive_opt::<Int8Type>().ok_or_else(wrong)?;
        let sizes = sizes.as_primitive_opt::<Int32Type>().ok_or_else(wrong)?;
        let places = places.as_list_opt().ok_or_else(wrong)?;
        let values = values.as_list_opt().ok_or_else(wrong)?;
        no_nulls(vectors, column)?;
        no_nulls(types, column)?;
        no_nulls(values, column)?;
        let sparse = |row: &usize| types.values().get(*row) == Some(&vector::SPARSE);
        if let Some(row) = (0..types.len()).filter(sparse).find(|&row| sizes.is_null(row) || places.is_null(row)) {
            return Err(null(column, row));
        }
        let (places, values) = (Lists::of(places)?, Lists::of(values)?);
        places.no_nulls(column)?;
        values.no_nulls(column)?;
        Ok(Self { column, types: types.values(), sizes, places, values })
    }

    /// Those all dense or all sparse stay where they are; of a mixture all become sparse.
    ///
    /// # Errors
    /// They are not rows of finite numbers of one width.
    pub(super) fn rows(&self, spare: &'a mut Spare) -> Result<Rows<'a>, Error> {
        let (types, refused) = (self.types, |error| refused(error, self.column));
        if types.is_empty() {
            return no_rows(self.column);
        }
        if types.iter().all(|&found| found == vector::DENSE) {
            let width = one_width(self.values.widths(), self.column)?;
            return Rows::dense(width, self.values.values()).map_err(refused);
        }
        self.well_formed()?;
        let is_dense = |row: usize| types.get(row) == Some(&vector::DENSE);
        let sizes = (0..types.len()).map(|row| match is_dense(row) {
            true => self.values.row(row).len(),
            false => self.sizes.values().get(row).and_then(|&size| usize::try_from(size).ok()).unwrap_or(0),
        });
        let width = one_width(sizes, self.column)?;
        let in_place = self.places.offsets() == self.values.offsets();
        if in_place && types.iter().all(|&found| found == vector::SPARSE) {
            let (places, values) = (self.places.all(), self.values.all());
            return Rows::sparse(width, self.values.offsets(), places, values).map_err(refused);
        }
        spare.offsets.push(0);
        for row in 0..types.len() {
            let values = self.values.row(row);
            if is_dense(row) {
                let non_zero = (0_i32..).zip(values).filter(|&(_, &value)| value != 0.0);
                for (place, value) in non_zero {
                    spare.places.push(place);
                    spare.values.push(*value);
                }
            } else {
                spare.places.extend_from_slice(self.places.row(row));
                spare.values.extend_from_slice(values);
            }
            spare.offsets.push(i32::try_from(spare.values.len()).map_err(Error::internal)?);
        }
        Rows::sparse(width, &spare.offsets, &spare.places, &spare.values).map_err(refused)
    }

    /// # Errors
    /// One is of an unknown type, or a sparse one has not as many indices as values.
    fn well_formed(&self) -> Result<(), Error> {
        for (row, &found) in self.types.iter().enumerate() {
            let (places, values) = (self.places.row(row).len(), self.values.row(row).len());
            let why = match found {
                vector::DENSE => continue,
                vector::SPARSE if places == values => continue,
                vector::SPARSE => format!("{places} indices and {values} values"),
                other => format!("the type {other}"),
            };
            let column = self.column;
            return Err(
                Error::input(format!("The column {column} is no vector in row {row}: it has {why}.")).of(column)
            );
        }
        Ok(())
    }
}
