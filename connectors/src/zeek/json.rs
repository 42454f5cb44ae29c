//! One value of a JSON log.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A JSON value; of objects only that they are objects.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json<'l> {
    Null,
    Flag(bool),
    Whole(i64),
    /// Above what [`Json::Whole`] holds.
    Large(u64),
    Number(f64),
    Text(Cow<'l, str>),
    List(Vec<Json<'l>>),
    Object,
}

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Flag(value) => value.fmt(f),
            Self::Whole(value) => value.fmt(f),
            Self::Large(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::List(_) => f.write_str("a list"),
            Self::Object => f.write_str("an object"),
        }
    }
}

impl<'l> Deserialize<'l> for Json<'l> {
    fn deserialize<D: Deserializer<'l>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'l> Visitor<'l> for AnyValue {
    type Value = Json<'l>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json<'l>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'l>, E> {
        Ok(Json::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'l>, E> {
        Ok(Json::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json<'l>, E> {
        Ok(i64::try_from(value).map_or(Json::Large(value), Json::Whole))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json<'l>, E> {
        Ok(Json::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'l str) -> Result<Json<'l>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json<'l>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<S: SeqAccess<'l>>(self, mut seq: S) -> Result<Json<'l>, S::Error> {
        let mut members = Vec::new();
        while let Some(member) = seq.next_element()? {
            members.push(member);
        }
        Ok(Json::List(members))
    }

    fn visit_map<M: MapAccess<'l>>(self, mut map: M) -> Result<Json<'l>, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Json::Object)
    }
}
