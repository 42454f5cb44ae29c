//! Rows, block by block, with the nearest centre of each.

use netlytics_features::{Row, Rows};

use crate::nearest::{self, Packed};

/// Numbers in a block: they stay in a core's first cache while a block is worked on.
const BLOCK: usize = 1 << 11;
/// Rows in a block: as many as a sum takes at once, at most.
const BLOCK_ROWS: usize = 256;
/// Rows at least, however wide.
const FEW: usize = 8;

/// Finds the nearest of some centres.
pub(crate) struct Assigner {
    width: usize,
    form: Form,
    labels: Vec<u32>,
    distances: Vec<f64>,
    spare: Vec<f64>,
}

/// How distances are computed: one way for all rows of a fit, see [`Extent::sparse`](netlytics_learning::Extent::sparse).
enum Form {
    Dense(Packed),
    Sparse(Sparse),
}

/// Some rows and their nearest centres.
pub(crate) struct Block<'a> {
    /// The rows, one after the other; none where distances are computed from the numbers that are not zero.
    pub(crate) dense: Option<&'a [f64]>,
    rows: Rows<'a>,
    pub(crate) labels: &'a [u32],
    /// Squares.
    pub(crate) distances: &'a [f64],
}

impl Block<'_> {
    /// The block's rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.labels.len()).filter_map(|at| match self.dense {
            Some(values) => values.get(at * self.rows.width()..(at + 1) * self.rows.width()).map(Row::Dense),
            None => self.rows.row(at),
        })
    }
}

impl Assigner {
    pub(crate) fn new(width: usize, sparse: bool, centres: &[Vec<f64>]) -> Self {
        let form = match sparse {
            true => Form::Sparse(Sparse::new(width, centres)),
            false => Form::Dense(Packed::new(width, centres)),
        };
        Self { width, form, labels: Vec::new(), distances: Vec::new(), spare: Vec::new() }
    }

    /// Goes through the rows, which have the width of the centres.
    pub(crate) fn assign(&mut self, rows: &Rows<'_>, mut each: impl FnMut(&Block<'_>)) {
        for rows in rows.chunks(at_once(self.width)) {
            self.labels.resize(rows.len(), 0);
            self.distances.resize(rows.len(), 0.0);
            let dense = match &mut self.form {
                Form::Dense(centres) => {
                    let values = dense(&rows, &mut self.spare);
                    nearest::nearest(values, centres, &mut self.labels, &mut self.distances);
                    Some(values)
                }
                Form::Sparse(centres) => {
                    let found = self.labels.iter_mut().zip(&mut self.distances);
                    for (row, (label, distance)) in rows.iter().zip(found) {
                        (*label, *distance) = centres.nearest(row);
                    }
                    None
                }
            };
            each(&Block { dense, rows, labels: &self.labels, distances: &self.distances });
        }
    }
}

/// Rows in a block, of so many numbers each.
pub(crate) fn at_once(width: usize) -> usize {
    rows_of(BLOCK, width).min(BLOCK_ROWS)
}

/// Rows that have so many numbers together, of so many each.
pub(crate) fn rows_of(numbers: usize, width: usize) -> usize {
    (numbers / width.max(1)).max(FEW)
}

/// The rows as numbers one after the other.
pub(crate) fn dense<'a>(rows: &Rows<'a>, spare: &'a mut Vec<f64>) -> &'a [f64] {
    if let Some(values) = rows.as_dense() {
        return values;
    }
    spare.clear();
    spare.resize(rows.len() * rows.width(), 0.0);
    for (row, slots) in rows.iter().zip(spare.chunks_exact_mut(rows.width())) {
        row.write_to(slots);
    }
    spare
}

/// Centres for rows most of whose numbers are zero: |x−c|² = |c|² + Σx(x−2c) over the others.
struct Sparse {
    squares: Vec<f64>,
    /// Twice the centres' numbers, feature after feature.
    doubled: Vec<f64>,
    distances: Vec<f64>,
}

impl Sparse {
    fn new(width: usize, centres: &[Vec<f64>]) -> Self {
        let square = |centre: &Vec<f64>| centre.iter().fold(0.0, |sum, value| sum + value * value);
        let doubled = (0..width)
            .flat_map(|feature| centres.iter().map(move |centre| 2.0 * centre.get(feature).copied().unwrap_or(0.0)));
        Self { squares: centres.iter().map(square).collect(), doubled: doubled.collect(), distances: Vec::new() }
    }

    fn nearest(&mut self, row: Row<'_>) -> (u32, f64) {
        let count = self.squares.len();
        self.distances.clone_from(&self.squares);
        for (feature, value) in row.non_zero() {
            let Some(doubled) = self.doubled.get(feature * count..(feature + 1) * count) else { continue };
            for (distance, doubled) in self.distances.iter_mut().zip(doubled) {
                *distance += value * (value - doubled);
            }
        }
        let first = (0, f64::INFINITY);
        let (label, least) = (0..)
            .zip(&self.distances)
            .fold(first, |best, (label, &distance)| if distance < best.1 { (label, distance) } else { best });
        // Where a row lies at its centre, rounding can leave less than nothing.
        (label, least.max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assigned(rows: &Rows<'_>, centres: &[Vec<f64>], sparse: bool) -> Vec<(u32, f64, u128)> {
        let mut found = Vec::new();
        Assigner::new(rows.width(), sparse, centres).assign(rows, |block| {
            let answers = block.labels.iter().zip(block.distances).zip(block.rows());
            found.extend(answers.map(|((label, distance), row)| (*label, *distance, row.key(0))));
        });
        found
    }

    #[test]
    fn the_same_however_rows_are_held() {
        let width = 5;
        let values = (0..width * 2000).map(|at| if at % 3 == 0 { (at * 7919 % 101) as f64 * 0.1 } else { 0.0 });
        let values = values.collect::<Vec<_>>();
        let dense = Rows::dense(width, &values).unwrap();
        let (mut offsets, mut places, mut numbers) = (vec![0], vec![], vec![]);
        for row in dense.iter() {
            for (place, value) in row.non_zero() {
                places.push(place as i32);
                numbers.push(value);
            }
            offsets.push(places.len() as i32);
        }
        let sparse = Rows::sparse(width, &offsets, &places, &numbers).unwrap();
        let centres = (0..7).map(|k| dense.row(k * 13).unwrap()).map(|row| {
            let mut centre = vec![0.0; width];
            row.write_to(&mut centre);
            centre
        });
        let centres = centres.collect::<Vec<_>>();
        let expected = assigned(&dense, &centres, false);
        assert_eq!(expected.len(), 2000);
        assert_eq!(assigned(&sparse, &centres, false), expected);
        let by_non_zero = assigned(&sparse, &centres, true);
        assert_eq!(assigned(&dense, &centres, true), by_non_zero);
        for (one, other) in expected.iter().zip(&by_non_zero) {
            assert!((one.1 - other.1).abs() < 1e-11 && one.2 == other.2);
        }
    }
}
