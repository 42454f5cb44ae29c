//! Splits a line of the native format (`squid`, `squidmime`), today's and its forerunners.
//!
//! ```text
//! 2.0 and later  time elapsed client code/status bytes method URL user hierarchy/peer type [request] [reply]
//! 1.1            time elapsed client code/status bytes method URL user hierarchy/peer
//! 1.0            time elapsed client code/status/hierarchy bytes method URL
//! ```
//!
//! Odd servers send a type with spaces, so the end is read from behind, and the word `hierarchy/peer` is told by its form.
//! Squid 5 writes a user's name with its spaces, and `uri_whitespace allow` leaves them in the URL: extra words are the
//! user's when there is a user, and the URL's when there is none (`-`).

use memchr::{memchr, memrchr};

use super::code::Code;
use super::matcher::{Span, Spans};
use super::mime::trailing_blocks;
use super::peer::is_hierarchy;
use crate::bad::Fault;

/// Finds the fields of a line.
///
/// # Errors
/// There are too few, or none is `code/status` or `hierarchy/peer` where it must be.
#[inline]
pub(super) fn split(line: &str, spans: &mut Spans) -> Result<(), Fault> {
    let (end, request, reply) = trailing_blocks(line);
    let found = line.as_bytes().get(..end).and_then(|bytes| fields(bytes, spans));
    spans.set(Code::RequestHeaders, request);
    spans.set(Code::ReplyHeaders, reply);
    found.ok_or_else(|| fault(line))
}

#[cold]
fn fault(line: &str) -> Fault {
    let expected = "time elapsed client code/status bytes method URL user hierarchy/peer type";
    Fault::line(expected, format!("{} fields: {line}", line.split_ascii_whitespace().count()))
}

#[inline]
fn fields(bytes: &[u8], spans: &mut Spans) -> Option<()> {
    let mut at = 0;
    // A word and the spaces after it.
    let mut word = || {
        let from = at;
        let end = from + memchr(b' ', bytes.get(from..)?)?;
        at = end + 1;
        while bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        Some((from, end))
    };
    for code in [Code::Seconds, Code::Elapsed, Code::Client] {
        let (from, to) = word()?;
        spans.set(code, Span::new(from, to));
    }
    let (from, to) = word()?;
    let slash = from + memchr(b'/', bytes.get(from..to)?)?;
    let second = memchr(b'/', bytes.get(slash + 1..to)?);
    spans.set(Code::Status, Span::new(slash + 1, second.map_or(to, |second| slash + 1 + second)));
    let (from, to) = word()?;
    spans.set(Code::Size, Span::new(from, to));
    let (from, to) = word()?;
    spans.set(Code::Method, Span::new(from, to));
    let url = at;
    if second.is_some() {
        return one_zero(bytes, url, spans);
    }
    let rest = bytes.get(url..)?;
    let media_type = memrchr(b' ', rest)?;
    let mut media = Span::new(url + media_type + 1, bytes.len());
    let mut before = rest.get(..media_type)?;
    let mut start = memrchr(b' ', before)?;
    if !is_hierarchy(before.get(start + 1..)?) {
        (before, media) = unusual(rest, url)?;
        start = memrchr(b' ', before)?;
    }
    let hierarchy = before.get(start + 1..)?;
    let peer = memchr(b'/', hierarchy)?;
    let user = memrchr(b' ', before.get(..start)?)?;
    let url_end = match before.get(user + 1..start)? {
        b"-" => user,
        _ => memchr(b' ', before)?,
    };
    spans.set(Code::Url, Span::new(url, url + url_end));
    spans.set(Code::Peer, Span::new(url + start + 1 + peer + 1, url + before.len()));
    spans.set(Code::MediaType, media);
    Some(())
}

/// Squid 1.0: the URL is the last field and there is no peer.
#[cold]
fn one_zero(bytes: &[u8], url: usize, spans: &mut Spans) -> Option<()> {
    if url >= bytes.len() {
        return None;
    }
    spans.set(Code::Url, Span::new(url, bytes.len()));
    spans.set(Code::Peer, Span::ABSENT);
    spans.set(Code::MediaType, Span::ABSENT);
    Some(())
}

