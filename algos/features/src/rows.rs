//! Rows of numbers of one width, dense or sparse, borrowed from wherever they lie.

use std::ops::Range;

/// Rows that an algorithm cannot work on.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Error {
    /// NaN or an infinity.
    #[error("row {row} has {value} as feature {feature}: expected a finite number")]
    NotFinite { row: usize, feature: usize, value: f64 },
    /// A sparse row whose places are not ascending, or not below the width.
    #[error("row {row} has a value at place {place}: expected ascending places from 0 to {width}, without it")]
    Place { row: usize, place: i64, width: usize },
    /// Values that do not make whole rows.
    #[error("{values} values are no rows of {width}")]
    Shape { values: usize, width: usize },
}

/// Rows of finite numbers. The constructors check them once, so that algorithms need not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rows<'a> {
    width: usize,
    layout: Layout<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Layout<'a> {
    Dense(&'a [f64]),
    Sparse { offsets: &'a [i32], places: &'a [i32], values: &'a [f64] },
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row<'a> {
    /// All its numbers.
    Dense(&'a [f64]),
    /// The numbers that are not zero, and their places, ascending.
    Sparse { places: &'a [i32], values: &'a [f64] },
}

impl<'a> Rows<'a> {
    /// Rows that lie one after the other, each of `width` numbers.
    ///
    /// # Errors
    /// A number that is not finite; a rest that is no whole row.
    pub fn dense(width: usize, values: &'a [f64]) -> Result<Self, Error> {
        if width == 0 || !values.len().is_multiple_of(width) {
            return Err(Error::Shape { values: values.len(), width });
        }
        if !all_finite(values)
            && let Some((at, &value)) = values.iter().enumerate().find(|(_, value)| !value.is_finite())
        {
            return Err(Error::NotFinite { row: at / width, feature: at % width, value });
        }
        Ok(Self { width, layout: Layout::Dense(values) })
    }

    /// Rows in compressed form: row i has the values and places from `offsets[i]` to before `offsets[i + 1]`.
    ///
    /// # Errors
    /// Offsets or places out of order or range; a number that is not finite.
    pub fn sparse(width: usize, offsets: &'a [i32], places: &'a [i32], values: &'a [f64]) -> Result<Self, Error> {
        let rows = Self { width, layout: Layout::Sparse { offsets, places, values } };
        let shape = Error::Shape { values: values.len(), width };
        let ordered = offsets.windows(2).all(|pair| matches!(pair, [from, to] if 0 <= *from && from <= to));
        let end = usize::try_from(offsets.last().copied().unwrap_or(0)).map_err(|_| shape)?;
        if offsets.is_empty() || !ordered || places.len() != values.len() || end > values.len() {
            return Err(shape);
        }
        for (row, content) in rows.iter().enumerate() {
            let Row::Sparse { places, values } = content else { continue };
            let mut last = -1;
            for (&place, &value) in places.iter().zip(values) {
                if place <= last || usize::try_from(place).is_ok_and(|place| place >= width) {
                    return Err(Error::Place { row, place: place.into(), width });
                }
                if !value.is_finite() {
                    return Err(Error::NotFinite { row, feature: usize::try_from(place).unwrap_or(0), value });
                }
                last = place;
            }
        }
        Ok(rows)
    }

    /// Numbers in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.layout {
            Layout::Dense(values) => values.len() / self.width.max(1),
            Layout::Sparse { offsets, .. } => offsets.len().saturating_sub(1),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All numbers, row after row, if the rows are dense.
    #[must_use]
    pub fn as_dense(&self) -> Option<&'a [f64]> {
        match self.layout {
            Layout::Dense(values) => Some(values),
            Layout::Sparse { .. } => None,
        }
    }

    /// The rows in order, so many at a time.
    pub fn chunks(&self, most: usize) -> impl Iterator<Item = Self> + use<'a> {
        let rows = *self;
        let starts = (0..rows.len()).step_by(most.max(1));
        starts.filter_map(move |start| rows.part(start..(start + most.max(1)).min(rows.len())))
    }

    fn part(&self, range: Range<usize>) -> Option<Self> {
        let layout = match self.layout {
            Layout::Dense(values) => Layout::Dense(values.get(range.start * self.width..range.end * self.width)?),
            Layout::Sparse { offsets, places, values } => {
                Layout::Sparse { offsets: offsets.get(range.start..=range.end)?, places, values }
            }
        };
        Some(Self { width: self.width, layout })
    }

    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'a>> + use<'a> {
        let rows = *self;
        (0..self.len()).map(move |row| rows.row(row).unwrap_or(Row::Dense(&[])))
    }

    /// The row at a place; none beyond the last.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row<'a>> {
        match self.layout {
            Layout::Dense(values) => values.get(row * self.width..(row + 1) * self.width).map(Row::Dense),
            Layout::Sparse { offsets, places, values } => {
                let at = |place: usize| offsets.get(place).and_then(|&offset| usize::try_from(offset).ok());
                let range = at(row)?..at(row + 1)?;
                Some(Row::Sparse { places: places.get(range.clone())?, values: values.get(range)? })
            }
        }
    }
}

