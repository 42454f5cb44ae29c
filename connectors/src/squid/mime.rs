//! Header blocks in a log: `[Host: www.example.org\r\nAccept: */*\r\n]`.
//!
//! They are there with `log_mime_hdrs on`, in the format `squidmime`, and for `%>h` and `%<h` without a name. Line ends
//! are the text `\r\n`, or `%0d%0a` from a Squid that was built with `OLD_LOG_MIME`.

use std::borrow::Cow;

use memchr::memchr2;

use super::matcher::Span;
use super::quoting::{Quoting, hexadecimal};

/// Splits a line in a built-in format that ends with the blocks of request and reply. Gives where the line without them
/// ends and the two blocks, which are absent when there are none.
#[inline]
pub(super) fn trailing_blocks(line: &str) -> (usize, Span, Span) {
    let none = (line.len(), Span::ABSENT, Span::ABSENT);
    if line.as_bytes().last() != Some(&b']') { none } else { blocks(line).unwrap_or(none) }
}

/// Brackets within a block are escaped, so the last ones written are those of the block.
fn blocks(line: &str) -> Option<(usize, Span, Span)> {
    let (before, _) = line.rsplit_once(" [")?;
    let reply = Span::new(before.len() + 2, line.len() - 1);
    let (rest, _) = before.strip_suffix(']')?.rsplit_once(" [")?;
    Some((rest.len(), Span::new(rest.len() + 2, before.len() - 1), reply))
}

/// The value of a header, its escapes undone; of several headers of that name, all, with `, ` between them, as Squid
/// itself joins them.
pub(super) fn header<'l>(block: &'l str, name: &str, quoting: Quoting) -> Option<Cow<'l, str>> {
    let mut rest = block;
    let mut found: Option<Cow<'l, str>> = None;
    while !rest.is_empty() {
        let (line, after) = first_line(rest);
        rest = after;
        let Some((field, value)) = line.split_once(':') else { continue };
        if !field.trim().eq_ignore_ascii_case(name) {
            continue;
        }
        let value = quoting.undo(value.trim());
        found = Some(match found {
            None => value,
            Some(before) => Cow::Owned(format!("{before}, {value}")),
        });
    }
    found.filter(|value| !value.is_empty())
}

/// The first line and what comes after its end.
fn first_line(block: &str) -> (&str, &str) {
    let bytes = block.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr2(b'\\', b'%', bytes.get(from..).unwrap_or_default()).map(|at| from + at) {
        let after = bytes.get(at + 1..).unwrap_or_default();
        let end = match (bytes.get(at), after.first()) {
            (Some(b'\\'), Some(b'r' | b'n')) => Some(2),
            (Some(b'%'), Some(b'0')) => matches!(hexadecimal(after), Some(b'\r' | b'\n')).then_some(3),
            _ => None,
        };
        if let Some(length) = end {
            return (block.get(..at).unwrap_or_default(), block.get(at + length..).unwrap_or_default());
        }
        // `\\` is one escape: the second is not the start of another.
        from = at + if after.first() == Some(&b'\\') { 2 } else { 1 };
    }
    (block, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headers_are_found_by_name() {
        let block = r"HTTP/1.1 200 OK\r\nServer: a\\r\r\nset-cookie: x=1\r\nSet-Cookie: y=%5b2%5d\r\nDate:\r\n\r\n";
        let get = |name| header(block, name, Quoting::Mime);
        assert_eq!(get("Server").as_deref(), Some("a\\r"));
        assert_eq!(get("Set-Cookie").as_deref(), Some("x=1, y=[2]"));
        assert_eq!(get("Date"), None);
        assert_eq!(get("Via"), None);
        assert_eq!(header("A: 1%0d%0aB: 2%20%0D%0A", "b", Quoting::Mime).as_deref(), Some("2 "));
    }

    #[test]
    fn blocks_at_the_end() {
        let line = r"native text/html [Host: a\r\n] [HTTP/1.1 200 OK\r\n\r\n]";
        let (end, request, reply) = trailing_blocks(line);
        assert_eq!(line.get(..end), Some("native text/html"));
        assert_eq!(request.of(line), Some(r"Host: a\r\n"));
        assert_eq!(reply.of(line), Some(r"HTTP/1.1 200 OK\r\n\r\n"));
        let (_, request, reply) = trailing_blocks("x [] []");
        assert_eq!((request.of("x [] []"), reply.of("x [] []")), (Some(""), Some("")));
        for line in ["", "]", "a b]", "a [b]", "a[b] [c]", "a b] [c]"] {
            assert_eq!(trailing_blocks(line).0, line.len(), "{line}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(block in any::<String>(), name in "[A-Za-z]{1,4}") {
            let _ = (header(&block, &name, Quoting::Mime), trailing_blocks(&block));
        }
    }
}
