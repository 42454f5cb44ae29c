//! How many rows there are and the range of each feature: what a first pass finds.

use multiversion::multiversion;
use netlytics_features::Rows;
use netlytics_sums::Grid;
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The largest magnitude: sums of squares of such numbers are doubles.
const LARGEST: f64 = 1e140;
/// Rows wider than this, most of whose numbers are zero, are computed on by their non-zero numbers only.
const NARROW: usize = 32;

/// The number of some of the rows and the range of each feature.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    pub rows: u64,
    /// By feature, over the non-zero numbers: the least, the greatest, and how many there are.
    least: Vec<f64>,
    most: Vec<f64>,
    filled: Vec<u64>,
}

impl Bounds {
    /// Takes some rows.
    ///
    /// # Errors
    /// They are of another width than those before.
    pub fn push(&mut self, rows: &Rows<'_>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        self.widen(rows.width())?;
        self.rows += rows.len() as u64;
        let Some(values) = rows.as_dense() else {
            for (place, value) in rows.iter().flat_map(|row| row.non_zero().collect::<Vec<_>>()) {
                let bounds = self.least.get_mut(place).zip(self.most.get_mut(place)).zip(self.filled.get_mut(place));
                if let Some(((least, most), filled)) = bounds {
                    (*least, *most, *filled) = (least.min(value), most.max(value), *filled + 1);
                }
            }
            return Ok(());
        };
        widen(values, &mut self.least, &mut self.most, &mut self.filled);
        Ok(())
    }

    /// Takes what was found in other rows.
    ///
    /// # Errors
    /// They are of another width.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if other.rows == 0 {
            return Ok(());
        }
        self.widen(other.least.len())?;
        self.rows += other.rows;
        self.least.iter_mut().zip(&other.least).for_each(|(least, other)| *least = least.min(*other));
        self.most.iter_mut().zip(&other.most).for_each(|(most, other)| *most = most.max(*other));
        self.filled.iter_mut().zip(&other.filled).for_each(|(filled, more)| *filled += more);
        Ok(())
    }

    /// The bounds of all rows.
    ///
    /// # Errors
    /// There are no rows, or a number is too large to be squared.
    pub fn extent(&self) -> Result<Extent, Error> {
        if self.rows == 0 {
            return Err(Error::NoRows);
        }
        let has_zeros = self.filled.iter().map(|&filled| filled < self.rows);
        let (mut least, mut most) = (self.least.clone(), self.most.clone());
        for ((least, most), has_zeros) in least.iter_mut().zip(&mut most).zip(has_zeros) {
            if has_zeros {
                (*least, *most) = (least.min(0.0), most.max(0.0));
            }
        }
        for (feature, (least, most)) in least.iter().zip(&most).enumerate() {
            for value in [*least, *most] {
                if value.abs() > LARGEST {
                    return Err(Error::TooLarge { feature, value, most: LARGEST });
                }
            }
        }
        let filled = self.filled.iter().map(|&filled| u128::from(filled)).sum::<u128>();
        let cells = u128::from(self.rows) * least.len() as u128;
        let sparse = least.len() > NARROW && 4 * filled < cells;
        Ok(Extent { rows: self.rows, least, most, sparse })
    }

    fn widen(&mut self, width: usize) -> Result<(), Error> {
        if self.rows == 0 {
            self.least = vec![f64::INFINITY; width];
            self.most = vec![f64::NEG_INFINITY; width];
            self.filled = vec![0; width];
        }
        if self.least.len() != width {
            return Err(Error::Width { expected: self.least.len(), found: width });
        }
        Ok(())
    }
}

/// The bounds of all rows, which later passes build on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    pub rows: u64,
    /// By feature.
    pub least: Vec<f64>,
    pub most: Vec<f64>,
    /// Whether distances are computed from the numbers that are not zero. It is a property of all rows, never of how a
    /// batch holds them: the two ways round differently.
    pub sparse: bool,
}

