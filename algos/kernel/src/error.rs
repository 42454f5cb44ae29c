//! The one error of kernels.

/// Kinds of errors; a caller decides by these, never by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rows that the algorithm cannot work on.
    BadInput,
    /// A parameter, or a kernel's name, that is not valid.
    BadParameter,
    /// A fault of ours.
    Internal,
}

/// An error: a sentence for people, and the column it concerns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub kind: Kind,
    pub message: String,
    pub column: Option<String>,
}

impl Error {
    /// Rows that the algorithm cannot work on.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self { kind: Kind::BadInput, message: message.into(), column: None }
    }

    /// A parameter that is not valid.
    #[must_use]
    pub fn parameter(message: impl Into<String>) -> Self {
        Self { kind: Kind::BadParameter, message: message.into(), column: None }
    }

    /// A fault of ours.
    #[must_use]
    pub fn internal(message: impl ToString) -> Self {
        Self { kind: Kind::Internal, message: message.to_string(), column: None }
    }

    /// The same error, of this column.
    #[must_use]
    pub fn of(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }
}
