//! One value of a log, ASCII or JSON, read as the type that its column has.

use std::borrow::Cow;

use memchr::memchr;

use super::json::{Json, Times};
use super::tsv::Ascii;
use crate::bad::Fault;
use crate::civil;

/// A value, or its absence.
#[derive(Clone, Copy)]
pub(super) enum Field<'r> {
    Missing,
    Tsv(Ascii<'r>),
    Json(&'r Json<'r>, Times),
}

const MICROS: i64 = 1_000_000;
/// Whole numbers from here on are milliseconds, not seconds (the year 5138 in seconds, 1973 in milliseconds).
const LEAST_MILLIS: i64 = 100_000_000_000;

impl<'r> Field<'r> {
    /// Whether there is no value.
    pub(super) fn is_missing(self) -> bool {
        matches!(self, Self::Missing)
    }

    /// `string`, `addr`, `enum`: text with its escapes undone.
    pub(super) fn text(self) -> Option<Cow<'r, str>> {
        match self {
            Self::Missing => None,
            Self::Tsv(value) => Some(value.meant()),
            Self::Json(value, _) => json_text(value),
        }
    }

    /// `count`, `int`, `port`.
    #[inline]
    pub(super) fn count(self, name: &'static str) -> Result<Option<i64>, Fault> {
        let fault = |found: &str| Fault::field(name, "a whole number", found);
        match self {
            Self::Missing => Ok(None),
            Self::Tsv(value) => whole(value.text).map(Some).ok_or_else(|| fault(value.text)),
            Self::Json(Json::Whole(value), _) => Ok(Some(*value)),
            Self::Json(other, _) => Err(fault(&shown(other))),
        }
    }

    /// `time`: microseconds since the epoch.
    #[inline]
    pub(super) fn time(self, name: &'static str) -> Result<Option<i64>, Fault> {
        match self {
            Self::Missing => Ok(None),
            Self::Tsv(value) => {
                micros(value.text).map(Some).ok_or_else(|| Fault::field(name, "seconds since the epoch", value.text))
            }
            Self::Json(value, times) => json_time(value, times)
                .map(Some)
                .ok_or_else(|| Fault::field(name, "a time (see the option jsonTimestamps)", &shown(value))),
        }
    }

    /// `interval`: microseconds.
    #[inline]
    pub(super) fn interval(self, name: &'static str) -> Result<Option<i64>, Fault> {
        let fault = |found: &str| Fault::field(name, "seconds", found);
        match self {
            Self::Missing => Ok(None),
            Self::Tsv(value) => micros(value.text).map(Some).ok_or_else(|| fault(value.text)),
            Self::Json(value, _) => json_seconds(value).map(Some).ok_or_else(|| fault(&shown(value))),
        }
    }

    /// `bool`.
    pub(super) fn flag(self, name: &'static str) -> Result<Option<bool>, Fault> {
        let fault = |found: &str| Fault::field(name, "T or F", found);
        match self {
            Self::Missing => Ok(None),
            Self::Tsv(value) => match value.text {
                "T" | "1" => Ok(Some(true)),
                "F" | "0" => Ok(Some(false)),
                other => Err(fault(other)),
            },
            Self::Json(Json::Flag(value), _) => Ok(Some(*value)),
            Self::Json(other, _) => Err(fault(&shown(other))),
        }
    }

    /// `set`, `table`, `vector`: hands each member to `take`; gives false when the container is missing.
    pub(super) fn members<'f>(
        self,
        name: &'static str,
        mut take: impl FnMut(Field<'f>) -> Result<(), Fault>,
    ) -> Result<bool, Fault>
    where
        'r: 'f,
    {
        match self {
            Self::Missing => return Ok(false),
            Self::Tsv(value) if value.is_empty_field() => {}
            Self::Tsv(value) => value.members().try_for_each(take)?,
            Self::Json(Json::List(members), times) => {
                for member in members {
                    take(if *member == Json::Null { Self::Missing } else { Self::Json(member, times) })?;
                }
            }
            Self::Json(other, _) => return Err(Fault::field(name, "a list", &shown(other))),
        }
        Ok(true)
    }
}

/// A whole number in decimal digits, maybe negative.
#[inline]
fn whole(text: &str) -> Option<i64> {
    match text.as_bytes() {
        [b'-', digits @ ..] => digits_of(digits).map(|value| -value),
        digits => digits_of(digits),
    }
}

/// Digits that always fit an `i64`.
const SAFE_DIGITS: usize = 18;

#[inline]
fn digits_of(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    let mut wrong = false;
    if digits.len() <= SAFE_DIGITS {
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            wrong |= digit > 9;
            // Digits fit; other bytes may not, and are refused below.
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
        }
    } else {
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            wrong |= digit > 9;
            value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
        }
    }
    (!wrong).then_some(value)
}

