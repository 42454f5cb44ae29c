//! Conditions as whoever asks writes them.

use serde::Deserialize;

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

impl Condition {
    /// The column and the values of which it has to be one; `None` for any other condition.
    pub(super) fn equality(&self) -> Option<(&str, &[Literal])> {
        match self {
            Self::And { children } | Self::Or { children } => match children.as_slice() {
                [child] => child.equality(),
                _ => None,
            },
            Self::Equal { column, value } => Some((column, std::slice::from_ref(value))),
            Self::In { column, values } => Some((column, values)),
            _ => None,
        }
    }
}
