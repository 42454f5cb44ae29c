//! One line of a JSON log: one object, flat, with records inside (`{"id": {"orig_h": …}}`), or wrapped once as
//! `{"dns": {…}}`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::field::Field;
use super::json::Json;
use super::logs::KnownLog;
use super::same_name::{is_inside, same_name, same_scoped_name};
use super::times::Times;
use crate::bad::Fault;

/// What is looked for in a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) fields: &'static [&'static str],
    /// Logs whose name may be the key of a wrapped record.
    pub(super) logs: &'static [&'static KnownLog],
}

/// Keys under which programs that put all logs into one stream name the log of a record.
const LOG_KEYS: [&str; 4] = ["_path", "_stream", "@path", "@stream"];

/// The values of the fields wanted.
pub(crate) struct JsonRow<'l> {
    values: Vec<Json<'l>>,
    times: Times,
    /// The name of its log, where the record says it.
    pub(super) path: Option<Cow<'l, str>>,
    /// Which of the logs wanted the record is wrapped as.
    pub(super) wrapped_as: Option<usize>,
}

impl<'l> JsonRow<'l> {
    /// Parses a line. `scope` is room for the names of records inside records.
    ///
    /// # Errors
    /// The line is not one JSON object.
    pub(super) fn parse(line: &'l str, wanted: &Wanted, times: Times, scope: &mut String) -> Result<Self, Fault> {
        let values = vec![Json::Null; wanted.fields.len()];
        let mut row = Self { values, times, path: None, wrapped_as: None };
        scope.clear();
        let mut json = serde_json::Deserializer::from_str(line);
        Object { row: &mut row, wanted, scope, outermost: true }
            .deserialize(&mut json)
            .and_then(|()| json.end())
            .map_err(|error| no_object(&error))?;
        Ok(row)
    }

    /// The field at this place among those wanted.
    pub(super) fn field(&self, wanted: usize) -> Field<'_> {
        self.values.get(wanted).map_or(Field::Missing, |value| Field::of_json(value, self.times))
    }

    /// Places of the fields that are there.
    pub(super) fn there(&self) -> impl Iterator<Item = usize> {
        self.values.iter().zip(0..).filter(|(value, _)| **value != Json::Null).map(|(_, place)| place)
    }
}

/// The keys of an object, each with whether its value is an object.
///
/// # Errors
/// The line is not one JSON object.
pub(super) fn keys(line: &str) -> Result<Vec<(Cow<'_, str>, bool)>, Fault> {
    struct Keys;
    impl<'l> Visitor<'l> for Keys {
        type Value = Vec<(Cow<'l, str>, bool)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON object")
        }

        fn visit_map<M: MapAccess<'l>>(self, mut map: M) -> Result<Self::Value, M::Error> {
            let mut keys = Vec::new();
            while let Some(Key(key)) = map.next_key()? {
                keys.push((key, map.next_value::<Json<'l>>()? == Json::Object));
            }
            Ok(keys)
        }
    }
    serde_json::Deserializer::from_str(line).deserialize_map(Keys).map_err(|error| no_object(&error))
}

fn no_object(error: &serde_json::Error) -> Fault {
    Fault::line("one JSON object a line", error.to_string())
}

/// Takes the fields wanted out of an object.
struct Object<'a, 'l> {
    row: &'a mut JsonRow<'l>,
    wanted: &'a Wanted,
    /// Keys of the objects around this one, each with a point behind it; but not that of a wrapper.
    scope: &'a mut String,
    /// Whether nothing is around this one.
    outermost: bool,
}

impl<'l> DeserializeSeed<'l> for Object<'_, 'l> {
    type Value = ();

    fn deserialize<D: Deserializer<'l>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'l> Object<'_, 'l> {
    /// The place of the field called `key` in this object.
    fn place(&self, key: &str) -> Option<usize> {
        let fields = self.wanted.fields;
        if self.scope.is_empty() {
            let exact = fields.iter().position(|field| *field == key);
            exact.or_else(|| fields.iter().position(|field| same_name(field, key)))
        } else {
            fields.iter().position(|field| same_scoped_name(field, self.scope, key))
        }
    }

    fn take<M: MapAccess<'l>>(&mut self, key: &str, map: &mut M) -> Result<(), M::Error> {
        if let Some(place) = self.place(key) {
            let value = map.next_value()?;
            if let Some(slot) = self.row.values.get_mut(place) {
                *slot = value;
            }
            return Ok(());
        }
        if self.outermost {
            if LOG_KEYS.contains(&key) {
                if let Json::Text(path) = map.next_value()? {
                    self.row.path = Some(path);
                }
                return Ok(());
            }
            if let Some(log) = self.wanted.logs.iter().position(|log| log.name == key) {
                self.row.wrapped_as = Some(log);
                return map.next_value_seed(Inside(Object {
                    row: self.row,
                    wanted: self.wanted,
                    scope: self.scope,
                    outermost: false,
                }));
            }
        }
        if !self.wanted.fields.iter().any(|field| is_inside(field, self.scope, key)) {
            return map.next_value::<IgnoredAny>().map(drop);
        }
        let length = self.scope.len();
        self.scope.push_str(key);
        self.scope.push('.');
        let object = Object { row: self.row, wanted: self.wanted, scope: self.scope, outermost: false };
        let taken = map.next_value_seed(Inside(object));
        self.scope.truncate(length);
        taken
    }
}

impl<'l> Visitor<'l> for Object<'_, 'l> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<M: MapAccess<'l>>(mut self, mut map: M) -> Result<(), M::Error> {
        while let Some(Key(key)) = map.next_key()? {
            self.take(&key, &mut map)?;
        }
        Ok(())
    }
}

