//! Text out of bytes that may not be UTF-8.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The bytes as text; a byte that is not part of valid UTF-8 becomes `\xhh`, the way Zeek writes it, so nothing is lost.
#[must_use]
pub fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            push_escaped(&mut text, *byte);
        }
    }
    Cow::Owned(text)
}

/// Appends a byte as `\xhh`.
pub(crate) fn push_escaped(text: &mut String, byte: u8) {
    // Writing to a String cannot fail.
    let _ = write!(text, "\\x{byte:02x}");
}

/// A message that may quote a log, fit for a terminal, a C string or one line of a report: a control character, other than a
/// tab, becomes `\xhh` for each of its bytes.
pub(crate) fn printable(message: &str) -> Cow<'_, str> {
    let odd = |letter: char| letter.is_control() && letter != '\t';
    if !message.contains(odd) {
        return Cow::Borrowed(message);
    }
    let mut text = String::with_capacity(message.len() + 16);
    let mut bytes = [0; 4];
    for letter in message.chars() {
        if odd(letter) {
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                push_escaped(&mut text, byte);
            }
        } else {
            text.push(letter);
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_of_messages_stay_visible() {
        assert_eq!(printable("found t\0s\0\u{85}\tü\r\n"), "found t\\x00s\\x00\\xc2\\x85\tü\\x0d\\x0a");
        assert!(matches!(printable("found ü\t"), Cow::Borrowed(_)));
    }

    #[test]
    fn valid_text_is_borrowed() {
        assert!(matches!(text_of("päth".as_bytes()), Cow::Borrowed("päth")));
    }

    #[test]
    fn other_bytes_stay_visible() {
        assert_eq!(text_of(b"p\xe4th\xff"), "p\\xe4th\\xff");
    }
}
