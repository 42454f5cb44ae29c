//! The part of a query's WHERE that is decided here, before a row is built.

mod condition;
mod members;

use std::cmp::Ordering;

use netlytics_schema::{Kind, Table};

use crate::bad::Fault;
use crate::error::Error;
pub use crate::filter::condition::{Condition, Literal};
pub use crate::filter::members::Members;
use crate::value::{Record, Value};

/// A condition over the columns of table `T`, with SQL's three truth values.
pub enum Filter<T> {
    And(Vec<Filter<T>>),
    Or(Vec<Filter<T>>),
    Not(Box<Filter<T>>),
    Test(T, Test),
}

/// A test of one value.
pub enum Test {
    Compare(fn(Ordering) -> bool, Literal),
    In(Members),
    NullSafeEqual(Literal),
    IsNull,
    IsNotNull,
    Text(fn(&str, &str) -> bool, String),
}

impl<T: Table> Filter<T> {
    /// Binds a condition to the table's columns.
    ///
    /// # Errors
    /// A column is unknown or not scalar, a literal is not of the column's type, or `not` has not one child.
    pub fn bind(condition: &Condition) -> Result<Self, Error> {
        Ok(match condition {
            Condition::And { children } | Condition::Or { children } if children.len() == 1 => Self::only(children)?,
            Condition::And { children } => Self::And(children.iter().map(Self::bind).collect::<Result<_, _>>()?),
            Condition::Or { children } => Self::any(children)?,
            Condition::Not { children } => Self::Not(Box::new(Self::only(children)?)),
            Condition::Equal { column, value } => Self::compare(column, Ordering::is_eq, value)?,
            Condition::Less { column, value } => Self::compare(column, Ordering::is_lt, value)?,
            Condition::LessOrEqual { column, value } => Self::compare(column, Ordering::is_le, value)?,
            Condition::Greater { column, value } => Self::compare(column, Ordering::is_gt, value)?,
            Condition::GreaterOrEqual { column, value } => Self::compare(column, Ordering::is_ge, value)?,
            Condition::NullSafeEqual { column, value } => {
                let (column, value) = Self::typed(column, value)?;
                Self::Test(column, Test::NullSafeEqual(value))
            }
            Condition::In { column, values } => Self::membership(column, values)?,
            Condition::IsNull { column } => Self::Test(Self::scalar(column)?.0, Test::IsNull),
            Condition::IsNotNull { column } => Self::Test(Self::scalar(column)?.0, Test::IsNotNull),
            Condition::StartsWith { column, value } => Self::text(column, |text, part| text.starts_with(part), value)?,
            Condition::EndsWith { column, value } => Self::text(column, |text, part| text.ends_with(part), value)?,
            Condition::Contains { column, value } => Self::text(column, |text, part| text.contains(part), value)?,
        })
    }

    fn only(children: &[Condition]) -> Result<Self, Error> {
        match children {
            [child] => Self::bind(child),
            _ => Err(Error::option("A filter's `not` takes one condition.")),
        }
    }

    /// At least one of the conditions. Equalities of one column that follow each other become one look-up, since long
    /// chains of them are what generated queries are made of.
    fn any(children: &[Condition]) -> Result<Self, Error> {
        let mut bound = Vec::new();
        let mut rest = children;
        while let [first, others @ ..] = rest {
            let run = first.equality().map_or(0, |(column, _)| {
                rest.iter().take_while(|child| child.equality().is_some_and(|(same, _)| same == column)).count()
            });
            match (first.equality(), rest.split_at_checked(run)) {
                (Some((column, _)), Some((equalities, after))) if run > 1 => {
                    let values = equalities.iter().filter_map(Condition::equality).flat_map(|(_, values)| values);
                    bound.push(Self::membership(column, values)?);
                    rest = after;
                }
                _ => {
                    bound.push(Self::bind(first)?);
                    rest = others;
                }
            }
        }
        Ok(Self::Or(bound))
    }