/// Takes the fields wanted out of a value, if that is an object.
struct Inside<'a, 'l>(Object<'a, 'l>);

impl<'l> DeserializeSeed<'l> for Inside<'_, 'l> {
    type Value = ();

    fn deserialize<D: Deserializer<'l>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'l> Visitor<'l> for Inside<'_, 'l> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'l>>(self, mut seq: S) -> Result<(), S::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<M: MapAccess<'l>>(self, map: M) -> Result<(), M::Error> {
        self.0.visit_map(map)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zeek::logs;

    static WANTED: Wanted = Wanted { fields: &["ts", "query", "TTLs", "id.orig_h", "id.orig_p"], logs: &[&logs::DNS] };

    fn parse(line: &str) -> Result<JsonRow<'_>, Fault> {
        JsonRow::parse(line, &WANTED, Times::Auto, &mut String::new())
    }

    fn values(line: &str) -> Vec<Json<'_>> {
        parse(line).unwrap().values
    }

    #[test]
    fn plain_and_wrapped_objects() {
        let expected = [
            Json::Number(1.5),
            Json::Text("a\tb".into()),
            Json::List(vec![Json::Whole(3), Json::Null]),
            Json::Null,
            Json::Null,
        ];
        let object = r#"{"x":{"y":[1]},"ts":1.5,"query":"a\tb","TTLs":[3,null]}"#;
        assert_eq!(values(object), expected);
        let wrapped = format!(r#"{{"dns":{object}}}"#);
        assert_eq!(values(&wrapped), expected);
        assert_eq!(parse(&wrapped).unwrap().wrapped_as, Some(0));
        assert_eq!(values(r#"{"TTLs":18446743758090351616}"#)[2], Json::Large(18_446_743_758_090_351_616));
    }

    #[test]
    fn records_inside_records_are_flattened() {
        for line in [
            r#"{"ts":1,"id":{"orig_h":"192.0.2.1","orig_p":53,"x":{"orig_h":"no"}}}"#,
            r#"{"id":{"orig":{"h":"192.0.2.1","p":53}},"ts":1}"#,
            r#"{"dns":{"ts":1,"id":{"orig_p":53,"orig_h":"192.0.2.1"}}}"#,
            r#"{"ts":1,"\u0069d":{"orig_p":53,"orig_h":"192.0.2.1"}}"#,
            r#"{"ts":1,"id$orig_h":"192.0.2.1","id_orig_p":53,"id":"F1"}"#,
        ] {
            let row = values(line);
            assert_eq!((&row[0], &row[3]), (&Json::Whole(1), &Json::Text("192.0.2.1".into())), "{line}");
            assert_eq!(row[4], Json::Whole(53), "{line}");
        }
        for none in [r#"{"id":null}"#, r#"{"id":[{"orig_h":"a"}]}"#, r#"{"id":1.5}"#, r#"{"x":{"orig_h":"a"}}"#] {
            assert!(parse(none).unwrap().there().next().is_none(), "{none}");
        }
    }

    #[test]
    fn a_record_may_name_its_log() {
        for key in LOG_KEYS {
            let line = format!(r#"{{"{key}":"conn","path":"x","ts":1}}"#);
            assert_eq!(parse(&line).unwrap().path.as_deref(), Some("conn"), "{key}");
        }
        assert_eq!(parse(r#"{"_path":7,"id":{"_path":"x"}}"#).unwrap().path, None);
    }

    #[test]
    fn other_lines_are_faults() {
        for line in ["", "[1]", "{", r#"{"ts":1} x"#, r#"{"ts":}"#, "text", r#"{"id":{"orig_h":}}"#] {
            assert!(parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn keys_of_a_line() {
        let keys = keys(r#"{"ts":1,"conn":{"a":[1]},"l":[{}]}"#).unwrap();
        let keys = keys.iter().map(|(key, object)| (key.as_ref(), *object)).collect::<Vec<_>>();
        assert_eq!(keys, [("ts", false), ("conn", true), ("l", false)]);
    }
}
