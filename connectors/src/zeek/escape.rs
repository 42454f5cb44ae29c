//! Escapes of values and of header lines.

use std::borrow::Cow;

use memchr::memchr;

use crate::utf8::{push_escaped, text_of};

/// What an escape stands for, and what follows it.
type Escape<'t> = Option<(u8, &'t [u8])>;

/// A value with its escapes undone: `\\` is a backslash, `\xhh` a byte. Any other backslash stays. A byte that would not
/// be UTF-8 stays `\xhh`.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    undo(text, |escape| match escape {
        [b'\\', after @ ..] => Some((b'\\', after)),
        [b'x', high, low, after @ ..] => Some((hex(*high)? << 4 | hex(*low)?, after)),
        _ => None,
    })
}

/// What a header line or an option says: beside Zeek's own escapes those of C (`\t`, `\0`, `\011`), which other programs
/// write that make Zeek logs.
pub(super) fn unescape_header(text: &str) -> Cow<'_, str> {
    undo(text, |escape| match escape {
        [b'x', high, low, after @ ..] => Some((hex(*high)? << 4 | hex(*low)?, after)),
        [b'0'..=b'7', ..] => octal(escape),
        [letter, after @ ..] => Some((
            match letter {
                b'\\' | b'\'' | b'"' | b'?' => *letter,
                b'a' => 0x07,
                b'b' => 0x08,
                b't' => b'\t',
                b'n' => b'\n',
                b'v' => 0x0b,
                b'f' => 0x0c,
                b'r' => b'\r',
                b'e' => 0x1b,
                _ => return None,
            },
            after,
        )),
        [] => None,
    })
}

/// The text with every byte as `\xhh`: in a header line it means this text, whatever is in it.
pub(super) fn escape_all(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len() * 4), |mut escaped, byte| {
        push_escaped(&mut escaped, byte);
        escaped
    })
}

/// Replaces what `escape` finds behind a backslash.
fn undo<'t>(text: &'t str, escape: impl Fn(&'t [u8]) -> Escape<'t>) -> Cow<'t, str> {
    let Some(first) = memchr(b'\\', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (plain, escaped) = text.split_at(first);
    let mut bytes = Vec::with_capacity(text.len());
    bytes.extend_from_slice(plain.as_bytes());
    let mut rest = escaped.as_bytes();
    while let [byte, after @ ..] = rest {
        let (meant, after) = if *byte == b'\\' { escape(after).unwrap_or((*byte, after)) } else { (*byte, after) };
        bytes.push(meant);
        rest = after;
    }
    Cow::Owned(text_of(&bytes).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// One to three octal digits.
fn octal(text: &[u8]) -> Escape<'_> {
    let digits = text.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let value = text.iter().take(digits).fold(0, |value: u16, digit| value * 8 + u16::from(digit - b'0'));
    Some((u8::try_from(value).ok()?, text.get(digits..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_of_values() {
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
            (r"C:\temp\new", r"C:\temp\new"),
        ] {
            assert_eq!(unescape(written), meant);
        }
    }

    #[test]
    fn escapes_of_header_lines() {
        for (written, meant) in [
            (r"\x09", "\t"),
            (r"\t", "\t"),
            (r"\011", "\t"),
            (r"\11", "\t"),
            (r"\0", "\0"),
            (r"\174\174", "||"),
            (r"\0011", "\u{1}1"),
            (r"\777", r"\777"),
            (r"\\t", r"\t"),
            (r"\\", r"\"),
            (r"\N", r"\N"),
            (r"\v\f\a\b\e", "\u{b}\u{c}\u{7}\u{8}\u{1b}"),
            (r#"\'\"\?"#, "'\"?"),
            (r"a\", r"a\"),
        ] {
            assert_eq!(unescape_header(written), meant, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_zeek_escapes_comes_back(text in "\\PC{0,20}") {
            let written = text.replace('\\', "\\\\").replace('\t', "\\x09");
            prop_assert_eq!(unescape(&written), text.as_str());
            prop_assert_eq!(unescape_header(&written), text.as_str());
            let escaped = escape_all(&text);
            prop_assert_eq!(unescape_header(&escaped), text.as_str());
        }
    }
}