impl Extent {
    /// Features of a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.least.len()
    }

    /// The grid of each feature's numbers.
    ///
    /// # Errors
    /// A bound is not a finite number.
    pub fn grids(&self) -> Result<Vec<Grid>, Error> {
        self.least.iter().zip(&self.most).map(|(least, most)| grid(least.abs().max(most.abs()))).collect()
    }

    /// By feature, the largest distance of a row's number from that of a point.
    pub fn reach<'a>(&'a self, point: &'a [f64]) -> impl Iterator<Item = f64> {
        self.least.iter().zip(&self.most).zip(point).map(|((least, most), at)| most.max(*at) - least.min(*at))
    }

    /// The largest squared distance of a row from any of these points, with a margin for rounding.
    pub fn farthest<'a>(&self, points: impl IntoIterator<Item = &'a Vec<f64>>) -> f64 {
        let farthest = |point: &Vec<f64>| self.reach(point).map(|reach| reach * reach).sum::<f64>();
        points.into_iter().map(farthest).fold(0.0, f64::max) * 1.001
    }

    /// Refuses rows that were not there when the extent was found: sums would be wrong.
    ///
    /// # Errors
    /// They have another width, or numbers beyond the bounds.
    pub fn check(&self, rows: &Rows<'_>) -> Result<(), Error> {
        self.check_width(rows)?;
        let Some(values) = rows.as_dense() else {
            let inside = |(place, value): (usize, f64)| {
                let bounds = self.least.get(place).zip(self.most.get(place));
                bounds.is_some_and(|(least, most)| *least <= value && value <= *most)
            };
            return if rows.iter().all(|row| row.non_zero().all(inside)) { Ok(()) } else { Err(outside()) };
        };
        if inside(values, &self.least, &self.most) { Ok(()) } else { Err(outside()) }
    }

    /// Refuses rows of another width.
    ///
    /// # Errors
    /// They have one.
    pub fn check_width(&self, rows: &Rows<'_>) -> Result<(), Error> {
        if rows.width() == self.width() {
            return Ok(());
        }
        Err(Error::Width { expected: self.width(), found: rows.width() })
    }

    /// Refuses a pass that came upon fewer or more rows.
    ///
    /// # Errors
    /// It did.
    pub fn check_count(&self, rows: u64) -> Result<(), Error> {
        if rows == self.rows {
            return Ok(());
        }
        Err(Error::Changed { how: format!("{} of them, then {rows}", self.rows) })
    }
}

/// Columns at a time: what is known of them stays in registers.
const LANES: usize = 8;

/// Widens bounds to rows of numbers.
#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn widen(values: &[f64], least: &mut [f64], most: &mut [f64], filled: &mut [u64]) {
    let width = least.len();
    let columns = least.chunks_mut(LANES).zip(most.chunks_mut(LANES)).zip(filled.chunks_mut(LANES));
    for (start, ((least, most), filled)) in (0..).step_by(LANES).zip(columns) {
        let (mut low, mut high, mut count) = ([f64::INFINITY; LANES], [f64::NEG_INFINITY; LANES], [0; LANES]);
        for row in values.chunks_exact(width) {
            let row = row.get(start..).unwrap_or_default();
            // The length known before is what makes vector instructions of the loop.
            if let Some(row) = row.first_chunk::<LANES>() {
                widen_lanes(&mut low, &mut high, &mut count, row);
            } else {
                widen_lanes(&mut low, &mut high, &mut count, row);
            }
        }
        least.iter_mut().zip(low).for_each(|(least, low)| *least = least.min(low));
        most.iter_mut().zip(high).for_each(|(most, high)| *most = most.max(high));
        filled.iter_mut().zip(count).for_each(|(filled, count)| *filled += count);
    }
}

