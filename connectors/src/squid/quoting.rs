//! The ways Squid protects the text of a field, undone.
//!
//! Source: `src/format/Quoting.cc` (`QuoteMimeBlob`), `log_quoted_string()` and `rfc1738_do_escape()` of Squid 5.7.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use crate::utf8::text_of;

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// As it is.
    Raw,
    /// `\"`, `\\`, `\r`, `\n`, `\t`.
    Quotes,
    /// `%hh` for brackets, percent signs and what is not printable ASCII, `\r`, `\n`, `\\`.
    Mime,
    /// `%hh`, percent signs too.
    Url,
}

impl Quoting {
    /// The text as it was before it was written. An escape that Squid does not write stays as it is.
    pub(super) fn undo(self, text: &str) -> Cow<'_, str> {
        let found = match self {
            Self::Raw => None,
            Self::Quotes => memchr(b'\\', text.as_bytes()),
            Self::Mime => memchr2(b'\\', b'%', text.as_bytes()),
            Self::Url => memchr(b'%', text.as_bytes()),
        };
        if found.is_none() { Cow::Borrowed(text) } else { self.undo_each(text) }
    }

    fn undo_each(self, text: &str) -> Cow<'_, str> {
        let mut plain = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let Some((&byte, after)) = rest.split_first() {
            let escape = match byte {
                b'\\' if self != Self::Url => backslash(after).map(|byte| (byte, 1)),
                b'%' if self != Self::Quotes => hexadecimal(after).map(|byte| (byte, 2)),
                _ => None,
            };
            let (byte, used) = escape.unwrap_or((byte, 0));
            plain.push(byte);
            rest = after.get(used..).unwrap_or_default();
        }
        Cow::Owned(text_of(&plain).into_owned())
    }
}

fn backslash(after: &[u8]) -> Option<u8> {
    match after.first()? {
        b'r' => Some(b'\r'),
        b'n' => Some(b'\n'),
        b't' => Some(b'\t'),
        b'"' => Some(b'"'),
        b'\\' => Some(b'\\'),
        _ => None,
    }
}

/// The byte of two hexadecimal digits.
pub(super) fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let [high, low, ..] = digits else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_way() {
        assert_eq!(Quoting::Quotes.undo(r#"a \"b\" \\ c\r\n%20\x41"#), "a \"b\" \\ c\r\n%20\\x41");
        assert_eq!(Quoting::Mime.undo(r"[a%5bb%5D c%25 %zz \\ \r\n"), "[a[b] c% %zz \\ \r\n");
        assert_eq!(Quoting::Url.undo(r"a%20b%C3%BC\n%"), "a bü\\n%");
        assert_eq!(Quoting::Raw.undo(r"a%20\n"), r"a%20\n");
        assert_eq!(Quoting::Url.undo("%e4"), "\\xe4");
    }

    /// `QuoteMimeBlob` of Squid.
    fn mime(text: &str) -> String {
        let mut out = String::new();
        for byte in text.bytes() {
            match byte {
                b'\r' => out.push_str("\\r"),
                b'\n' => out.push_str("\\n"),
                b'\\' => out.push_str("\\\\"),
                b'%' | b'[' | b']' | ..=0x1f | 0x7f.. => out.push_str(&format!("%{byte:02x}")),
                _ => out.push(char::from(byte)),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn what_squid_writes_comes_back(text in any::<String>()) {
            let blob = mime(&text);
            prop_assert_eq!(Quoting::Mime.undo(&blob), text.as_str());
            let quoted = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "\\r").replace('\n', "\\n");
            prop_assert_eq!(Quoting::Quotes.undo(&quoted), text.as_str());
        }
    }
}