/// A line without a type, or with one that has spaces: the part up to the last `hierarchy/peer`, and the type.
#[cold]
fn unusual(rest: &[u8], url: usize) -> Option<(&[u8], Span)> {
    let mut end = rest.len();
    loop {
        let start = memrchr(b' ', rest.get(..end)?)?;
        if is_hierarchy(rest.get(start + 1..end)?) {
            let media = if end == rest.len() { Span::ABSENT } else { Span::new(url + end + 1, url + rest.len()) };
            return Some((rest.get(..end)?, media));
        }
        end = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::squid::built_in::SQUID;
    use crate::squid::logformat::{Writer, compile};
    use proptest::prelude::*;

    const CODES: [Code; 9] = [
        Code::Seconds,
        Code::Elapsed,
        Code::Client,
        Code::Status,
        Code::Size,
        Code::Method,
        Code::Url,
        Code::Peer,
        Code::MediaType,
    ];

    fn native(line: &str) -> Option<[Option<&str>; 9]> {
        let mut spans = Spans::new();
        split(line, &mut spans).ok()?;
        Some(CODES.map(|code| spans.get(code).of(line)))
    }

    #[test]
    fn every_age_of_it() {
        let new = "1795219513.658    -15 ::1 TCP_MISS/200 316 GET http://a/b c - HIER_DIRECT/::2 text/html";
        let fields =
            ["1795219513.658", "-15", "::1", "200", "316", "GET", "http://a/b c", "::2", "text/html"].map(Some);
        assert_eq!(native(new), Some(fields));
        let mut old = fields;
        old[8] = None;
        assert_eq!(native(new.strip_suffix(" text/html").unwrap()), Some(old));
        old[8] = Some("");
        assert_eq!(native(new.strip_suffix("text/html").unwrap()), Some(old));
        old[8] = Some("text/html charset=X/Y z");
        assert_eq!(native(&format!("{new} charset=X/Y z")), Some(old));
        old[8] = Some("TEXT/HTML");
        assert_eq!(native(&new.replace("text/html", "TEXT/HTML")), Some(old));
        let oldest = "1795219513.658    -15 ::1 TCP_MISS/200/DIRECT 316 GET http://a/b c";
        (old[7], old[8]) = (None, None);
        assert_eq!(native(oldest), Some(old));
    }

    #[test]
    fn lines_that_are_cut() {
        let line = "1795219513.658 5 ::1 TCP_MISS/200 316 GET http://a/ - HIER_DIRECT/::2 text/html";
        for end in 0..line.find("HIER_DIRECT/").unwrap() {
            assert_eq!(native(line.get(..end).unwrap()), None, "{end}");
        }
        assert!(split("a b", &mut Spans::new()).unwrap_err().to_string().contains("found 2 fields"));
    }

    proptest! {
        #[test]
        fn any_text_is_split_or_refused(line in any::<String>(), likely in "[0-9A-Z/ \\[\\]-]{0,60}") {
            let _ = (native(&line), native(&likely));
        }

        #[test]
        fn fields_come_back(
            seconds in 0_i64..5_000_000_000, millis in 0..1000, elapsed in -9999_i64..10_000_000, client in "[0-9a-f:.]{1,20}",
            status in 0..1000, size in 0_i64.., method in "[A-Z]{1,9}|-", url in "[!-~ü]{1,20}",
            (more, user) in ("( [!-~]{1,9})?".prop_map(|more| (more, "-".to_owned())))
                .boxed().prop_union(("[!-,.-~]{1,8}( [!-,.-~]{1,8})?").prop_map(|user| (String::new(), user)).boxed()),
            peer in "[a-z0-9.:-]{1,20}", media in "[a-z]{1,9}/[a-z+.-]{1,9}|-", mime in any::<bool>(),
        ) {
            let line = format!(
                "{seconds}.{millis:03} {elapsed:6} {client} TCP_MISS/{status:03} {size} {method} {url}{more} {user} PARENT_HIT/{peer} {media}"
            );
            let line = if mime { format!("{line} [Host: a\\r\\n] [-]") } else { line };
            let url = format!("{url}{more}");
            let (time, elapsed) = (format!("{seconds}.{millis:03}"), elapsed.to_string());
            let (status, size) = (format!("{status:03}"), size.to_string());
            let fields = [&time, &elapsed, &client, &status, &size, &method, &url, &peer, &media].map(|field| Some(field.as_str()));
            prop_assert_eq!(native(&line), Some(fields));
        }

        #[test]
        fn the_format_string_says_the_same(
            url in "[!-~ü]{1,20}( [!-~]{1,9})?", elapsed in -9999_i64..10_000_000, peer in "[a-z0-9.:-]{1,20}",
        ) {
            let line = format!("1795219513.658 {elapsed:6} ::1 TCP_MISS/200 316 GET {url} - HIER_DIRECT/{peer} text/html");
            let format = compile(SQUID, Writer::BuiltIn).unwrap();
            let mut spans = Spans::new();
            prop_assert_eq!(format.split(&line, &mut spans), Ok(()));
            let mut expected = native(&line).unwrap();
            expected[0] = Some("1795219513");
            prop_assert_eq!(CODES.map(|code| spans.get(code).of(&line)), expected);
        }
    }
}
