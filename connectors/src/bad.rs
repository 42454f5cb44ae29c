//! Records that could not be read: why one line is refused, and the account of all of them.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::error::{Error, Kind, Place};

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field at fault, as the tool calls it; `None` when the line as a whole is.
    pub column: Option<Cow<'static, str>>,
    /// What a good line would have there.
    pub expected: Cow<'static, str>,
    /// What was found, shortened.
    pub found: String,
}

/// Longest excerpt of a field quoted in a message, in characters.
const EXCERPT: usize = 80;

impl Fault {
    /// A field that does not hold what its type asks for.
    #[must_use]
    pub fn field(column: impl Into<Cow<'static, str>>, expected: impl Into<Cow<'static, str>>, found: &str) -> Self {
        Self { column: Some(column.into()), expected: expected.into(), found: excerpt(found) }
    }

    /// A line that as a whole is not of the expected shape.
    #[must_use]
    pub fn line(expected: impl Into<Cow<'static, str>>, found: impl AsRef<str>) -> Self {
        Self { column: None, expected: expected.into(), found: excerpt(found.as_ref()) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// One bad record, as it is kept for inspection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadRecord {
    pub path: String,
    /// Byte offset of the record in the (decompressed) file.
    pub offset: u64,
    /// Number of the line within the split, from 1.
    pub record: u64,
    pub column: Option<String>,
    /// What a good record would have there.
    pub expected: String,
    pub reason: String,
    /// The record's text; cut when it is longer than `maxLineBytes`.
    pub text: String,
}

impl BadRecord {
    /// The error this record is in `FAILFAST` mode.
    #[must_use]
    pub fn into_error(self, split_start: u64) -> Error {
        let place = Place {
            path: Some(self.path),
            split_start: Some(split_start),
            offset: Some(self.offset),
            record: Some(self.record),
            column: self.column,
            expected: Some(self.expected),
        };
        Error { kind: Kind::BadInput, message: self.reason, place: Box::new(place) }
    }
}
