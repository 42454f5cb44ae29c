//! Numbers and categories side by side as rows of numbers.

use crate::norm::Norm;
use crate::scaling::Scaling;

/// Puts the numbers of a row, scaled, before the one-hot slots of its categories, and may scale the whole to length 1.
#[derive(Debug)]
pub struct Encoder {
    scalings: Vec<Scaling>,
    /// Where the slots of each category column begin.
    begins: Vec<usize>,
    width: usize,
    norm: Option<Norm>,
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
    /// # Arguments
    /// - `scalings`: of each column of numbers.
    /// - `slots`: of each column of categories, how many it has.
    #[must_use]
    pub fn new(scalings: Vec<Scaling>, slots: &[usize], norm: Option<Norm>) -> Self {
        let mut width = scalings.len();
        let begin = |slots: &usize| {
            let begin = width;
            width += slots;
            begin
        };
        let begins = slots.iter().map(begin).collect();
        Self { scalings, begins, width, norm }
    }

    /// Numbers in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether rows are kept sparse: by the rule of Spark ML, of a row with as many values as any row can have.
    #[must_use]
    pub fn is_sparse(&self) -> bool {
        let most = self.scalings.len() + self.begins.len();
        3 * (most + 1) < 2 * self.width
    }

    /// Makes rows of columns.
    ///
    /// # Arguments
    /// - `numbers`: the columns of numbers, each of `rows` finite numbers.
    /// - `slots`: the columns of categories: of each row its slot, if it has one.
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
        for (at, (column, scaling)) in numbers.iter().zip(&self.scalings).enumerate() {
            let places = values.iter_mut().skip(at).step_by(width);
            places.zip(*column).for_each(|(place, &number)| *place = scaling.apply(number));
        }
        for (column, begin) in slots.iter().zip(&self.begins) {
            for (row, slot) in values.chunks_exact_mut(width).zip(column) {
                if let Some(place) = slot.and_then(|slot| row.get_mut(begin + slot)) {
                    *place = 1.0;
                }
            }
        }
        if let Some(norm) = self.norm {
            values.chunks_exact_mut(width).for_each(|row| norm.scale(row));
        }
        Ok(Encoded { offsets, places: Vec::new(), values })
    }

    fn sparse(&self, rows: usize, numbers: &[&[f64]], slots: &[Vec<Option<usize>>]) -> Result<Encoded, TooMany> {
        let most = rows * (numbers.len() + slots.len());
        let (mut places, mut values) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut offsets = Vec::with_capacity(rows + 1);
        offsets.push(0);
        for row in 0..rows {
            let begin = values.len();
            for (at, (column, scaling)) in numbers.iter().zip(&self.scalings).enumerate() {
                let value = column.get(row).map_or(0.0, |&number| scaling.apply(number));
                if value != 0.0 {
                    places.push(small(at)?);
                    values.push(value);
                }
            }
            for (column, begin) in slots.iter().zip(&self.begins) {
                if let Some(slot) = column.get(row).copied().flatten() {
                    places.push(small(begin + slot)?);
                    values.push(1.0);
                }
            }
            if let (Some(norm), Some(row)) = (self.norm, values.get_mut(begin..)) {
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
        let encoder = Encoder::new(vec![Scaling::default(); 2], &[2, 0], None);
        let slots = [vec![Some(1), None, Some(0)], vec![None; 3]];
        let encoded = encoder.encode(3, &[&[5.0, 6.0, 7.0], &[0.0, 0.5, 0.0]], &slots).unwrap();
        let expected = [[5.0, 0.0, 0.0, 1.0], [6.0, 0.5, 0.0, 0.0], [7.0, 0.0, 1.0, 0.0]];
        assert!(!encoder.is_sparse());
        assert_eq!(written(&encoder, &encoded), expected);
        assert_eq!(encoded.offsets, [0, 4, 8, 12]);
    }

    #[test]
    fn many_slots_stay_sparse() {
        let encoder = Encoder::new(vec![Scaling::default()], &[1_000_000], Norm::new(2.0));
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
            let encoder = Encoder::new(vec![Scaling::default()], &[slots], Norm::new(2.0));
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
            let encoder = Encoder::new(vec![Scaling { centre: 1.0, spread: 4.0 }], &[9], norm.and_then(Norm::new));
            let (numbers, slots): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
            prop_assert!(encoder.is_sparse());
            let sparse = encoder.encode(numbers.len(), &[&numbers], std::slice::from_ref(&slots)).unwrap();
            let dense = encoder.dense(numbers.len(), &[&numbers], &[slots]).unwrap();
            prop_assert_eq!(written(&encoder, &sparse), dense.values.chunks(10).map(<[f64]>::to_vec).collect::<Vec<_>>());
        }
    }
}
