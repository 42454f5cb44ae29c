//! What rows and parameters a clustering cannot work with.

/// A mistake in the rows or the parameters.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// A parameter out of its range.
    #[error("{name} is {found}: expected {expected}")]
    Parameter { name: &'static str, expected: String, found: String },
    /// Nothing to cluster.
    #[error("there are no rows to cluster")]
    NoRows,
    /// Rows of one width here, of another there.
    #[error("a row has {found} features: expected {expected} as in the rows before")]
    Width { expected: usize, found: usize },
    /// A number whose square is no longer a double.
    #[error("feature {feature} has the value {value:e}: expected magnitudes up to {most:e}; scale the features")]
    TooLarge { feature: usize, value: f64, most: f64 },
    /// Another pass came upon other rows.
    #[error("the rows differ between passes ({how}): keep them, by caching the table for instance")]
    Changed { how: String },
    /// Features of which one follows from others, within a component of a mixture.
    #[error(
        "the covariance of component {component} is singular: raise reg_covar, choose covariance_type diag, or leave out \
         features that follow from others"
    )]
    Singular { component: usize },
    /// Parts of a fit that are not of this one.
    #[error("these are no parts of this fit: {0}")]
    Foreign(&'static str),
}

/// Refuses a parameter.
pub(crate) fn parameter<T>(name: &'static str, expected: impl Into<String>, found: impl ToString) -> Result<T, Error> {
    Err(Error::Parameter { name, expected: expected.into(), found: found.to_string() })
}
