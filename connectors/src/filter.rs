//! The part of a query's WHERE that is decided here, before a row is built.

use std::cmp::Ordering;

use netlytics_schema::{Kind, Table};
use serde::Deserialize;

use crate::bad::Fault;
use crate::error::Error;
use crate::value::{Record, Value};

/// A literal of a condition.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    Long(i64),
    Double(f64),
    Text(String),
}

/// A condition as the glue writes it: columns by name.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "op")]
pub enum Condition {
    #[serde(rename = "and")]
    And { children: Vec<Condition> },
    #[serde(rename = "or")]
    Or { children: Vec<Condition> },
    #[serde(rename = "not")]
    Not { children: Vec<Condition> },
    #[serde(rename = "=")]
    Equal { column: String, value: Literal },
    #[serde(rename = "<=>")]
    NullSafeEqual { column: String, value: Literal },
    #[serde(rename = "<")]
    Less { column: String, value: Literal },
    #[serde(rename = "<=")]
    LessOrEqual { column: String, value: Literal },
    #[serde(rename = ">")]
    Greater { column: String, value: Literal },
    #[serde(rename = ">=")]
    GreaterOrEqual { column: String, value: Literal },
    #[serde(rename = "in")]
    In { column: String, values: Vec<Literal> },
    #[serde(rename = "isNull")]
    IsNull { column: String },
    #[serde(rename = "isNotNull")]
    IsNotNull { column: String },
    #[serde(rename = "startsWith")]
    StartsWith { column: String, value: String },
    #[serde(rename = "endsWith")]
    EndsWith { column: String, value: String },
    #[serde(rename = "contains")]
    Contains { column: String, value: String },
}

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
    In(Vec<Literal>),
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
        let all = |children: &[Condition]| children.iter().map(Self::bind).collect::<Result<Vec<_>, _>>();
        Ok(match condition {
            Condition::And { children } => Self::And(all(children)?),
            Condition::Or { children } => Self::Or(all(children)?),
            Condition::Not { children } => match children.as_slice() {
                [child] => Self::Not(Box::new(Self::bind(child)?)),
                _ => return Err(Error::option("A filter's `not` takes one condition.")),
            },
            Condition::Equal { column, value } => Self::compare(column, Ordering::is_eq, value)?,
            Condition::Less { column, value } => Self::compare(column, Ordering::is_lt, value)?,
            Condition::LessOrEqual { column, value } => Self::compare(column, Ordering::is_le, value)?,
            Condition::Greater { column, value } => Self::compare(column, Ordering::is_gt, value)?,
            Condition::GreaterOrEqual { column, value } => Self::compare(column, Ordering::is_ge, value)?,
            Condition::NullSafeEqual { column, value } => {
                let (column, value) = Self::typed(column, value)?;
                Self::Test(column, Test::NullSafeEqual(value))
            }
            Condition::In { column, values } => {
                let literals =
                    values.iter().map(|value| Ok(Self::typed(column, value)?.1)).collect::<Result<_, Error>>()?;
                Self::Test(Self::scalar(column)?.0, Test::In(literals))
            }
            Condition::IsNull { column } => Self::Test(Self::scalar(column)?.0, Test::IsNull),
            Condition::IsNotNull { column } => Self::Test(Self::scalar(column)?.0, Test::IsNotNull),
            Condition::StartsWith { column, value } => Self::text(column, |text, part| text.starts_with(part), value)?,
            Condition::EndsWith { column, value } => Self::text(column, |text, part| text.ends_with(part), value)?,
            Condition::Contains { column, value } => Self::text(column, |text, part| text.contains(part), value)?,
        })
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
            Self::In(literals) => {
                if *value == Value::Null {
                    return None;
                }
                Some(literals.iter().any(|literal| order(value, literal).is_some_and(Ordering::is_eq)))
            }
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
