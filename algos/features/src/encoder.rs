//! Numbers and categories side by side as rows of numbers.

use crate::norm::Norm;
use crate::scaling::Scaling;

/// What a column becomes in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Column {
    /// A number.
    Number(Scaling),
    /// One-hot slots, so many.
    Slots(usize),
}

/// Puts columns of numbers, scaled, and one-hot slots of categories side by side, and may scale each row to length 1.
#[derive(Debug)]
pub struct Encoder {
    placed: Vec<Placed>,
    width: usize,
    norm: Option<Norm>,
}

#[derive(Debug)]
struct Placed {
    column: Column,
    /// Which of the columns of its kind it is.
    nth: usize,
    /// Its first place in a row.
    begin: usize,
}

/// Rows, one behind the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Encoded {
    /// Where each row begins in `values`, and where the last one ends.
    pub offsets: Vec<i32>,
    /// The place of each of the values in its row; nothing for dense rows.
    pub places: Vec<i32>,
    pub values: Vec<f64>,
}

/// Rows that no vector of Spark ML, or no batch of them, has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{values} values are more than a batch of rows can have")]
pub struct TooMany {
    values: usize,
}

impl Encoder {
    /// Rows with these columns in this order.
    #[must_use]
    pub fn new(columns: &[Column], norm: Option<Norm>) -> Self {
        let (mut width, mut numbers, mut categories) = (0, 0, 0);
        let place = |&column: &Column| {
            let begin = width;
            let (nth, places) = match column {
                Column::Number(_) => (&mut numbers, 1),
                Column::Slots(slots) => (&mut categories, slots),
            };
            width += places;
            *nth += 1;
            Placed { column, nth: *nth - 1, begin }
        };
        let placed = columns.iter().map(place).collect();
        Self { placed, width, norm }
    }

    /// Numbers in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether rows are kept sparse: by the rule of Spark ML, of a row with as many values as any row can have.
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        3 * (self.placed.len() + 1) < 2 * self.width
    }

    /// Makes rows of columns.
    ///
    /// # Arguments
    /// - `numbers`: the columns of numbers, each of `rows` finite numbers.
    /// - `slots`: the columns of categories: of each row its slot, if it has one.
    ///
    /// Both in the order in which the rows have them.
    ///
    /// # Errors
    /// There are more values than 32 bits can count.
    pub fn encode(&self, rows: usize, numbers: &[&[f64]], slots: &[Vec<Option<usize>>]) -> Result<Encoded, TooMany> {
        if self.is_sparse() { self.sparse(rows, numbers, slots) } else { self.dense(rows, numbers, slots) }
    }

    fn dense(&self, rows: usize, numbers: &[&[f64]], slots: &[Vec<Option<usize>>]) -> Result<Encoded, TooMany> {
        let offsets = (0..=rows).map(|row| small(row * self.width)).collect::<Result<_, _>>()?;
        let mut values = vec![0.0; rows * self.width];
        let width = self.width.max(1);
        for &Placed { column, nth, begin } in &self.placed {
            match column {
                Column::Number(scaling) => {
                    let numbers = numbers.get(nth).copied().unwrap_or_default();
                    let places = values.iter_mut().skip(begin).step_by(width);
                    places.zip(numbers).for_each(|(place, &number)| *place = scaling.apply(number));
                }
                Column::Slots(_) => {
                    let slots = slots.get(nth).map(Vec::as_slice).unwrap_or_default();
                    for (row, slot) in values.chunks_exact_mut(width).zip(slots) {
                        if let Some(place) = slot.and_then(|slot| row.get_mut(begin + slot)) {
                            *place = 1.0;
                        }
                    }
                }
            }
        }
        if let Some(norm) = self.norm {
            values.chunks_exact_mut(width).for_each(|row| norm.scale(row));
        }
        Ok(Encoded { offsets, places: Vec::new(), values })
    }

    fn sparse(&self, rows: usize, numbers: &[&[f64]], slots: &[Vec<Option<usize>>]) -> Result<Encoded, TooMany> {
        let most = rows * self.placed.len();
        let (mut places, mut values) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        for row in 0..rows {
            let first = values.len();
            for &Placed { column, nth, begin } in &self.placed {
                let found = match column {
                    Column::Number(scaling) => {
                        let number = numbers.get(nth).and_then(|numbers| numbers.get(row));
                        number.map(|&number| (begin, scaling.apply(number)))
                    }
                    Column::Slots(_) => {
                        let slot = slots.get(nth).and_then(|slots| slots.get(row)).copied().flatten();
                        slot.map(|slot| (begin + slot, 1.0))
                    }
                };
                if let Some((place, value)) = found.filter(|&(_, value)| value != 0.0) {
                    places.push(small(place)?);
                    values.push(value);
                }
            }
            if let (Some(norm), Some(row)) = (self.norm, values.get_mut(first..)) {
                norm.scale(row);
            }
            offsets.push(small(values.len())?);
        }
        Ok(Encoded { offsets, places, values })
    }
}

