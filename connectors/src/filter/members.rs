//! The values of an IN list.

use hashbrown::HashSet;

use crate::filter::condition::Literal;
use crate::value::Value;

/// Literals by type. Those of another type than the column's are never asked for.
#[derive(Debug, Default)]
pub struct Members {
    longs: HashSet<i64>,
    /// As [`bits`].
    doubles: HashSet<u64>,
    texts: HashSet<String>,
}

impl Members {
    /// Whether the value is one of them; null is not.
    #[must_use]
    pub fn contains(&self, value: &Value<'_>) -> bool {
        match value {
            Value::Null => false,
            Value::Long(value) => self.longs.contains(value),
            Value::Double(value) => self.doubles.contains(&bits(*value)),
            Value::Text(text) => self.texts.contains(text.as_ref()),
        }
    }
}

impl FromIterator<Literal> for Members {
    fn from_iter<I: IntoIterator<Item = Literal>>(literals: I) -> Self {
        let mut members = Self::default();
        for literal in literals {
            match literal {
                Literal::Long(value) => members.longs.insert(value),
                Literal::Double(value) => members.doubles.insert(bits(value)),
                Literal::Text(text) => members.texts.insert(text),
            };
        }
        members
    }
}

/// Bits that are the same for doubles which are equal to Spark: every NaN is, and so are 0.0 and -0.0.
fn bits(value: f64) -> u64 {
    if value.is_nan() {
        f64::NAN.to_bits()
    } else if value == 0.0 {
        0.0_f64.to_bits()
    } else {
        value.to_bits()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_equal_as_in_spark() {
        let members = [1.5, 0.0, f64::NAN].map(Literal::Double).into_iter().collect::<Members>();
        for value in [1.5, 0.0, -0.0, f64::NAN, -f64::NAN] {
            assert!(members.contains(&Value::Double(value)), "{value}");
        }
        for value in [1.5_f64.next_up(), f64::MIN_POSITIVE, f64::INFINITY] {
            assert!(!members.contains(&Value::Double(value)), "{value}");
        }
        let negative = [Literal::Double(-0.0)].into_iter().collect::<Members>();
        assert!(negative.contains(&Value::Double(0.0)));
    }

    #[test]
    fn types_do_not_mix() {
        let members = [Literal::Long(53), Literal::Text("80".to_owned())].into_iter().collect::<Members>();
        assert!(members.contains(&Value::Long(53)));
        assert!(members.contains(&Value::text("80")));
        assert!(!members.contains(&Value::text("53")));
        assert!(!members.contains(&Value::Long(80)));
        assert!(!members.contains(&Value::Double(53.0)));
        assert!(!members.contains(&Value::Null));
    }
}
