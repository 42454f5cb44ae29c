//! Names of rows by their content.

use xxhash_rust::xxh3::{Xxh3, xxh3_128_with_seed};

use crate::rows::Row;

/// Rows whose numbers beyond the first so many are all zero are hashed as they lie.
const NARROW: usize = 32;

impl Row<'_> {
    /// Names the row by its content: rows of equal numbers have equal keys, dense or sparse, and other rows other keys
    /// (XXH3 of 128 bits: two rows of a billion share one with a chance of 1e-21).
    #[must_use]
    pub fn key(&self, seed: u64) -> u128 {
        self.narrow_key(seed).unwrap_or_else(|| self.wide_key(seed))
    }

    fn wide_key(&self, seed: u64) -> u128 {
        // Most rows fit in one piece, which is several times faster than hashing by parts, and gives the same.
        let mut long: Option<Xxh3> = None;
        let mut bytes = [0; 512];
        let mut filled = 0;
        for (place, value) in self.non_zero() {
            if filled == bytes.len() {
                long.get_or_insert_with(|| Xxh3::with_seed(seed)).update(&bytes);
                filled = 0;
            }
            if let Some(slot) = bytes.get_mut(filled..filled + 16) {
                let (place, number) = ((place as u64).to_le_bytes(), value.to_le_bytes());
                slot.iter_mut().zip(place.into_iter().chain(number)).for_each(|(slot, byte)| *slot = byte);
            }
            filled += 16;
        }
        let rest = bytes.get(..filled).unwrap_or_default();
        match long {
            None => xxh3_128_with_seed(rest, seed),
            Some(mut hash) => {
                hash.update(rest);
                hash.digest128()
            }
        }
    }

    /// The key of a row whose numbers beyond the first few are zero.
    fn narrow_key(&self, seed: u64) -> Option<u128> {
        match *self {
            Self::Dense(values) => key_to_last(values, seed),
            Self::Sparse { places, values } => {
                // Zeros may be stored.
                let (last, _) = places.iter().zip(values).rfind(|(_, value)| **value != 0.0).unwrap_or((&0, &0.0));
                if usize::try_from(*last).is_ok_and(|last| last >= NARROW) {
                    return None;
                }
                let mut written = [0.0; NARROW];
                self.write_to(&mut written);
                key_to_last(&written, seed)
            }
        }
    }
}

/// The key of all numbers to the last that is not zero, if those are few.
fn key_to_last(values: &[f64], seed: u64) -> Option<u128> {
    let length = values.iter().rposition(|&value| value != 0.0).map_or(0, |last| last + 1);
    let mut bytes = [[0; 8]; NARROW];
    let used = bytes.get_mut(..length)?;
    for (bytes, value) in used.iter_mut().zip(values) {
        // Adding zero makes −0 the other zero.
        *bytes = (value + 0.0).to_le_bytes();
    }
    // Another seed than that of wider rows, whose bytes mean something else.
    Some(xxh3_128_with_seed(used.as_flattened(), !seed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_rows_of_all_widths() {
        let mut keys = std::collections::HashSet::new();
        for width in 3..100 {
            let mut dense = vec![-0.0; width];
            dense[0] = 1.0;
            dense[width - 1] = 2.0;
            let last = width as i32 - 1;
            let key = Row::Dense(&dense).key(3);
            assert_eq!(Row::Sparse { places: &[0, last], values: &[1.0, 2.0] }.key(3), key);
            // A stored zero is none.
            assert_eq!(Row::Sparse { places: &[0, last, last + 50], values: &[1.0, 2.0, -0.0] }.key(3), key);
            keys.insert(key);
        }
        assert_eq!(keys.len(), 97);
    }

    #[test]
    fn long_rows_have_keys_of_all_their_numbers() {
        let mut row = vec![1.0; 1000];
        let before = Row::Dense(&row).key(0);
        row[999] = 2.0;
        assert_ne!(Row::Dense(&row).key(0), before);
    }
}
