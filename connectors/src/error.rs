//! The one error of this crate: what went wrong, in which file, where in it, and what was expected.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::utf8::printable;

/// Kinds of errors; a caller decides by these, never by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// A record or stream that cannot be read, in `FAILFAST` mode.
    BadInput,
    /// An option, connector or day that is not valid.
    BadOption,
    /// The file could not be opened or read.
    Io,
    /// A fault of ours.
    Internal,
}

/// An error: a sentence for people, and the place it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct Error {
    pub kind: Kind,
    /// A sentence without the place. It may quote a log: what is shown or handed on is made [`printable`].
    #[serde(serialize_with = "as_printable")]
    pub message: String,
    #[serde(flatten)]
    pub place: Box<Place>,
}

/// The place an error concerns. What is not known is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    pub path: Option<String>,
    /// First byte of the split being read.
    pub split_start: Option<u64>,
    /// Byte offset of the line in the (decompressed) file.
    pub offset: Option<u64>,
    /// Number of the line within the split, from 1.
    pub record: Option<u64>,
    /// Name of the field, as the tool calls it.
    pub column: Option<String>,
    /// What a good record would have there.
    pub expected: Option<String>,
}

impl Error {
    /// An error that concerns no place.
    #[must_use]
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: Box::default() }
    }

    /// An option, connector or day that is not valid.
    #[must_use]
    pub fn option(message: impl Into<String>) -> Self {
        Self::new(Kind::BadOption, message)
    }

    /// The same error, at this file.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.place.path = Some(path.to_owned());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        if let Some(path) = &place.path {
            write!(f, "{}: ", printable(path))?;
        }
        if let Some(offset) = place.offset {
            write!(f, "at byte {offset}")?;
            if let Some(record) = place.record {
                write!(f, " (line {record} of the split from byte {})", place.split_start.unwrap_or(0))?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&printable(&self.message))
    }
}

fn as_printable<S: Serializer>(message: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&printable(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_bytes_of_a_log_leave_only_as_text() {
        let error = Error::new(Kind::BadInput, "found t\0s\0").at("dns\n.log");
        assert_eq!(error.to_string(), "dns\\x0a.log: found t\\x00s\\x00");
        let json = serde_json::to_value(&error).unwrap();
        assert_eq!(json.get("message").unwrap(), "found t\\x00s\\x00");
    }
}
