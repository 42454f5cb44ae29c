//! Where the columns wanted stand in a line.

use wide::u8x32;

use super::column::{COLUMNS, Column};

/// Between which two boundaries of a line a column stands, by their place among those that are looked for.
type Cell = Option<(usize, usize)>;

/// The columns of a log's lines.
pub(super) struct Cells {
    width: usize,
    separator: u8,
    cells: [Cell; COLUMNS],
    /// Numbers of the separators (from 0) that stand before or after a column wanted, ascending.
    wanted: Vec<u32>,
    /// Number of the column's first place among all, for [`Cells::place`].
    places: [Option<u32>; COLUMNS],
}

/// Bytes compared at a time.
const LANES: usize = 32;
/// What stands before the first column: one byte on is the start of the line.
const BEFORE: u32 = u32::MAX;

impl Cells {
    /// The columns of lines with these names and this separator. A name that comes twice means the first: the Advanced
    /// set of log_tcp_complete repeats some of the Core's.
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>, separator: u8) -> Self {
        let mut places = [None; COLUMNS];
        let mut width: u32 = 0;
        for name in names {
            if let Some(column) = Column::named(name)
                && let Some(place @ None) = places.get_mut(column as usize)
            {
                *place = Some(width);
            }
            width += 1;
        }
        let last = width.saturating_sub(1);
        let mut wanted =
            places.iter().flatten().flat_map(|&place| [place.checked_sub(1), (place < last).then_some(place)]);
        let mut wanted = wanted.by_ref().flatten().collect::<Vec<_>>();
        wanted.sort_unstable();
        wanted.dedup();
        // The boundaries of a line are its start, the separators wanted and its end.
        let boundary = |separator: u32| wanted.binary_search(&separator).map_or(0, |found| found + 1);
        let cell = |place: u32| {
            let from = place.checked_sub(1).map_or(0, boundary);
            let to = if place < last { boundary(place) } else { wanted.len() + 1 };
            (from, to)
        };
        let cells = places.map(|place| place.map(cell));
        Self { width: width as usize, separator, cells, wanted, places }
    }

    /// How many columns a line has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether there is such a column.
    #[inline]
    pub(super) fn has(&self, column: Column) -> bool {
        matches!(self.cells.get(column as usize), Some(Some(_)))
    }

    /// How many columns stand before this one.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.get(column as usize).copied().flatten().map(|place| place as usize)
    }

    /// Replaces `boundaries` by those of `line`, which is shorter than 4 GiB. Gives how many fields the line has; where
    /// that is not the width, the boundaries mean nothing.
    ///
    /// Bytes are compared a run at a time, and of the separators only those wanted are looked at one by one: the rest is
    /// counted, so that a line of another width is found out.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "lines are bounded by maxLineBytes")]
    pub(super) fn find(&self, line: &str, boundaries: &mut Vec<u32>) -> usize {
        boundaries.clear();
        boundaries.push(BEFORE);
        let line = line.as_bytes();
        let mut finder = Finder { wanted: &self.wanted, seen: 0, boundaries };
        let separator = u8x32::splat(self.separator);
        let compare = |run: [u8; LANES]| u8x32::new(run).simd_eq(separator).to_bitmask();
        let (runs, tail) = line.as_chunks::<LANES>();
        let mut base = 0;
        for run in runs {
            finder.take(compare(*run), base);
            base += LANES as u32;
        }
        let mut last = [!self.separator; LANES];
        last.iter_mut().zip(tail).for_each(|(slot, byte)| *slot = *byte);
        finder.take(compare(last), base);
        let separators = finder.seen;
        boundaries.push(line.len() as u32);
        separators as usize + 1
    }

    /// The text of a column of a line with these boundaries; `None` when there is no such column.
    #[inline]
    pub(super) fn text<'l>(&self, line: &'l str, boundaries: &[u32], column: Column) -> Option<&'l str> {
        let (from, to) = self.cells.get(column as usize).copied().flatten()?;
        let from = boundaries.get(from)?.wrapping_add(1);
        line.get(from as usize..*boundaries.get(to)? as usize)
    }
}

/// Picks the separators wanted out of all.
struct Finder<'f> {
    wanted: &'f [u32],
    seen: u32,
    boundaries: &'f mut Vec<u32>,
}

impl Finder<'_> {
    /// Takes the separators of one run, a bit each.
    #[inline]
    fn take(&mut self, mut bits: u32, base: u32) {
        let after = self.seen + bits.count_ones();
        while let [next, rest @ ..] = self.wanted
            && *next < after
        {
            while self.seen < *next {
                bits &= bits - 1;
                self.seen += 1;
            }
            self.boundaries.push(base + bits.trailing_zeros());
            self.wanted = rest;
        }
        self.seen = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 6] = ["c_ip", "x", "s_ip", "y", "z", "first"];

    proptest! {
        #[test]
        fn columns_hold_what_a_split_gives(line in "[ab é]{0,90}", order in Just(NAMES.to_vec()).prop_shuffle(), width in 1..7_usize) {
            let names = order.get(..width).unwrap_or_default();
            let cells = Cells::new(names.iter().copied(), b' ');
            let mut boundaries = vec![9];
            let fields = line.split(' ').collect::<Vec<_>>();
            prop_assert_eq!(cells.find(&line, &mut boundaries), fields.len());
            if fields.len() == width {
                for column in [Column::CIp, Column::SIp, Column::First, Column::Last] {
                    let expected = names.iter().position(|name| *name == column.name()).map(|place| fields[place]);
                    prop_assert_eq!(cells.text(&line, &boundaries, column), expected);
                }
            }
        }
    }

    #[test]
    fn a_name_that_comes_twice_means_the_first() {
        let cells = Cells::new(["c_ip", "c_ip", "s_ip"].into_iter(), b' ');
        let mut boundaries = Vec::new();
        assert_eq!(cells.find("a b c", &mut boundaries), 3);
        assert_eq!(cells.text("a b c", &boundaries, Column::CIp), Some("a"));
        assert_eq!(cells.text("a b c", &boundaries, Column::SIp), Some("c"));
        assert_eq!((cells.width(), cells.place(Column::SIp), cells.has(Column::First)), (3, Some(2), false));
    }
}
