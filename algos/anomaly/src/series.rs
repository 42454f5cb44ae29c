//! What every series must be: long enough, finite, of a size that can be squared, and not constant.

use crate::Error;

/// Largest size of a value: the sum of 10^9 squared differences stays far inside a double.
pub(crate) const LARGEST: f64 = 1e100;

/// NaN, infinities and values too large to square.
pub(crate) fn check_values(values: &[f64]) -> Result<(), Error> {
    match values.iter().position(|value| value.abs() > LARGEST || value.is_nan()) {
        None => Ok(()),
        Some(index) => {
            let value = values.get(index).copied().unwrap_or(f64::NAN);
            Err(if value.is_finite() { Error::TooLarge { index, value } } else { Error::NotFinite { index, value } })
        }
    }
}

/// All of the above.
pub(crate) fn check(values: &[f64], needed: usize, reason: &'static str) -> Result<(), Error> {
    if values.len() < needed {
        return Err(Error::TooShort { found: values.len(), needed, reason });
    }
    check_values(values)?;
    match values.split_first() {
        Some((&value, rest)) if rest.iter().all(|&other| other == value) => Err(Error::Constant { value }),
        _ => Ok(()),
    }
}

/// The size of the largest value.
pub(crate) fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
}

/// Population variance, in two passes.
pub(crate) fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n
}
