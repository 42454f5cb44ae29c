//! Whole numbers in decimal digits.

/// Digits that always fit an `i64`.
const SAFE_DIGITS: usize = 18;

/// A whole number in decimal digits, possibly negative; `None` when it is none or does not fit.
#[inline]
pub(super) fn whole(text: &str) -> Option<i64> {
    match text.as_bytes() {
        [b'-', digits @ ..] => of_digits(digits).map(|value| -value),
        digits => of_digits(digits),
    }
}

/// The number that these digits write; `None` when other bytes are among them, when there are none, or when the number
/// does not fit.
#[inline]
pub(super) fn of_digits(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    let mut wrong = false;
    if digits.len() <= SAFE_DIGITS {
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            wrong |= digit > 9;
            // Digits fit; other bytes may not, and are refused below.
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
        }
    } else {
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            wrong |= digit > 9;
            value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
        }
    }
    (!wrong).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_as_the_standard_library_does_or_refused(text in "[0-9~\u{ff}]{0,25}") {
            prop_assert_eq!(whole(&text), text.parse::<i64>().ok());
        }
    }
}
