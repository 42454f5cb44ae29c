//! A sum of bounded doubles: an integer.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

/// A sum in units of a [`Grid`](crate::Grid). Of 2^37 numbers at most: then it cannot overflow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Words", into = "Words")]
pub struct Total(pub(crate) i128);

/// The integer as messages hold it: its upper and its lower 64 bits.
#[derive(Serialize, Deserialize)]
struct Words {
    high: i64,
    low: u64,
}

impl AddAssign for Total {
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.wrapping_add(other.0);
    }
}

impl From<Words> for Total {
    fn from(words: Words) -> Self {
        Self(i128::from(words.high) << 64 | i128::from(words.low))
    }
}

impl From<Total> for Words {
    fn from(total: Total) -> Self {
        Self { high: (total.0 >> 64) as i64, low: total.0 as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_number() {
        for number in [0, 1, -1, i128::MAX, i128::MIN, 1 << 64, -(1 << 64), u64::MAX.into()] {
            assert_eq!(Total::from(Words::from(Total(number))), Total(number));
        }
    }
}
