//! The flags of a query: `+SE(0)TDCK`.

use crate::bad::Fault;

/// Bits of `flags_req` and `flags_resp`.
pub(super) const CD: i64 = 0x01;
pub(super) const RD: i64 = 0x08;

/// The bits that are set: RD for `+`, CD for `C`. What else there is (S signed, E EDNS, T TCP, D DNSSEC OK, V and K
/// cookies) is no bit of a query's header.
///
/// # Errors
/// The text is something else.
#[inline]
pub(super) fn bits(text: &str) -> Result<i64, Fault> {
    bits_of(text.as_bytes()).ok_or_else(|| fault(text))
}

#[cold]
fn fault(text: &str) -> Fault {
    Fault::field("flags", "+ or -, then any of S, E, E(version), T, D, C, V, K", text)
}

#[inline]
fn bits_of(text: &[u8]) -> Option<i64> {
    let (mut bits, mut rest) = match text {
        [b'+', rest @ ..] => (RD, rest),
        [b'-', rest @ ..] => (0, rest),
        _ => return None,
    };
    while let [letter, after @ ..] = rest {
        rest = after;
        match letter {
            b'C' => bits |= CD,
            b'E' => {
                if let [b'(', version @ ..] = rest {
                    let digits = version.iter().take_while(|byte| byte.is_ascii_digit()).count();
                    let [b')', after @ ..] = version.get(digits..)? else { return None };
                    rest = after;
                    if digits == 0 {
                        return None;
                    }
                }
            }
            b'S' | b'T' | b'D' | b'V' | b'K' => {}
            _ => return None,
        }
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_of_every_release() {
        for (text, expected) in
            [("+", RD), ("-", 0), ("+ED", RD), ("-EDC", CD), ("+SE(0)TDCV", RD | CD), ("-E(255)K", 0), ("+TC", RD | CD)]
        {
            assert_eq!(bits(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn other_text() {
        for text in ["", "IN", "+X", "+E(", "+E()", "+E(0", "+E(x)", "++", "+é"] {
            assert_eq!(bits(text).unwrap_err().column.as_deref(), Some("flags"), "{text}");
        }
    }
}
