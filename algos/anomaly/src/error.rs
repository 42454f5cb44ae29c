//! What can be wrong with a series or a parameter.

/// Why there is no result. Positions count from 0 in the slice as it was given.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// NaN or an infinity. A missing value has to be left out or filled before.
    #[error("value {index} is {value}: finite numbers are expected")]
    NotFinite { index: usize, value: f64 },
    /// A number whose square, summed, would leave the range of a double.
    #[error("value {index} is {value}: numbers up to {limit:e} in size are expected", limit = crate::series::LARGEST)]
    TooLarge { index: usize, value: f64 },
    /// All values are the same: there is neither season nor outlier to look for.
    #[error("all values are {value}: a constant series has no season and no outliers")]
    Constant { value: f64 },
    /// Too few values.
    #[error("{found} values, but {reason} needs at least {needed}")]
    TooShort { found: usize, needed: usize, reason: &'static str },
    /// A parameter outside its range.
    #[error("{name} is {found}: expected {expected}")]
    Parameter { name: &'static str, expected: &'static str, found: String },
    /// Two slices that must have one value a row have not.
    #[error("{times} times but {values} values")]
    Lengths { times: usize, values: usize },
    /// A time that is NaN or infinite.
    #[error("time {index} is {time}: finite seconds are expected")]
    Time { index: usize, time: f64 },
    /// Two rows of one time, and no rule for them.
    #[error("two rows at time {time}: say how rows of one time are joined (sum, mean, first, last)")]
    DuplicateTime { time: f64 },
    /// Missing steps, and no rule for them.
    #[error("{missing} values are missing after time {after} (one is expected every {step} s)")]
    Gap { after: f64, missing: u64, step: f64 },
    /// A time that is no whole number of steps after the one before it.
    #[error(
        "time {time} is not a whole number of steps of {step} s after the one before: give the step, or ignore gaps"
    )]
    Irregular { time: f64, step: f64 },
    /// Filling the gaps would make far more values than there are.
    #[error("{given} values cover {needed} steps of {step} s: the step is wrong, or the series too sparse to fill")]
    Sparse { given: usize, needed: u64, step: f64 },
}

impl Error {
    pub(crate) fn parameter(name: &'static str, expected: &'static str, found: impl ToString) -> Self {
        Self::Parameter { name, expected, found: found.to_string() }
    }
}