    fn membership<'c>(column: &str, values: impl IntoIterator<Item = &'c Literal>) -> Result<Self, Error> {
        let values = values.into_iter().map(|value| Ok(Self::typed(column, value)?.1));
        let members = values.collect::<Result<Members, Error>>()?;
        Ok(Self::Test(Self::scalar(column)?.0, Test::In(members)))
    }

    /// Whether the record is wanted: only when the condition is true, not when it is unknown.
    ///
    /// # Errors
    /// A field that the condition looks at cannot be read.
    pub fn accepts(&self, record: &impl Record<T>) -> Result<bool, Fault> {
        Ok(self.truth(record)? == Some(true))
    }

    fn truth(&self, record: &impl Record<T>) -> Result<Option<bool>, Fault> {
        match self {
            Self::And(children) => Self::fold(children, record, false),
            Self::Or(children) => Self::fold(children, record, true),
            Self::Not(child) => Ok(child.truth(record)?.map(|truth| !truth)),
            Self::Test(column, test) => Ok(test.truth(&record.value(*column)?)),
        }
    }

    /// The first child that is `deciding` decides; else one unknown child makes the whole unknown.
    fn fold(children: &[Self], record: &impl Record<T>, deciding: bool) -> Result<Option<bool>, Fault> {
        let mut truth = Some(!deciding);
        for child in children {
            match child.truth(record)? {
                Some(decided) if decided == deciding => return Ok(Some(deciding)),
                Some(_) => {}
                None => truth = None,
            }
        }
        Ok(truth)
    }

    fn compare(column: &str, holds: fn(Ordering) -> bool, value: &Literal) -> Result<Self, Error> {
        let (column, value) = Self::typed(column, value)?;
        Ok(Self::Test(column, Test::Compare(holds, value)))
    }

    fn text(column: &str, holds: fn(&str, &str) -> bool, part: &str) -> Result<Self, Error> {
        let (column, kind) = Self::scalar(column)?;
        if kind != Kind::Text {
            return Err(Error::option("A filter on parts of a text needs a text column."));
        }
        Ok(Self::Test(column, Test::Text(holds, part.to_owned())))
    }

    fn scalar(name: &str) -> Result<(T, Kind), Error> {
        let column =
            T::named(name).ok_or_else(|| Error::option(format!("The table {} has no column {name}.", T::NAME)))?;
        match column.definition().kind {
            Kind::Longs | Kind::Texts => Err(Error::option(format!("The list column {name} cannot be filtered here."))),
            kind => Ok((column, kind)),
        }
    }

    /// The column with the literal in the column's own type, so that comparing needs no conversion.
    fn typed(name: &str, value: &Literal) -> Result<(T, Literal), Error> {
        let (column, kind) = Self::scalar(name)?;
        let value = match (kind, value) {
            (Kind::Long, Literal::Long(_)) | (Kind::Double, Literal::Double(_)) | (Kind::Text, Literal::Text(_)) => {
                value.clone()
            }
            #[expect(clippy::cast_precision_loss, reason = "the column is a double: Spark compares in doubles too")]
            (Kind::Double, Literal::Long(value)) => Literal::Double(*value as f64),
            _ => return Err(Error::option(format!("The filter's value {value:?} is not of the type of {name}."))),
        };
        Ok((column, value))
    }
}

impl Test {
    fn truth(&self, value: &Value<'_>) -> Option<bool> {
        match self {
            Self::IsNull => Some(*value == Value::Null),
            Self::IsNotNull => Some(*value != Value::Null),
            Self::NullSafeEqual(literal) => Some(order(value, literal).is_some_and(Ordering::is_eq)),
            Self::Compare(holds, literal) => order(value, literal).map(holds),
            Self::In(members) => (*value != Value::Null).then(|| members.contains(value)),
            Self::Text(holds, part) => match value {
                Value::Text(text) => Some(holds(text, part)),
                _ => None,
            },
        }
    }
}

