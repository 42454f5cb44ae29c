//! Times and durations in microseconds, from the forms that Zeek and programs that rewrite its logs give them.
//!
//! Zeek rounds both to six decimals in TSV logs. JSON logs have times with as many digits, but durations with all digits of
//! a double. So what is finer is rounded, and twins of one log agree.

use memchr::memchr;

use super::digits::of_digits;
use crate::civil;

/// How times are written in JSON (`LogAscii::json_timestamps`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Auto,
    Epoch,
    Millis,
    Iso8601,
}

const MICROS: i64 = 1_000_000;
/// Digits of microseconds.
const DECIMALS: usize = 6;
/// From this many seconds on (the year 287396) microseconds do not fit an `i64`.
const MOST: f64 = 9e12;

/// A decimal number of seconds; `None` when the text is none, or too large.
#[inline]
pub(super) fn of_decimal(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let micros = match digits.split_last_chunk::<7>() {
        // As Zeek writes it: six decimals.
        Some((seconds, [b'.', decimals @ ..])) => micros(seconds, of_digits(decimals)?)?,
        _ => return any_decimals(text, digits, negative),
    };
    Some(if negative { -micros } else { micros })
}

/// `digits` are `text` without its sign.
#[cold]
fn any_decimals(text: &str, digits: &[u8], negative: bool) -> Option<i64> {
    let micros = match memchr(b'.', digits) {
        None => micros(digits, 0)?,
        Some(point) => {
            let (seconds, decimals) = (digits.get(..point)?, digits.get(point + 1..)?);
            if decimals.len() > DECIMALS {
                let all_digits = seconds.iter().chain(decimals).all(u8::is_ascii_digit) && !seconds.is_empty();
                return if all_digits { of_double(text.parse().ok()?) } else { None };
            }
            let missing = DECIMALS.saturating_sub(decimals.len());
            micros(seconds, (0..missing).fold(of_digits(decimals)?, |fraction, _| fraction * 10))?
        }
    };
    Some(if negative { -micros } else { micros })
}

#[inline]
fn micros(seconds: &[u8], fraction: i64) -> Option<i64> {
    of_digits(seconds)?.checked_mul(MICROS)?.checked_add(fraction)
}

/// A number of seconds; `None` when it is too large.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "the range is checked")]
pub(super) fn of_double(seconds: f64) -> Option<i64> {
    if seconds.abs() < MOST { Some((seconds * MICROS as f64).round() as i64) } else { None }
}

/// Whole seconds; `None` when they are too many.
pub(super) fn of_whole(seconds: i64) -> Option<i64> {
    seconds.checked_mul(MICROS)
}

/// Milliseconds; `None` when they are too many.
pub(super) fn of_millis(millis: i64) -> Option<i64> {
    millis.checked_mul(1000)
}

/// A time of RFC 3339, since the epoch.
pub(super) fn of_rfc3339(text: &str) -> Option<i64> {
    let micros = civil::rfc3339_micros(text)?;
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    if digits <= DECIMALS {
        return Some(micros);
    }
    let fraction = format!("0.{}", fraction.get(..digits)?);
    micros.div_euclid(MICROS).checked_mul(MICROS)?.checked_add(of_decimal(&fraction)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::civil::seconds;
    use proptest::prelude::*;

    #[test]
    fn decimal_seconds() {
        for (text, expected) in [
            ("1521911720.865716", Some(1_521_911_720_865_716)),
            ("-0.000001", Some(-1)),
            ("-315619200.500000", Some(-315_619_200_500_000)),
            ("22.3", Some(22_300_000)),
            ("5", Some(5_000_000)),
            ("1.12345600", Some(1_123_456)),
            ("1.1234567", Some(1_123_457)),
            ("0.0008699893951416016", Some(870)),
            ("-1.99999949", Some(-1_999_999)),
            ("59.9999999", Some(60_000_000)),
            ("XXXXXXXXXX.XXXXXX", None),
            ("", None),
            ("1.", None),
            (".5", None),
            (".50000000", None),
            ("1.-5", None),
            ("1.5e-07xyz", None),
            ("1e5", None),
            ("99999999999999999999", None),
            ("99999999999999999999.12345678", None),
        ] {
            assert_eq!(of_decimal(text), expected, "{text}");
        }
        assert_eq!((of_double(f64::NAN), of_double(-9e12), of_double(1e300)), (None, None, None));
    }

    #[test]
    fn times_of_rfc_3339() {
        for (text, expected) in [
            ("1970-01-01T00:00:01.500000Z", Some(1_500_000)),
            ("1970-01-01T00:00:01.123456789Z", Some(1_123_457)),
            ("1970-01-01T01:00:01.9999999+01:00", Some(2_000_000)),
            ("1969-12-31T23:59:59.2500000Z", Some(-750_000)),
            ("1970-01-01", None),
        ] {
            assert_eq!(of_rfc3339(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn seconds_are_the_nearest_double(micros in -4_000_000_000_000_000_i64..4_000_000_000_000_000) {
            let sign = if micros < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:06}", micros.abs() / MICROS, micros.abs() % MICROS);
            prop_assert_eq!(of_decimal(&text), Some(micros));
            prop_assert_eq!(seconds(micros), text.parse::<f64>().unwrap());
        }

        #[test]
        fn a_text_and_a_number_are_one_time(text in "-?[1-3]?[0-9]{1,9}(\\.[0-9]{1,15})?") {
            prop_assert_eq!(of_decimal(&text), of_double(text.parse().unwrap()));
        }

        #[test]
        fn nothing_panics(text in "[-0-9.e]{0,25}|\\PC{0,9}") {
            let _ = (of_decimal(&text), of_rfc3339(&text));
        }
    }
}
