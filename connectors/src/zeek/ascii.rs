//! One value of an ASCII log.

use std::borrow::Cow;

use memchr::memchr;

use super::dialect::Dialect;
use super::escape::unescape;

/// A value that is not unset.
#[derive(Clone, Copy)]
pub(super) struct Ascii<'r> {
    /// As it was written.
    pub(super) text: &'r str,
    dialect: &'r Dialect,
    /// Whether it may have escapes.
    escaped: bool,
}

impl<'r> Ascii<'r> {
    /// The value written as `text`; `None` when that is how a missing value is written. `escaped` says whether there may
    /// be escapes in it.
    #[inline]
    pub(super) fn new(text: &'r str, dialect: &'r Dialect, escaped: bool) -> Option<Self> {
        if dialect.is_unset(text) { None } else { Some(Self { text, dialect, escaped }) }
    }

    /// What was meant.
    #[inline]
    pub(super) fn meant(self) -> Cow<'r, str> {
        if self.is_empty_field() {
            Cow::Borrowed("")
        } else if self.escaped {
            unescape(self.text)
        } else {
            Cow::Borrowed(self.text)
        }
    }

    /// Whether it stands for an empty text or container.
    #[inline]
    pub(super) fn is_empty_field(self) -> bool {
        self.text == self.dialect.empty_field
    }

    /// The members of a container; `None` for those that are unset.
    pub(super) fn members(self) -> impl Iterator<Item = Option<Self>> {
        let separator = self.dialect.set_separator.as_str();
        let mut rest = Some(self.text);
        std::iter::from_fn(move || {
            let text = rest?;
            let place = match separator.as_bytes() {
                [byte] => memchr(*byte, text.as_bytes()),
                _ => text.find(separator),
            };
            let member = place.and_then(|place| text.get(..place)).unwrap_or(text);
            rest = place.and_then(|place| text.get(place + separator.len()..));
            Some(Self::new(member, self.dialect, self.escaped))
        })
    }
}
