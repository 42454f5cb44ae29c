//! Values on their way from a line into a column.

use std::borrow::Cow;

use netlytics_schema::Table;

use crate::bad::Fault;
use crate::list_sink::ListSink;

/// One scalar of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'l> {
    Null,
    Long(i64),
    Double(f64),
    Text(Cow<'l, str>),
}

impl<'l> Value<'l> {
    /// A text that needs no copy.
    #[must_use]
    pub fn text(text: &'l str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Appends the value to a key, so that two keys are equal only if all their values are.
    pub fn encode(&self, key: &mut Vec<u8>) {
        match self {
            Self::Null => key.push(0),
            Self::Long(value) => {
                key.push(1);
                key.extend_from_slice(&value.to_ne_bytes());
            }
            Self::Double(value) => {
                key.push(2);
                key.extend_from_slice(&value.to_bits().to_ne_bytes());
            }
            Self::Text(text) => {
                key.push(3);
                key.extend_from_slice(&text.len().to_ne_bytes());
                key.extend_from_slice(text.as_bytes());
            }
        }
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(value: Option<i64>) -> Self {
        value.map_or(Self::Null, Self::Long)
    }
}

impl From<Option<f64>> for Value<'_> {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Null, Self::Double)
    }
}

impl<'l> From<Option<Cow<'l, str>>> for Value<'l> {
    fn from(value: Option<Cow<'l, str>>) -> Self {
        value.map_or(Self::Null, Self::Text)
    }
}

impl<'l> From<Option<&'l str>> for Value<'l> {
    fn from(value: Option<&'l str>) -> Self {
        value.map_or(Self::Null, Self::text)
    }
}

/// One parsed line, seen as a row of table `T`. Columns are worked out when asked for, so what a query does not need is
/// never decoded.
pub trait Record<T: Table> {
    /// The value of a scalar column, `Null` for a list column.
    ///
    /// # Errors
    /// The field's text is not of the column's type.
    fn value(&self, column: T) -> Result<Value<'_>, Fault>;

    /// Writes the members of a list column, or leaves it null.
    ///
    /// # Errors
    /// A member's text is not of the column's type.
    fn list(&self, column: T, members: &mut ListSink<'_>) -> Result<(), Fault> {
        let _ = (column, members);
        Ok(())
    }
}
