//! Sums of rows by group: one total a group and column.

use crate::grid::{AT_ONCE, Grid, joined};
use crate::total::Total;

/// Adds rows of numbers to the group that each belongs to.
#[derive(Debug, Clone)]
pub struct Table {
    /// The grids' constants, by column.
    first: Vec<f64>,
    second: Vec<f64>,
    /// Both parts of what is not yet in the totals, by group and column.
    high: Vec<i64>,
    low: Vec<i64>,
    pending: usize,
    totals: Vec<Total>,
}

impl Table {
    /// Zeros: a total for each of so many groups and each column, whose numbers lie on these grids.
    #[must_use]
    pub fn new(groups: usize, columns: &[Grid]) -> Self {
        let cells = groups * columns.len();
        Self {
            first: columns.iter().map(|grid| grid.first).collect(),
            second: columns.iter().map(|grid| grid.second).collect(),
            high: vec![0; cells],
            low: vec![0; cells],
            pending: 0,
            totals: vec![Total::default(); cells],
        }
    }

    /// Adds a row to a group; nothing where there is no such group.
    #[inline(always)]
    pub fn add(&mut self, group: usize, row: &[f64]) {
        self.count();
        let cells = group * self.first.len()..(group + 1) * self.first.len();
        let (Some(high), Some(low)) = (self.high.get_mut(cells.clone()), self.low.get_mut(cells)) else { return };
        for ((((high, low), first), second), number) in
            high.iter_mut().zip(low).zip(&self.first).zip(&self.second).zip(row)
        {
            let (more_high, more_low) = Grid::parts(*first, *second, *number);
            *high = high.wrapping_add(more_high);
            *low = low.wrapping_add(more_low);
        }
    }

    /// Adds to a group a row that is zero except for these columns, each at most once.
    #[inline]
    pub fn add_sparse(&mut self, group: usize, row: impl Iterator<Item = (usize, f64)>) {
        self.count();
        for (column, number) in row {
            let cell = group * self.first.len() + column;
            let grid = self.first.get(column).zip(self.second.get(column));
            let sums = self.high.get_mut(cell).zip(self.low.get_mut(cell));
            let (Some((first, second)), Some((high, low))) = (grid, sums) else { continue };
            let (more_high, more_low) = Grid::parts(*first, *second, number);
            *high = high.wrapping_add(more_high);
            *low = low.wrapping_add(more_low);
        }
    }

    /// The totals, group after group.
    #[must_use]
    pub fn into_totals(mut self) -> Vec<Total> {
        self.flush();
        self.totals
    }

    #[inline(always)]
    fn count(&mut self) {
        if self.pending == AT_ONCE {
            self.flush();
        }
        self.pending += 1;
    }

    #[inline(never)]
    fn flush(&mut self) {
        self.pending = 0;
        for ((total, high), low) in self.totals.iter_mut().zip(&mut self.high).zip(&mut self.low) {
            *total += joined(std::mem::take(high), std::mem::take(low));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_same_in_any_order_dense_or_sparse(
            rows in prop::collection::vec((0..3_usize, [-10.0..10.0, -1e-9..1e-9_f64]), 1..6000),
            swap in any::<prop::sample::Index>(),
        ) {
            let grids = [10.0, 1e-9].map(|bound| Grid::new(bound).unwrap());
            let (mut table, mut sparse) = (Table::new(3, &grids), Table::new(3, &grids));
            rows.iter().for_each(|(group, row)| table.add(*group, row));
            let from = swap.index(rows.len());
            for (group, row) in rows.iter().skip(from).chain(&rows[..from]) {
                sparse.add_sparse(*group, row.iter().copied().enumerate());
            }
            let totals = table.into_totals();
            prop_assert_eq!(&totals, &sparse.into_totals());
            for (cell, total) in totals.iter().enumerate() {
                let (group, column) = (cell / 2, cell % 2);
                let numbers = rows.iter().filter(|row| row.0 == group).map(|row| row.1[column]);
                let expected = numbers.fold(Total::default(), |mut sum, number| {
                    sum += grids[column].total(number);
                    sum
                });
                prop_assert_eq!(*total, expected);
            }
        }
    }
}
