//! Numbers as Tstat writes them.

use super::column::Column;
use crate::bad::Fault;

/// Microseconds of a millisecond.
pub(super) const MILLI: i64 = 1_000;
/// Microseconds of a second.
pub(super) const SECOND: i64 = 1_000_000;

/// A whole number.
///
/// # Errors
/// The text is none.
#[inline]
pub(super) fn whole(text: &str, column: Column) -> Result<i64, Fault> {
    text.parse().map_err(|_| Fault::field(column.name(), "a whole number", text))
}

/// A decimal number of milliseconds or seconds, in microseconds.
///
/// # Errors
/// The text is none.
#[inline]
pub(super) fn time(text: &str, unit: i64, column: Column) -> Result<i64, Fault> {
    micros(text, unit)
        .ok_or_else(|| Fault::field(column.name(), if unit == MILLI { "milliseconds" } else { "seconds" }, text))
}

/// The nearest microsecond: packets are timed in microseconds, and what is below them in the log is the noise of the
/// double that the milliseconds were worked out in.
#[inline]
pub(super) fn micros(text: &str, unit: i64) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let point = memchr::memchr(b'.', digits);
    let (whole, decimals) = match point.and_then(|point| digits.split_at_checked(point)) {
        Some((whole, [_, decimals @ ..])) if !decimals.is_empty() => (whole, decimals),
        None => (digits, [].as_slice()),
        Some(_) => return None,
    };
    if whole.is_empty() {
        return None;
    }
    let mut value = whole.iter().try_fold(0_i64, |value, byte| value.checked_mul(10)?.checked_add(digit(*byte)?))?;
    value = value.checked_mul(unit)?;
    let mut scale = unit;
    for byte in decimals {
        let digit = digit(*byte)?;
        value = match scale {
            // The first digit below a microsecond.
            1 => value.checked_add(i64::from(digit >= 5))?,
            _ => value.checked_add(digit * (scale / 10))?,
        };
        scale /= 10;
    }
    Some(if negative { -value } else { value })
}

#[inline]
fn digit(byte: u8) -> Option<i64> {
    let digit = byte.wrapping_sub(b'0');
    (digit < 10).then_some(i64::from(digit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times() {
        for (text, unit, expected) in [
            ("1300475168853.898926", MILLI, Some(1_300_475_168_853_899)),
            ("1300475168853.8984999", MILLI, Some(1_300_475_168_853_898)),
            ("1300475168.784020", SECOND, Some(1_300_475_168_784_020)),
            ("0.000000", MILLI, Some(0)),
            ("0.9999999", SECOND, Some(1_000_000)),
            ("-1.5", MILLI, Some(-1500)),
            ("7", MILLI, Some(7000)),
            ("", MILLI, None),
            (".5", MILLI, None),
            ("5.", MILLI, None),
            ("1.2.3", MILLI, None),
            ("1e3", MILLI, None),
            ("nan", SECOND, None),
            ("99999999999999999999", MILLI, None),
        ] {
            assert_eq!(micros(text, unit), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn microseconds_come_back(value in 0..4_000_000_000_000_000_i64) {
            #[expect(clippy::cast_precision_loss, reason = "as Tstat does")]
            let written = format!("{:.6}", value as f64 / 1e3);
            prop_assert_eq!(micros(&written, MILLI), Some(value));
            prop_assert_eq!(micros(&format!("{}.{:06}", value / SECOND, value % SECOND), SECOND), Some(value));
        }

        #[test]
        fn nothing_panics(text in any::<String>(), likely in "-?[0-9]{0,22}\\.?[0-9]{0,22}") {
            let _ = (micros(&text, MILLI), micros(&likely, SECOND), whole(&likely, Column::CPort));
        }
    }
}
