//! Zeek's escapes: `\\` is a backslash, `\xhh` a byte.

use std::borrow::Cow;

use memchr::memchr;

use crate::utf8::text_of;

/// The text with its escapes undone. Any other backslash stays. A byte that would not be UTF-8 stays `\xhh`.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'\\', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (plain, escaped) = text.split_at(first);
    let mut bytes = Vec::with_capacity(text.len());
    bytes.extend_from_slice(plain.as_bytes());
    let mut rest = escaped.as_bytes();
    while let [byte, after @ ..] = rest {
        let (meant, after) = match (byte, after) {
            (b'\\', [b'\\', after @ ..]) => (b'\\', after),
            (b'\\', [b'x', high, low, after_byte @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, after_byte),
                _ => (*byte, after),
            },
            _ => (*byte, after),
        };
        bytes.push(meant);
        rest = after;
    }
    Cow::Owned(text_of(&bytes).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes() {
        for (written, meant) in [
            ("plain", "plain"),
            (r"\x2d", "-"),
            (r"\x28empty)", "(empty)"),
            (r"a\\xffb", r"a\xffb"),
            (r"\xc3\xa9", "é"),
            (r"AB\xffCD", r"AB\xffCD"),
            (r"é\x09ü", "é\tü"),
            (r"\", r"\"),
            (r"\x", r"\x"),
            (r"\x2", r"\x2"),
            (r"\xzz\q", r"\xzz\q"),
        ] {
            assert_eq!(unescape(written), meant);
        }
    }

    proptest! {
        #[test]
        fn what_zeek_escapes_comes_back(text in "\\PC{0,20}") {
            let written = text.replace('\\', "\\\\").replace('\t', "\\x09");
            prop_assert_eq!(unescape(&written), text);
        }
    }
}
