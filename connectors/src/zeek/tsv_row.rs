//! One line of an ASCII log.

use super::ascii::Ascii;
use super::dialect::Dialect;
use super::field::Field;

/// A line cut at its separators.
pub(crate) struct TsvRow<'l> {
    pub(super) line: &'l str,
    /// Offsets of the separators.
    pub(super) places: &'l [u32],
    /// For each field wanted, its column.
    pub(super) columns: &'l [Option<usize>],
    pub(super) dialect: &'l Dialect,
    /// Whether the line has a backslash at all.
    pub(super) escaped: bool,
}

impl TsvRow<'_> {
    /// The field at this place among those wanted.
    #[inline]
    pub(super) fn field(&self, wanted: usize) -> Field<'_> {
        let Some(&Some(column)) = self.columns.get(wanted) else { return Field::Missing };
        let from = match column.checked_sub(1).and_then(|before| self.places.get(before)) {
            Some(&place) => place as usize + self.dialect.separator.length(),
            None => 0,
        };
        let to = self.places.get(column).map_or(self.line.len(), |&place| place as usize);
        let text = self.line.get(from..to).unwrap_or_default();
        Field::of_ascii(Ascii::new(text, self.dialect, self.escaped))
    }
}
