//! Domain names out of master-file form (RFC 1035, 5.1), as BIND's `dns_name_totext()` writes them.

use std::borrow::Cow;

use memchr::memchr;

use crate::bad::Fault;
use crate::utf8::text_of;

/// The name as text: `\(` is `(`, `\032` a space, `\195\188` is `ü`.
///
/// Three things stay escaped, so that the labels of a name can still be told: a dot inside a label (`\.`), a backslash
/// (`\\`), and a byte that is not UTF-8 (`\xhh`). The dot of the root stays, at the end of any other name it is left out.
///
/// # Errors
/// A backslash is followed by what is no escape.
#[inline]
pub(super) fn unescape(text: &str) -> Result<Cow<'_, str>, Fault> {
    if memchr(b'\\', text.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(without_end(text)));
    }
    let bytes = undo(text.as_bytes()).ok_or_else(|| Fault::field("name", "a name in master-file form", text))?;
    Ok(Cow::Owned(text_of(&bytes).into_owned()))
}

#[inline]
fn without_end(text: &str) -> &str {
    text.strip_suffix('.').filter(|name| !name.is_empty()).unwrap_or(text)
}

fn undo(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte != b'\\' {
            if *byte != b'.' || !after.is_empty() {
                bytes.push(*byte);
            }
            continue;
        }
        match after {
            [hundreds @ b'0'..=b'2', tens @ b'0'..=b'9', ones @ b'0'..=b'9', after @ ..] => {
                let code = u16::from(hundreds - b'0') * 100 + u16::from(tens - b'0') * 10 + u16::from(ones - b'0');
                push(&mut bytes, u8::try_from(code).ok()?);
                rest = after;
            }
            // Not BIND's escape but what became of a byte of the line that is not UTF-8.
            [b'x', high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.extend_from_slice(&[b'\\', b'x', *high, *low]);
                rest = after;
            }
            [meant, after @ ..] if meant.is_ascii_punctuation() => {
                push(&mut bytes, *meant);
                rest = after;
            }
            _ => return None,
        }
    }
    Some(bytes)
}

fn push(bytes: &mut Vec<u8>, byte: u8) {
    if matches!(byte, b'.' | b'\\') {
        bytes.push(b'\\');
    }
    bytes.push(byte);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes() {
        for (written, meant) in [
            ("www.Example.com", "www.Example.com"),
            (".", "."),
            ("a.", "a"),
            (r"a\032b\.c\(d\).example.com", r"a b\.c(d).example.com"),
            (r#"\000\255\"x\;y.example.com"#, "\0\\xff\"x;y.example.com"),
            (r"\195\188.de", "ü.de"),
            (r"a\\b\092c\046d", r"a\\b\\c\.d"),
            (r"\@\$.com.", "@$.com"),
            (r"a\.", r"a\."),
            (r"\xe9.fr", r"\xe9.fr"),
        ] {
            assert_eq!(unescape(written).unwrap(), meant, "{written}");
        }
    }

    #[test]
    fn broken_escapes() {
        for text in [r"a\", r"a\25", r"a\256", r"a\300", r"a\n", r"\ü"] {
            assert_eq!(unescape(text).unwrap_err().column.as_deref(), Some("name"), "{text}");
        }
    }

    /// A label's bytes as BIND writes them.
    fn written(label: &[u8]) -> String {
        let octet = |byte: &u8| match byte {
            b'"' | b'(' | b')' | b'.' | b';' | b'\\' | b'@' | b'$' => format!("\\{}", char::from(*byte)),
            0x21..=0x7e => char::from(*byte).to_string(),
            other => format!("\\{other:03}"),
        };
        label.iter().map(octet).collect()
    }

    proptest! {
        #[test]
        fn any_name_can_be_told_from_any_other(
            a in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..6), 1..4),
            b in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..6), 1..4),
        ) {
            let text = |labels: &[Vec<u8>]| labels.iter().map(|label| written(label)).collect::<Vec<_>>().join(".");
            let (one, other) = (text(&a), text(&b));
            prop_assert_eq!(unescape(&one).unwrap() == unescape(&other).unwrap(), a == b);
        }

        #[test]
        fn the_longest_names(octet in any::<u8>()) {
            let label = [octet; 63];
            let name = [&label[..], &label, &label, &label[..61]].map(written).join(".");
            prop_assert!(unescape(&name).is_ok());
        }

        #[test]
        fn any_text_is_a_name_or_not(text in any::<String>(), likely in r"[a-z.\\0-9]{0,20}") {
            let _ = (unescape(&text), unescape(&likely));
        }
    }
}
