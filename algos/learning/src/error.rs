//! What rows and parameters a learner cannot work with.

/// A mistake in the rows or the parameters.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// A parameter out of its range.
    #[error("{name} is {found}: expected {expected}")]
    Parameter { name: &'static str, expected: String, found: String },
    /// Nothing to learn from.
    #[error("there are no rows to learn from")]
    NoRows,
    /// Rows of different widths.
    #[error("a row has {found} features: expected {expected} as in the rows before")]
    Width { expected: usize, found: usize },
    /// A number whose square is no longer a finite double.
    #[error("feature {feature} has the value {value:e}: expected magnitudes up to {most:e}; scale the features")]
    TooLarge { feature: usize, value: f64, most: f64 },
    /// A later pass saw other rows than the first one.
    #[error("the rows differ between passes ({how}): keep them, by caching the table for instance")]
    Changed { how: String },
    /// Rows that this algorithm cannot learn from; the sentence says why and what helps.
    #[error("{0}")]
    Unsuitable(String),
    /// A state or a partial result that is not of this fit.
    #[error("these are no parts of this fit: {0}")]
    Foreign(&'static str),
}

/// Refuses a parameter.
///
/// # Errors
/// Always: [`Error::Parameter`].
pub fn parameter<T>(name: &'static str, expected: impl Into<String>, found: impl ToString) -> Result<T, Error> {
    Err(Error::Parameter { name, expected: expected.into(), found: found.to_string() })
}
