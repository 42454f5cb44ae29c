//! Text out of bytes that may not be UTF-8.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The bytes as text; a byte that is not part of valid UTF-8 becomes `\xhh`, the way Zeek writes it, so nothing is lost.
pub(crate) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_text_is_borrowed() {
        assert!(matches!(text_of("päth".as_bytes()), Cow::Borrowed("päth")));
    }

    #[test]
    fn other_bytes_stay_visible() {
        assert_eq!(text_of(b"p\xe4th\xff"), "p\\xe4th\\xff");
    }
}
