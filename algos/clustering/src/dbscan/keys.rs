//! Keys of points in messages and tables, which know no number of 128 bits.

use serde::{Deserialize, Serialize};

/// Keys, each cut into its upper and its lower 64 bits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    pub high: Vec<i64>,
    pub low: Vec<i64>,
}

/// The halves of a key, as the integers with the same bits.
#[must_use]
pub fn halves(key: u128) -> (i64, i64) {
    (((key >> 64) as u64).cast_signed(), (key as u64).cast_signed())
}

/// The key of two halves.
#[must_use]
pub fn whole(high: i64, low: i64) -> u128 {
    (u128::from(high.cast_unsigned()) << 64) | u128::from(low.cast_unsigned())
}

impl Keys {
    /// All keys in order.
    pub fn iter(&self) -> impl Iterator<Item = u128> + '_ {
        self.high.iter().zip(&self.low).map(|(&high, &low)| whole(high, low))
    }
}

impl FromIterator<u128> for Keys {
    fn from_iter<I: IntoIterator<Item = u128>>(keys: I) -> Self {
        let (high, low) = keys.into_iter().map(halves).unzip();
        Self { high, low }
    }
}
