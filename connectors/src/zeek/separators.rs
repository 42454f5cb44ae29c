//! Where the fields of a line end.

use memchr::{memchr, memmem};
use wide::u8x32;

/// Finds every place of a separator in a line.
pub(super) enum Separator {
    Byte(u8),
    Text(Box<memmem::Finder<'static>>, usize),
}

/// Bytes compared at a time.
const LANES: usize = 32;

impl Separator {
    /// `None` when the separator is empty.
    pub(super) fn new(separator: &str) -> Option<Self> {
        match separator.as_bytes() {
            [] => None,
            [byte] => Some(Self::Byte(*byte)),
            bytes => Some(Self::Text(Box::new(memmem::Finder::new(bytes).into_owned()), bytes.len())),
        }
    }

    pub(super) fn length(&self) -> usize {
        match self {
            Self::Byte(_) => 1,
            Self::Text(_, length) => *length,
        }
    }

    /// Replaces `places` by the offsets of all separators in `line`, which is shorter than 4 GiB. Gives whether the line
    /// has a backslash: most have none, and then no field of it needs to be searched for escapes.
    #[expect(clippy::cast_possible_truncation, reason = "lines are bounded by maxLineBytes")]
    pub(super) fn find(&self, line: &[u8], places: &mut Vec<u32>) -> bool {
        places.clear();
        match self {
            Self::Byte(byte) => find_byte(*byte, line, places),
            Self::Text(finder, _) => {
                places.extend(finder.find_iter(line).map(|place| place as u32));
                memchr(b'\\', line).is_some()
            }
        }
    }
}

/// Compares a run of bytes at a time: fields are so short that a search from each to the next would mostly be set-up.
fn find_byte(byte: u8, line: &[u8], places: &mut Vec<u32>) -> bool {
    let (wanted, backslash) = (u8x32::splat(byte), u8x32::splat(b'\\'));
    let mut backslashes = u8x32::splat(0);
    let mut compare = |chunk: [u8; LANES]| {
        let chunk = u8x32::new(chunk);
        backslashes |= chunk.simd_eq(backslash);
        chunk.simd_eq(wanted).to_bitmask()
    };
    let (chunks, tail) = line.as_chunks::<LANES>();
    let mut base = 0;
    for chunk in chunks {
        push_bits(compare(*chunk), base, places);
        base += LANES as u32;
    }
    if !tail.is_empty() {
        let missing = LANES - tail.len();
        let bits = match line.last_chunk::<LANES>() {
            // The last run goes back over bytes that were compared before.
            Some(last) => compare(*last) >> missing,
            None => {
                // The padding must look neither like a separator nor like a backslash.
                let mut last = [u8::from(byte == 0); LANES];
                last.iter_mut().zip(tail).for_each(|(slot, value)| *slot = *value);
                compare(last)
            }
        };
        push_bits(bits, base, places);
    }
    backslashes.to_bitmask() != 0
}

#[inline]
fn push_bits(mut bits: u32, base: u32, places: &mut Vec<u32>) {
    while bits != 0 {
        places.push(base + bits.trailing_zeros());
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_separator_is_found(line in "[ab\t|\\\\]{0,100}", separator in "\t|\\||ab") {
            let mut places = vec![7];
            let escaped = Separator::new(&separator).unwrap().find(line.as_bytes(), &mut places);
            prop_assert_eq!(escaped, line.contains('\\'));
            let expected = line.match_indices(&separator).map(|(place, _)| place as u32).collect::<Vec<_>>();
            prop_assert_eq!(places, expected);
        }
    }
}
