//! One value of a log, ASCII or JSON, read as the type that its column has.

use std::borrow::Cow;

use super::ascii::Ascii;
use super::digits::whole;
use super::json::Json;
use super::times::{self, Times};
use crate::bad::Fault;

/// A value, or its absence.
#[derive(Clone, Copy)]
pub(super) enum Field<'r> {
    Missing,
    Tsv(Ascii<'r>),
    Json(&'r Json<'r>, Times),
}

/// Whole numbers from here on are milliseconds, not seconds (the year 5138 in seconds, 1973 in milliseconds).
const LEAST_MILLIS: i64 = 100_000_000_000;

impl<'r> Field<'r> {
    /// The value as a log that knows no types writes it; a value that is unset is missing.
    #[inline]
    pub(super) fn of_ascii(value: Option<Ascii<'r>>) -> Self {
        value.map_or(Self::Missing, Self::Tsv)
    }

    /// The value of a JSON log with times of this form; null is missing.
    pub(super) fn of_json(value: &'r Json<'r>, times: Times) -> Self {
        if *value == Json::Null { Self::Missing } else { Self::Json(value, times) }
    }

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
            Self::Json(other, _) => Err(fault(&other.to_string())),
        }
    }

    /// `time`: microseconds since the epoch.
    #[inline]
    pub(super) fn time(self, name: &'static str) -> Result<Option<i64>, Fault> {
        match self {
            Self::Missing => Ok(None),
            Self::Tsv(value) => times::of_decimal(value.text)
                .map(Some)
                .ok_or_else(|| Fault::field(name, "seconds since the epoch", value.text)),
            Self::Json(value, times) => json_time(value, times)
                .map(Some)
                .ok_or_else(|| Fault::field(name, "a time (see the option jsonTimestamps)", &value.to_string())),
        }
    }

    /// `interval`: microseconds.
    #[inline]
    pub(super) fn interval(self, name: &'static str) -> Result<Option<i64>, Fault> {
        let fault = |found: &str| Fault::field(name, "seconds", found);
        match self {
            Self::Missing => Ok(None),
            Self::Tsv(value) => times::of_decimal(value.text).map(Some).ok_or_else(|| fault(value.text)),
            Self::Json(value, _) => json_seconds(value).map(Some).ok_or_else(|| fault(&value.to_string())),
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
            Self::Json(other, _) => Err(fault(&other.to_string())),
        }
    }

    /// `set`, `table`, `vector`: hands each member to `take`; gives false when the container is missing.
    pub(super) fn members<'f>(
        self,
        name: &'static str,
        take: impl FnMut(Field<'f>) -> Result<(), Fault>,
    ) -> Result<bool, Fault>
    where
        'r: 'f,
    {
        match self {
            Self::Missing => return Ok(false),
            Self::Tsv(value) if value.is_empty_field() => {}
            Self::Tsv(value) => value.members().map(Field::of_ascii).try_for_each(take)?,
            Self::Json(Json::List(members), times) => {
                members.iter().map(|member| Field::of_json(member, times)).try_for_each(take)?;
            }
            Self::Json(other, _) => return Err(Fault::field(name, "a list", &other.to_string())),
        }
        Ok(true)
    }
}

fn json_text<'r>(value: &'r Json<'r>) -> Option<Cow<'r, str>> {
    match value {
        Json::Text(text) => Some(Cow::Borrowed(text)),
        Json::Null => None,
        other => Some(Cow::Owned(other.to_string())),
    }
}

fn json_time(value: &Json<'_>, form: Times) -> Option<i64> {
    match (value, form) {
        (Json::Text(text), Times::Auto | Times::Iso8601) => times::of_rfc3339(text),
        (Json::Whole(value), Times::Millis) => times::of_millis(*value),
        (Json::Whole(value), Times::Auto) if value.abs() >= LEAST_MILLIS => times::of_millis(*value),
        // TS_MILLIS_UNSIGNED writes times before the epoch as what is missing to 2^64.
        #[expect(clippy::cast_possible_wrap, reason = "that is how it was written")]
        (Json::Large(value), Times::Auto | Times::Millis) => times::of_millis(*value as i64),
        (value, Times::Auto | Times::Epoch) => json_seconds(value),
        _ => None,
    }
}

fn json_seconds(value: &Json<'_>) -> Option<i64> {
    match value {
        Json::Whole(value) => times::of_whole(*value),
        Json::Number(value) => times::of_double(*value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