/// Order as Spark has it: texts by their bytes, NaN above all numbers and equal to itself, 0.0 equal to -0.0. `None` for
/// null.
fn order(value: &Value<'_>, literal: &Literal) -> Option<Ordering> {
    match (value, literal) {
        (Value::Long(value), Literal::Long(literal)) => Some(value.cmp(literal)),
        (Value::Double(value), Literal::Double(literal)) => {
            value.partial_cmp(literal).or_else(|| Some(value.is_nan().cmp(&literal.is_nan())))
        }
        (Value::Text(value), Literal::Text(literal)) => Some(value.as_bytes().cmp(literal.as_bytes())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use netlytics_schema::Dns;

    /// A row whose query is the text, whose client port is 53, and all else null.
    struct Row(&'static str);

    impl Record<Dns> for Row {
        fn value(&self, column: Dns) -> Result<Value<'_>, Fault> {
            Ok(match column {
                Dns::Query => Value::text(self.0),
                Dns::CPort => Value::Long(53),
                Dns::ReqTime => Value::Double(f64::NAN),
                Dns::RespCode => return Err(Fault::field("rcode", "a code", "?")),
                _ => Value::Null,
            })
        }
    }

    fn truth(json: &str) -> Option<bool> {
        let filter = Filter::<Dns>::bind(&serde_json::from_str(json).unwrap()).ok().unwrap();
        filter.truth(&Row("www.example.com")).unwrap()
    }

    #[test]
    fn comparisons() {
        assert_eq!(truth(r#"{"op":"=","column":"query","value":"www.example.com"}"#), Some(true));
        assert_eq!(truth(r#"{"op":">","column":"query","value":"www"}"#), Some(true));
        assert_eq!(truth(r#"{"op":"<=","column":"c_port","value":52}"#), Some(false));
        assert_eq!(truth(r#"{"op":">","column":"req_time","value":1e300}"#), Some(true));
        assert_eq!(truth(r#"{"op":"in","column":"c_port","values":[1,53]}"#), Some(true));
        assert_eq!(truth(r#"{"op":"endsWith","column":"query","value":".com"}"#), Some(true));
        assert_eq!(truth(r#"{"op":"contains","column":"query","value":"exam"}"#), Some(true));
        assert_eq!(truth(r#"{"op":"startsWith","column":"query","value":"ftp"}"#), Some(false));
    }

    #[test]
    fn null_is_unknown() {
        assert_eq!(truth(r#"{"op":"=","column":"s_ip","value":"1"}"#), None);
        assert_eq!(truth(r#"{"op":"not","children":[{"op":"=","column":"s_ip","value":"1"}]}"#), None);
        assert_eq!(truth(r#"{"op":"<=>","column":"s_ip","value":"1"}"#), Some(false));
        assert_eq!(truth(r#"{"op":"in","column":"s_port","values":[1]}"#), None);
        assert_eq!(truth(r#"{"op":"isNull","column":"s_ip"}"#), Some(true));
        assert_eq!(truth(r#"{"op":"isNotNull","column":"s_ip"}"#), Some(false));
    }

    #[test]
    fn and_or_have_three_values() {
        let (yes, no, unknown) = (
            r#"{"op":"isNull","column":"s_ip"}"#,
            r#"{"op":"isNotNull","column":"s_ip"}"#,
            r#"{"op":"=","column":"s_ip","value":"1"}"#,
        );
        let of = |op: &str, a: &str, b: &str| truth(&format!(r#"{{"op":"{op}","children":[{a},{b}]}}"#));
        assert_eq!(of("and", unknown, no), Some(false));
        assert_eq!(of("and", unknown, yes), None);
        assert_eq!(of("or", unknown, yes), Some(true));
        assert_eq!(of("or", unknown, no), None);
    }

    /// A row with the same value in every column.
    struct Same(Value<'static>);

    impl Record<Dns> for Same {
        fn value(&self, _: Dns) -> Result<Value<'_>, Fault> {
            Ok(self.0.clone())
        }
    }

    /// What each operator says of a value and a literal that comes as JSON.
    fn operators(column: &str, value: Value<'static>, literal: &str) -> Vec<(&'static str, Option<bool>)> {
        let row = Same(value);
        let operators = ["=", "<=>", "<", "<=", ">", ">=", "in", "or"];
        let truths = operators.map(|op| {
            let equal = format!(r#"{{"op":"=","column":"{column}","value":{literal}}}"#);
            let json = match op {
                "in" => format!(r#"{{"op":"in","column":"{column}","values":[{literal}]}}"#),
                "or" => format!(r#"{{"op":"or","children":[{equal},{equal}]}}"#),
                op => equal.replacen('=', op, 1),
            };
            let condition = serde_json::from_str(&json).unwrap();
            (op, Filter::<Dns>::bind(&condition).ok().unwrap().truth(&row).unwrap())
        });
        truths.to_vec()
    }

    fn expected<V: PartialOrd>(value: &V, literal: &V) -> Vec<(&'static str, Option<bool>)> {
        let equal = value == literal;
        let truths = [equal, equal, value < literal, value <= literal, value > literal, value >= literal, equal, equal];
        let operators = ["=", "<=>", "<", "<=", ">", ">=", "in", "or"];
        operators.into_iter().zip(truths.map(Some)).collect()
    }

    proptest::proptest! {
        #[test]
        fn a_double_stays_itself_on_its_way(value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            for literal in [value, value.next_up(), value.next_down()].into_iter().filter(|literal| literal.is_finite()) {
                let json = serde_json::to_string(&literal).unwrap();
                assert_eq!(operators("req_time", Value::Double(value), &json), expected(&value, &literal), "{json}");
            }
        }

        #[test]
        fn a_time_stays_itself_on_its_way(micros in 0_i64..4_000_000_000_000_000) {
            #[expect(clippy::cast_precision_loss, reason = "times of logs are such doubles")]
            let value = micros as f64 / 1e6;
            for literal in [value, value.next_up(), value.next_down()] {
                let json = format!("{literal:?}");
                assert_eq!(operators("req_time", Value::Double(value), &json), expected(&value, &literal), "{json}");
            }
        }

        #[test]
        fn a_long_stays_itself_on_its_way(value in proptest::num::i64::ANY) {
            for literal in [value, value.saturating_add(1), value.saturating_sub(1)] {
                let found = operators("c_port", Value::Long(value), &literal.to_string());
                assert_eq!(found, expected(&value, &literal), "{literal}");
            }
        }
    }

    #[test]
    fn equalities_in_a_row_are_one_look_up() {
        let equal = |column: &str, value: &str| format!(r#"{{"op":"=","column":"{column}","value":{value}}}"#);
        let any = |children: &[String]| format!(r#"{{"op":"or","children":[{}]}}"#, children.join(","));
        let bound = |json: &str| Filter::<Dns>::bind(&serde_json::from_str(json).unwrap()).ok().unwrap();
        let alone = |child: String| format!(r#"{{"op":"and","children":[{child}]}}"#);
        let json = any(&[
            equal("c_port", "1"),
            alone(equal("c_port", "2")),
            r#"{"op":"in","column":"c_port","values":[3,4]}"#.to_owned(),
            equal("s_port", "5"),
            equal("c_port", "6"),
        ]);
        let Filter::Or(children) = bound(&json) else { panic!("{json}") };
        assert_eq!(children.len(), 3);
        for (value, truth) in [(1, true), (2, true), (3, true), (4, true), (5, true), (6, true), (7, false)] {
            assert_eq!(bound(&json).truth(&Same(Value::Long(value))).unwrap(), Some(truth), "{value}");
        }
        assert_eq!(bound(&json).truth(&Same(Value::Null)).unwrap(), None);
        let chain = any(&(0..10_000).map(|value| equal("c_port", &value.to_string())).collect::<Vec<_>>());
        assert_eq!(bound(&chain).truth(&Same(Value::Long(9_999))).unwrap(), Some(true));
    }

    #[test]
    fn faults_and_wrong_types_are_errors() {
        let filter = Filter::<Dns>::bind(&Condition::IsNull { column: "resp_code".to_owned() }).ok().unwrap();
        assert!(filter.accepts(&Row("")).is_err());
        for json in [
            r#"{"op":"=","column":"c_port","value":"x"}"#,
            r#"{"op":"isNull","column":"answers"}"#,
            r#"{"op":"isNull","column":"nothing"}"#,
            r#"{"op":"contains","column":"c_port","value":"5"}"#,
        ] {
            assert!(Filter::<Dns>::bind(&serde_json::from_str(json).unwrap()).is_err(), "{json}");
        }
    }
}
