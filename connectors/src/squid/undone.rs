//! The fields of a request's target without their escapes.
//!
//! A target is looked at in parts, which are borrowed: so where it has escapes, which is seldom, it is undone once.

use std::borrow::Cow;

use super::code::Code;
use super::matcher::{Quotings, Spans};
use super::quoting::Quoting;

/// The fields that were undone, of one line.
#[derive(Debug, Default)]
pub(super) struct Undone(Vec<(Code, String)>);

impl Undone {
    /// Undoes the target's fields of a line.
    #[inline]
    pub(super) fn fill(&mut self, line: &str, spans: &Spans, quotings: &Quotings) {
        self.0.clear();
        for code in [Code::Url, Code::UrlHost, Code::UrlPath] {
            let quoting = quotings.get(code as usize).copied().unwrap_or(Quoting::Raw);
            if quoting != Quoting::Raw
                && let Some(text) = spans.get(code).of(line)
                && let Cow::Owned(text) = quoting.undo(text)
            {
                self.0.push((code, text));
            }
        }
    }

    /// The field without its escapes, if it had any.
    #[inline]
    pub(super) fn get(&self, code: Code) -> Option<&str> {
        self.0.iter().find(|(undone, _)| *undone == code).map(|(_, text)| text.as_str())
    }
}