impl Row<'_> {
    /// Places and values of the numbers that are not zero, ascending.
    pub fn non_zero(&self) -> impl Iterator<Item = (usize, f64)> {
        let (places, values) = match *self {
            Self::Dense(values) => (None, values),
            Self::Sparse { places, values } => (Some(places), values),
        };
        values.iter().enumerate().filter(|&(_, &value)| value != 0.0).map(move |(at, &value)| {
            let place = places.and_then(|places| places.get(at)).and_then(|&place| usize::try_from(place).ok());
            (place.unwrap_or(at), value)
        })
    }

    /// Adds nothing but this row's numbers to `dense`, which is zeros of the rows' width.
    pub fn write_to(&self, dense: &mut [f64]) {
        for (place, value) in self.non_zero() {
            if let Some(slot) = dense.get_mut(place) {
                *slot = value;
            }
        }
    }
}

/// Sums that do not wait for each other.
const LANES: usize = 16;

/// Whether there is no NaN or infinity: summed up they show themselves, as 0·x is 0 for finite numbers only.
fn all_finite(values: &[f64]) -> bool {
    let mut sums = [0.0; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        sums.iter_mut().zip(chunk).for_each(|(sum, value)| *sum += value * 0.0);
    }
    sums == [0.0; LANES] && rest.iter().all(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPARSE: ([i32; 4], [i32; 3], [f64; 3]) = ([0, 2, 2, 3], [0, 2, 1], [1.0, 2.0, 3.0]);

    #[test]
    fn the_same_rows_dense_and_sparse() {
        let (offsets, places, values) = SPARSE;
        let sparse = Rows::sparse(3, &offsets, &places, &values).unwrap();
        let dense = [1.0, -0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0];
        let dense = Rows::dense(3, &dense).unwrap();
        assert_eq!((sparse.len(), dense.len()), (3, 3));
        for (one, other) in sparse.iter().zip(dense.iter()) {
            assert_eq!(one.key(7), other.key(7));
            assert_ne!(one.key(7), other.key(8));
            let mut written = [0.0; 3];
            one.write_to(&mut written);
            assert_eq!(Row::Dense(&written).key(7), other.key(7));
        }
        let keys = dense.iter().map(|row| row.key(7)).collect::<std::collections::HashSet<_>>();
        assert_eq!(keys.len(), 3);
    }

    #[test]
    fn chunks_are_the_rows_in_order() {
        let (offsets, places, values) = SPARSE;
        let sparse = Rows::sparse(3, &offsets, &places, &values).unwrap();
        let dense = [1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0];
        for rows in [sparse, Rows::dense(3, &dense).unwrap()] {
            for most in [1, 2, 3, 4] {
                let lengths = rows.chunks(most).map(|chunk| chunk.len()).collect::<Vec<_>>();
                assert_eq!((lengths.iter().sum::<usize>(), lengths.len()), (3, 3_usize.div_ceil(most)));
                assert!(rows.chunks(most).flat_map(|chunk| chunk.iter().collect::<Vec<_>>()).eq(rows.iter()));
            }
        }
    }

    #[test]
    fn bad_rows_are_refused() {
        let not_finite = Rows::dense(2, &[1.0, 2.0, 3.0, f64::NAN]).unwrap_err();
        assert!(matches!(not_finite, Error::NotFinite { row: 1, feature: 1, .. }), "{not_finite}");
        for at in 0..40 {
            for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let mut values = [f64::MAX; 40];
                values[at] = value;
                let error = Rows::dense(4, &values).unwrap_err();
                assert!(matches!(error, Error::NotFinite { row, feature, .. } if row * 4 + feature == at), "{error}");
            }
        }
        assert_eq!(Rows::dense(2, &[1.0]), Err(Error::Shape { values: 1, width: 2 }));
        assert_eq!(Rows::dense(0, &[]), Err(Error::Shape { values: 0, width: 0 }));
        let (offsets, places, values) = SPARSE;
        assert!(matches!(Rows::sparse(2, &offsets, &places, &values), Err(Error::Place { row: 0, place: 2, .. })));
        assert!(matches!(Rows::sparse(3, &[0, 3], &[0, 0, 1], &values), Err(Error::Place { row: 0, place: 0, .. })));
        assert!(matches!(Rows::sparse(3, &[0, 4], &places, &values), Err(Error::Shape { .. })));
        assert!(matches!(Rows::sparse(3, &[2, 1], &places, &values), Err(Error::Shape { .. })));
        assert!(matches!(Rows::sparse(3, &[0, 1], &[0], &[f64::NAN]), Err(Error::NotFinite { .. })));
    }
}