fn small(number: usize) -> Result<i32, TooMany> {
    i32::try_from(number).map_err(|_| TooMany { values: number })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Rows;

    const NUMBER: Column = Column::Number(Scaling { centre: 0.0, spread: 1.0 });

    fn written(encoder: &Encoder, encoded: &Encoded) -> Vec<Vec<f64>> {
        let Encoded { offsets, places, values } = encoded;
        let rows = match encoder.is_sparse() {
            true => Rows::sparse(encoder.width(), offsets, places, values).unwrap(),
            false => Rows::dense(encoder.width(), values).unwrap(),
        };
        rows.iter().fold(Vec::new(), |mut all, row| {
            all.push(vec![0.0; encoder.width()]);
            row.write_to(all.last_mut().unwrap());
            all
        })
    }

    #[test]
    fn numbers_then_categories() {
        let encoder = Encoder::new(&[NUMBER, NUMBER, Column::Slots(2), Column::Slots(0)], None);
        let slots = [vec![Some(1), None, Some(0)], vec![None; 3]];
        let encoded = encoder.encode(3, &[&[5.0, 6.0, 7.0], &[0.0, 0.5, 0.0]], &slots).unwrap();
        let expected = [[5.0, 0.0, 0.0, 1.0], [6.0, 0.5, 0.0, 0.0], [7.0, 0.0, 1.0, 0.0]];
        assert!(!encoder.is_sparse());
        assert_eq!(written(&encoder, &encoded), expected);
        assert_eq!(encoded.offsets, [0, 4, 8, 12]);
    }

    #[test]
    fn columns_in_any_order() {
        for slots in [2, 100] {
            let encoder = Encoder::new(&[Column::Slots(slots), NUMBER, Column::Slots(1), NUMBER], None);
            let found = encoder.encode(1, &[&[5.0], &[6.0]], &[vec![Some(1)], vec![Some(0)]]).unwrap();
            let row = written(&encoder, &found).remove(0);
            assert_eq!(
                (&row[..3], &row[slots..]),
                (&[0.0, 1.0, if slots == 2 { 5.0 } else { 0.0 }][..], &[5.0, 1.0, 6.0][..])
            );
        }
    }

    #[test]
    fn many_slots_stay_sparse() {
        let encoder = Encoder::new(&[NUMBER, Column::Slots(1_000_000)], Norm::new(2.0));
        let encoded = encoder.encode(3, &[&[0.0, 1.0, 0.0]], &[vec![Some(999_999), Some(7), None]]).unwrap();
        let half = 0.5_f64.sqrt();
        assert!(encoder.is_sparse());
        assert_eq!(encoded.offsets, [0, 1, 3, 3]);
        assert_eq!(encoded.places, [1_000_000, 0, 8]);
        assert!(encoded.values.iter().zip([1.0, half, half]).all(|(value, expected)| (value - expected).abs() < 1e-15));
    }

    #[test]
    fn without_rows() {
        for slots in [2, 100] {
            let encoder = Encoder::new(&[NUMBER, Column::Slots(slots)], Norm::new(2.0));
            let encoded = encoder.encode(0, &[&[]], &[vec![]]).unwrap();
            assert_eq!(encoded, Encoded { offsets: vec![0], ..Encoded::default() });
        }
    }

    proptest! {
        /// The same rows, to the last bit, whether they are kept dense or sparse.
        #[test]
        fn dense_and_sparse_are_equal(
            cells in prop::collection::vec((prop_oneof![Just(0.0), -9.0..9.0_f64], prop::option::of(0..9_usize)), 0..20),
            norm in prop::option::of(prop::sample::select(vec![1.0, 2.0, 3.5, f64::INFINITY])),
        ) {
            let number = Column::Number(Scaling { centre: 1.0, spread: 4.0 });
            let encoder = Encoder::new(&[number, Column::Slots(9)], norm.and_then(Norm::new));
            let (numbers, slots): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
            prop_assert!(encoder.is_sparse());
            let sparse = encoder.encode(numbers.len(), &[&numbers], std::slice::from_ref(&slots)).unwrap();
            let dense = encoder.dense(numbers.len(), &[&numbers], &[slots]).unwrap();
            prop_assert_eq!(written(&encoder, &sparse), dense.values.chunks(10).map(<[f64]>::to_vec).collect::<Vec<_>>());
        }
    }
}
