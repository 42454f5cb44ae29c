//! One line of an ASCII log.

use std::borrow::Cow;

use memchr::memchr;

use super::escape::unescape;
use super::field::Field;
use super::header::{Dialect, Header};

/// A line cut at its separators.
pub(crate) struct TsvRow<'l> {
    pub(super) line: &'l str,
    /// Offsets of the separators.
    pub(super) places: &'l [u32],
    pub(super) header: &'l Header,
    pub(super) dialect: &'l Dialect,
    /// Whether the line has a backslash at all.
    pub(super) escaped: bool,
}

impl<'l> TsvRow<'l> {
    /// The field at this place among those wanted.
    #[inline]
    pub(super) fn field(&self, wanted: usize) -> Field<'_> {
        let Some(&Some(column)) = self.header.columns.get(wanted) else { return Field::Missing };
        let from = match column.checked_sub(1).and_then(|before| self.places.get(before)) {
            Some(&place) => place as usize + self.dialect.separator.length(),
            None => 0,
        };
        let to = self.places.get(column).map_or(self.line.len(), |&place| place as usize);
        let text = self.line.get(from..to).unwrap_or_default();
        if self.dialect.is_unset(text) { Field::Missing } else { Field::Tsv(Ascii { text, row: self }) }
    }
}

/// One value of a line that is not unset.
#[derive(Clone, Copy)]
pub(super) struct Ascii<'r> {
    /// As it was written.
    pub(super) text: &'r str,
    row: &'r TsvRow<'r>,
}

impl<'r> Ascii<'r> {
    /// What was meant.
    #[inline]
    pub(super) fn meant(self) -> Cow<'r, str> {
        if self.is_empty_field() {
            Cow::Borrowed("")
        } else if self.row.escaped {
            unescape(self.text)
        } else {
            Cow::Borrowed(self.text)
        }
    }

    /// Whether it stands for an empty text or container.
    #[inline]
    pub(super) fn is_empty_field(self) -> bool {
        self.text == self.row.dialect.empty_field
    }

    /// The members of a container.
    pub(super) fn members(self) -> impl Iterator<Item = Field<'r>> {
        let separator = self.row.dialect.set_separator.as_str();
        let mut rest = Some(self.text);
        std::iter::from_fn(move || {
            let text = rest?;
            let place = match separator.as_bytes() {
                [byte] => memchr(*byte, text.as_bytes()),
                _ => text.find(separator),
            };
            let member = place.and_then(|place| text.get(..place)).unwrap_or(text);
            rest = place.and_then(|place| text.get(place + separator.len()..));
            Some(if self.row.dialect.is_unset(member) {
                Field::Missing
            } else {
                Field::Tsv(Self { text: member, ..self })
            })
        })
    }
}
