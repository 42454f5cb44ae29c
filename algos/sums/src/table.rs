//! Sums of rows by group: one total a group and column.

use pulp::bytemuck::cast;
use pulp::{Simd, WithSimd};

use crate::grid::{AT_ONCE, Grid, joined};
use crate::lanes;
use crate::total::Total;

/// Columns at a time, so that loops over them are of a length known before.
const LANES: usize = 8;

/// Adds rows of numbers to the group that each belongs to.
#[derive(Debug, Clone)]
pub struct Table {
    width: usize,
    /// Columns, eight by eight, the last filled up with columns of zeros.
    columns: Vec<Columns>,
    /// What is not yet in the totals, by group and columns.
    cells: Vec<Cells>,
    pending: usize,
    totals: Vec<Total>,
}

/// The constants of the grids of some columns.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    first: [f64; LANES],
    second: [f64; LANES],
}

/// Both parts of the sums of some columns.
#[derive(Debug, Clone, Copy, Default)]
struct Cells {
    high: [i64; LANES],
    low: [i64; LANES],
}

impl Cells {
    /// [`Grid::parts`], eight at a time.
    #[inline(always)]
    fn add<S: Simd>(&mut self, simd: S, columns: &Columns, numbers: &[f64; LANES]) {
        let (first, second, number) = (cast(columns.first), cast(columns.second), cast(*numbers));
        let shifted = simd.add_f64s(number, first);
        let rest = simd.add_f64s(simd.sub_f64s(number, simd.sub_f64s(shifted, first)), second);
        let add = |sums: [i64; LANES], part: S::f64s, none: S::f64s| {
            cast(simd.add_u64s(cast(sums), simd.sub_u64s(cast(part), cast(none))))
        };
        self.high = add(self.high, shifted, first);
        self.low = add(self.low, rest, second);
    }
}

impl Table {
    /// Zeros: a total for each of so many groups and each column, whose numbers lie on these grids.
    #[must_use]
    pub fn new(groups: usize, columns: &[Grid]) -> Self {
        let width = columns.len();
        let columns = columns.chunks(LANES).map(|grids| {
            let mut columns = Columns::default();
            for ((first, second), grid) in columns.first.iter_mut().zip(&mut columns.second).zip(grids) {
                (*first, *second) = (grid.first, grid.second);
            }
            columns
        });
        let columns = columns.collect::<Vec<_>>();
        Self {
            width,
            cells: vec![Cells::default(); groups * columns.len()],
            columns,
            pending: 0,
            totals: vec![Total::default(); groups * width],
        }
    }

    /// Adds rows of numbers, one after the other, each to its group; nothing where there is no such group.
    pub fn add_all(&mut self, rows: &[f64], groups: &[u32]) {
        if self.width == 0 {
            return;
        }
        for (rows, groups) in rows.chunks(AT_ONCE * self.width).zip(groups.chunks(AT_ONCE)) {
            if self.pending + groups.len() > AT_ONCE {
                self.flush();
            }
            self.pending += groups.len();
            lanes::run(Addition { table: self, rows, groups });
        }
    }

    /// Adds to a group a row that is zero except for these columns, each at most once.
    #[inline]
    pub fn add_sparse(&mut self, group: usize, row: impl Iterator<Item = (usize, f64)>) {
        self.count();
        for (column, number) in row {
            let (eight, lane) = (column / LANES, column % LANES);
            let (columns, cells) = (self.columns.get(eight), self.cells.get_mut(group * self.columns.len() + eight));
            let (Some(columns), Some(cells)) = (columns, cells) else { continue };
            let grid = columns.first.get(lane).zip(columns.second.get(lane));
            let sums = cells.high.get_mut(lane).zip(cells.low.get_mut(lane));
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
        let groups = self.cells.chunks_exact_mut(self.columns.len().max(1));
        for (totals, cells) in self.totals.chunks_exact_mut(self.width.max(1)).zip(groups) {
            let sums = cells.iter_mut().flat_map(|Cells { high, low }| high.iter_mut().zip(low));
            for (total, (high, low)) in totals.iter_mut().zip(sums) {
                *total += joined(std::mem::take(high), std::mem::take(low));
            }
        }
    }
}

/// Adds rows with the vector instructions of a kind of CPU: integers and the same roundings on all.
struct Addition<'a> {
    table: &'a mut Table,
    rows: &'a [f64],
    groups: &'a [u32],
}

impl WithSimd for Addition<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Table { width, columns, cells, .. } = self.table;
        for (row, &group) in self.rows.chunks_exact(*width).zip(self.groups) {
            let start = group as usize * columns.len();
            let Some(cells) = cells.get_mut(start..start + columns.len()) else { continue };
            let (whole, rest) = row.as_chunks::<LANES>();
            for ((cells, columns), numbers) in cells.iter_mut().zip(&*columns).zip(whole) {
                cells.add(simd, columns, numbers);
            }
            if let (false, Some(cells), Some(columns)) = (rest.is_empty(), cells.last_mut(), columns.last()) {
                let mut numbers = [0.0; LANES];
                numbers.iter_mut().zip(rest).for_each(|(number, value)| *number = *value);
                cells.add(simd, columns, &numbers);
            }
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
            width in 1..20_usize,
            swap in any::<prop::sample::Index>(),
        ) {
            let repeated = |two: [f64; 2]| two.into_iter().cycle().take(width).collect::<Vec<_>>();
            let grids = repeated([10.0, 1e-9]).into_iter().map(|bound| Grid::new(bound).unwrap()).collect::<Vec<_>>();
            let rows = rows.into_iter().map(|(group, two)| (group, repeated(two))).collect::<Vec<_>>();
            let (mut table, mut sparse) = (Table::new(3, &grids), Table::new(3, &grids));
            let numbers = rows.iter().flat_map(|(_, row)| row).copied().collect::<Vec<_>>();
            let groups = rows.iter().map(|(group, _)| *group as u32).collect::<Vec<_>>();
            table.add_all(&numbers, &groups);
            let from = swap.index(rows.len());
            for (group, row) in rows.iter().skip(from).chain(&rows[..from]) {
                sparse.add_sparse(*group, row.iter().copied().enumerate());
            }
            let totals = table.into_totals();
            prop_assert_eq!(&totals, &sparse.into_totals());
            let mut one_by_one = Table::new(3, &grids);
            rows.iter().for_each(|(group, row)| one_by_one.add_all(row, &[*group as u32]));
            prop_assert_eq!(&totals, &one_by_one.into_totals());
            for halves in [false, true] {
                let mut table = Table::new(3, &grids);
                for (rows, groups) in numbers.chunks(width * 100).zip(groups.chunks(100)) {
                    let addition = Addition { table: &mut table, rows, groups };
                    #[cfg(target_arch = "x86_64")]
                    if let (true, Some(simd)) = (halves, pulp::x86::V3::try_new()) {
                        lanes::run_in_halves(simd, addition);
                        table.flush();
                        continue;
                    }
                    lanes::run_one_by_one(addition);
                    table.flush();
                }
                prop_assert_eq!(&totals, &table.into_totals());
            }
            for (cell, total) in totals.iter().enumerate() {
                let (group, column) = (cell / width, cell % width);
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