/// A decimal number of seconds as microseconds; digits past the sixth are cut.
#[inline]
fn micros(text: &str) -> Option<i64> {
    let (negative, text) = match text.as_bytes() {
        [b'-', text @ ..] => (true, text),
        text => (false, text),
    };
    let micros = match text.split_last_chunk::<7>() {
        // As Zeek writes it: six decimals.
        Some((seconds, [b'.', decimals @ ..])) => {
            digits_of(seconds)?.checked_mul(MICROS)?.checked_add(digits_of(decimals)?)?
        }
        _ => any_decimals(text)?,
    };
    Some(if negative { -micros } else { micros })
}

fn any_decimals(text: &[u8]) -> Option<i64> {
    let Some(point) = memchr(b'.', text) else { return digits_of(text)?.checked_mul(MICROS) };
    let (seconds, decimals) = (text.get(..point)?, text.get(point + 1..)?);
    if decimals.is_empty() || !decimals.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let six = decimals.iter().copied().chain(std::iter::repeat(b'0')).take(6);
    let fraction = six.fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    digits_of(seconds)?.checked_mul(MICROS)?.checked_add(fraction)
}

fn json_text<'r>(value: &'r Json<'r>) -> Option<Cow<'r, str>> {
    match value {
        Json::Text(text) => Some(Cow::Borrowed(text)),
        Json::Null => None,
        other => Some(Cow::Owned(shown(other))),
    }
}

fn json_time(value: &Json<'_>, times: Times) -> Option<i64> {
    let millis = |value: i64| value.checked_mul(1000);
    match (value, times) {
        (Json::Text(text), Times::Auto | Times::Iso8601) => civil::rfc3339_micros(text),
        (Json::Whole(value), Times::Millis) => millis(*value),
        (Json::Whole(value), Times::Auto) if value.abs() >= LEAST_MILLIS => millis(*value),
        // TS_MILLIS_UNSIGNED writes times before the epoch as what is missing to 2^64.
        #[expect(clippy::cast_possible_wrap, reason = "that is how it was written")]
        (Json::Large(value), Times::Auto | Times::Millis) => millis(*value as i64),
        (value, Times::Auto | Times::Epoch) => json_seconds(value),
        _ => None,
    }
}

/// Zeek's own values have six decimals: rounding undoes the noise of a double.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "the range is checked")]
fn json_seconds(value: &Json<'_>) -> Option<i64> {
    match value {
        Json::Whole(value) => value.checked_mul(MICROS),
        Json::Number(value) => {
            let micros = (value * MICROS as f64).round();
            (micros.abs() < 9e18).then_some(micros as i64)
        }
        _ => None,
    }
}

fn shown(value: &Json<'_>) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Flag(value) => value.to_string(),
        Json::Whole(value) => value.to_string(),
        Json::Large(value) => value.to_string(),
        Json::Number(value) => value.to_string(),
        Json::Text(text) => text.clone().into_owned(),
        Json::List(_) => "a list".to_owned(),
        Json::Object => "an object".to_owned(),
    }
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
            ("1.1234567", Some(1_123_456)),
            ("XXXXXXXXXX.XXXXXX", None),
            ("", None),
            ("1.", None),
            (".5", None),
            ("1.-5", None),
            ("1e5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(micros(text), expected, "{text}");
        }
    }

    #[test]
    fn json_times() {
        let auto = |value| json_time(&value, Times::Auto);
        assert_eq!(auto(Json::Text("2018-03-24T17:15:20.865716Z".into())), Some(1_521_911_720_865_716));
        assert_eq!(auto(Json::Number(1_521_911_720.865_716)), Some(1_521_911_720_865_716));
        assert_eq!(auto(Json::Whole(1_521_911_720_865)), Some(1_521_911_720_865_000));
        assert_eq!(auto(Json::Whole(-315_619_200_000)), Some(-315_619_200_000_000));
        assert_eq!(auto(Json::Large(18_446_743_758_090_351_616)), Some(-315_619_200_000_000));
        assert_eq!(auto(Json::Whole(1_521_911_720)), Some(1_521_911_720_000_000));
        assert_eq!(json_time(&Json::Whole(5), Times::Millis), Some(5000));
        assert_eq!(auto(Json::Number(1e300)), None);
        assert_eq!(auto(Json::Flag(true)), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_the_standard_library_does_or_refused(text in "[0-9~\u{ff}]{0,25}") {
            prop_assert_eq!(whole(&text), text.parse::<i64>().ok());
            let _ = micros(&text);
        }

        #[test]
        fn seconds_are_the_nearest_double(micros_written in -4_000_000_000_000_000_i64..4_000_000_000_000_000) {
            let sign = if micros_written < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:06}", micros_written.abs() / MICROS, micros_written.abs() % MICROS);
            prop_assert_eq!(micros(&text), Some(micros_written));
            prop_assert_eq!(seconds(micros_written), text.parse::<f64>().unwrap());
        }
    }
}
