//! Where the fields of a line end.

use memchr::memmem;
use wide::u8x16;

/// Finds every place of a separator in a line.
pub(super) enum Separator {
    Byte(u8),
    Text(Box<memmem::Finder<'static>>, usize),
}

/// Bytes compared at a time.
const LANES: usize = 16;

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

    /// Replaces `places` by the offsets of all separators in `line`, which is shorter than 4 GiB.
    #[expect(clippy::cast_possible_truncation, reason = "lines are bounded by maxLineBytes")]
    pub(super) fn find(&self, line: &[u8], places: &mut Vec<u32>) {
        places.clear();
        match self {
            Self::Byte(byte) => find_byte(*byte, line, places),
            Self::Text(finder, _) => places.extend(finder.find_iter(line).map(|place| place as u32)),
        }
    }
}

/// Compares sixteen bytes at a time: fields are so short that a search from each to the next would mostly be set-up.
fn find_byte(byte: u8, line: &[u8], places: &mut Vec<u32>) {
    let wanted = u8x16::splat(byte);
    let (chunks, tail) = line.as_chunks::<LANES>();
    let mut base = 0;
    for chunk in chunks {
        push_bits(u8x16::new(*chunk).simd_eq(wanted).to_bitmask(), base, places);
        base += LANES as u32;
    }
    // The padding must not look like a separator.
    let mut last = [byte.wrapping_add(1); LANES];
    for (slot, value) in last.iter_mut().zip(tail) {
        *slot = *value;
    }
    push_bits(u8x16::new(last).simd_eq(wanted).to_bitmask(), base, places);
}

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
        fn every_separator_is_found(line in "[ab\t|]{0,100}", separator in "\t|\\||ab") {
            let mut places = vec![7];
            Separator::new(&separator).unwrap().find(line.as_bytes(), &mut places);
            let expected = line.match_indices(&separator).map(|(place, _)| place as u32).collect::<Vec<_>>();
            prop_assert_eq!(places, expected);
        }
    }
}