#[inline(always)]
fn widen_lanes(least: &mut [f64; LANES], most: &mut [f64; LANES], filled: &mut [u64; LANES], row: &[f64]) {
    for (((least, most), filled), &value) in least.iter_mut().zip(most).zip(filled).zip(row) {
        // A zero is no bound here: Bounds::extent adds it where not all numbers are filled.
        let (low, high) = if value == 0.0 { (f64::INFINITY, f64::NEG_INFINITY) } else { (value, value) };
        *least = if low < *least { low } else { *least };
        *most = if high > *most { high } else { *most };
        *filled += u64::from(value != 0.0);
    }
}

/// Whether rows of numbers are within bounds.
#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn inside(values: &[f64], least: &[f64], most: &[f64]) -> bool {
    let width = least.len();
    let ((leasts, least), (mosts, most)) = (least.as_chunks::<LANES>(), most.as_chunks::<LANES>());
    let mut beyond = [0_u64; LANES];
    for row in values.chunks_exact(width) {
        let (eights, rest) = row.as_chunks::<LANES>();
        for ((values, least), most) in eights.iter().zip(leasts).zip(mosts) {
            for (((beyond, value), least), most) in beyond.iter_mut().zip(values).zip(least).zip(most) {
                *beyond |= u64::from((value < least) | (value > most));
            }
        }
        for (((beyond, value), least), most) in beyond.iter_mut().zip(rest).zip(least).zip(most) {
            *beyond |= u64::from((value < least) | (value > most));
        }
    }
    beyond == [0; LANES]
}

fn outside() -> Error {
    Error::Changed { how: "a number is outside the bounds found before".to_owned() }
}

/// The grid of numbers up to a bound.
///
/// # Errors
/// The bound is negative or not a finite number.
pub fn grid(bound: f64) -> Result<Grid, Error> {
    Grid::new(bound).map_err(|_| Error::Foreign("bounds that are no numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &Rows<'_>) -> Bounds {
        let mut bounds = Bounds::default();
        bounds.push(rows).unwrap();
        bounds
    }

    #[test]
    fn zeros_count_where_they_are_not_stored() {
        let sparse = Rows::sparse(3, &[0, 1, 3], &[0, 0, 2], &[5.0, 7.0, -1.0]).unwrap();
        let values = [5.0, 0.0, 0.0, 7.0, 0.0, -1.0];
        let dense = Rows::dense(3, &values).unwrap();
        assert_eq!(of(&sparse), of(&dense));
        let extent = of(&sparse).extent().unwrap();
        assert_eq!((extent.least, extent.most), (vec![5.0, 0.0, -1.0], vec![7.0, 0.0, 0.0]));
    }

    #[test]
    fn other_widths_and_huge_numbers_are_refused() {
        let mut bounds = of(&Rows::dense(2, &[1.0, 2.0]).unwrap());
        assert_eq!(bounds.push(&Rows::dense(1, &[1.0]).unwrap()), Err(Error::Width { expected: 2, found: 1 }));
        assert_eq!(bounds.merge(&Bounds::default()), Ok(()));
        assert!(bounds.merge(&of(&Rows::dense(1, &[1.0]).unwrap())).is_err());
        assert_eq!(Bounds::default().extent(), Err(Error::NoRows));
        let huge = of(&Rows::dense(2, &[1.0, -1e200]).unwrap());
        assert!(matches!(huge.extent(), Err(Error::TooLarge { feature: 1, .. })));
    }

    #[test]
    fn rows_that_change_are_noticed() {
        let extent = of(&Rows::dense(2, &[1.0, 2.0, 3.0, 4.0]).unwrap()).extent().unwrap();
        assert_eq!(extent.check(&Rows::dense(2, &[2.0, 3.0]).unwrap()), Ok(()));
        assert!(matches!(extent.check(&Rows::dense(2, &[2.0, 4.5]).unwrap()), Err(Error::Changed { .. })));
        assert!(matches!(extent.check(&Rows::sparse(2, &[0, 1], &[1], &[3.0]).unwrap()), Ok(())));
        assert!(matches!(extent.check_count(3), Err(Error::Changed { .. })));
    }
}
