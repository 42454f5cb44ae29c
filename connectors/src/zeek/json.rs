//! One line of a JSON log: one object, flat, or wrapped once as `{"dns": {…}}`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::field::Field;
use super::header::same_name;
use crate::bad::Fault;

/// How times are written (`LogAscii::json_timestamps`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Auto,
    Epoch,
    Millis,
    Iso8601,
}

/// A value of the object.
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

/// The values of the fields wanted.
pub(crate) struct JsonRow<'l> {
    values: Vec<Json<'l>>,
    times: Times,
}

impl<'l> JsonRow<'l> {
    /// Parses a line. `logs` are the keys that a wrapped record may stand under.
    ///
    /// # Errors
    /// The line is not one JSON object.
    pub(super) fn parse(line: &'l str, wanted: &[&str], logs: &[&str], times: Times) -> Result<Self, Fault> {
        let mut row = Self { values: vec![Json::Null; wanted.len()], times };
        let mut json = serde_json::Deserializer::from_str(line);
        Object { values: &mut row.values, wanted, logs }
            .deserialize(&mut json)
            .and_then(|()| json.end())
            .map_err(|error| Fault::line("one JSON object a line", error.to_string()))?;
        Ok(row)
    }

    /// The field at this place among those wanted.
    pub(super) fn field(&self, wanted: usize) -> Field<'_> {
        match self.values.get(wanted) {
            None | Some(Json::Null) => Field::Missing,
            Some(value) => Field::Json(value, self.times),
        }
    }

    /// Whether any of these fields is there.
    pub(super) fn has_any(&self, fields: &[usize]) -> bool {
        fields.iter().any(|&field| !matches!(self.values.get(field), None | Some(Json::Null)))
    }
}

struct Object<'a, 'l> {
    values: &'a mut Vec<Json<'l>>,
    wanted: &'a [&'a str],
    /// Keys of the wrapped record; none inside it.
    logs: &'a [&'a str],
}

impl<'l> DeserializeSeed<'l> for Object<'_, 'l> {
    type Value = ();

    fn deserialize<D: Deserializer<'l>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'l> Visitor<'l> for Object<'_, 'l> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'l>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(Key(key)) = map.next_key()? {
            if let Some(wanted) = self.wanted.iter().position(|name| same_name(name, &key)) {
                let value = map.next_value()?;
                if let Some(slot) = self.values.get_mut(wanted) {
                    *slot = value;
                }
            } else if self.logs.contains(&key.as_ref()) {
                map.next_value_seed(Object { values: self.values, wanted: self.wanted, logs: &[] })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// A key, borrowed when it has no escapes.
struct Key<'l>(Cow<'l, str>);

impl<'l> Deserialize<'l> for Key<'l> {
    fn deserialize<D: Deserializer<'l>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Text(text) => Ok(Self(text)),
            _ => Err(D::Error::custom("a key that is not text")),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str) -> Vec<Json<'_>> {
        JsonRow::parse(line, &["ts", "query", "TTLs"], &["dns"], Times::Auto).unwrap().values
    }

    #[test]
    fn plain_and_wrapped_objects() {
        let expected = [Json::Number(1.5), Json::Text("a\tb".into()), Json::List(vec![Json::Whole(3), Json::Null])];
        let object = r#"{"x":{"y":[1]},"ts":1.5,"query":"a\tb","TTLs":[3,null]}"#;
        assert_eq!(values(object), expected);
        assert_eq!(values(&format!(r#"{{"dns":{object}}}"#)), expected);
        assert_eq!(values(r#"{"TTLs":18446743758090351616}"#)[2], Json::Large(18_446_743_758_090_351_616));
    }

    #[test]
    fn other_lines_are_faults() {
        for line in ["", "[1]", "{", r#"{"ts":1} x"#, r#"{"ts":}"#, "text"] {
            assert!(JsonRow::parse(line, &["ts"], &["dns"], Times::Auto).is_err(), "{line}");
        }
    }
}
