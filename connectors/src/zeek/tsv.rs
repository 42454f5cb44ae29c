//! One line of an ASCII log.

use super::field::Field;
use super::header::{Dialect, Header};

/// A line cut at its separators.
pub(crate) struct TsvRow<'l> {
    pub(super) line: &'l str,
    /// Offsets of the separators.
    pub(super) places: &'l [u32],
    pub(super) header: &'l Header,
    pub(super) dialect: &'l Dialect,
}

impl<'l> TsvRow<'l> {
    /// The field at this place among those wanted.
    #[inline]
    pub(super) fn field(&self, wanted: usize) -> Field<'l> {
        let Some(&Some(column)) = self.header.columns.get(wanted) else { return Field::Missing };
        let from = match column.checked_sub(1).and_then(|before| self.places.get(before)) {
            Some(&place) => place as usize + self.dialect.separator.length(),
            None => 0,
        };
        let to = self.places.get(column).map_or(self.line.len(), |&place| place as usize);
        let text = self.line.get(from..to).unwrap_or_default();
        if text == self.dialect.unset_field { Field::Missing } else { Field::Tsv(text, self.dialect) }
    }
}
