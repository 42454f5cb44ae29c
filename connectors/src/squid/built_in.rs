//! Squid's own formats, as `logformat` strings, and how a line shows which of them it is in.
//!
//! Source: `src/log/FormatSquidNative.cc`, `FormatHttpdCommon.cc`, `FormatHttpdCombined.cc`, `FormatSquidReferer.cc`,
//! `FormatSquidUseragent.cc` of Squid 5.7.

use memchr::{memchr, memmem, memrchr};

use super::mime::trailing_blocks;

/// The format `squid`. Its lines are split by [`super::native`], which knows its history as well.
#[cfg(test)]
pub(super) const SQUID: &str = "%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt";

/// The format `common`. The version is written with its protocol: a request that was never read has `NONE/0.0`.
pub(super) const COMMON: &str = r#"%>a %ui %un [%tl] "%rm %ru %rv" %>Hs %<st %Ss:%Sh"#;

/// The format `combined`. Quotes inside its last two fields are not escaped.
pub(super) const COMBINED: &str =
    r#"%>a %ui %un [%tl] "%rm %ru %rv" %>Hs %<st "%{Referer}>h" "%{User-Agent}>h" %Ss:%Sh"#;

/// The format `referrer`.
pub(super) const REFERRER: &str = "%ts.%03tu %>a %{Referer}>h %ru";

/// The format `useragent`.
pub(super) const USERAGENT: &str = r#"%>a [%tl] "%{User-Agent}>h""#;

/// One of Squid's own formats. `Squid` is `squidmime` too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BuiltIn {
    Squid,
    Common,
    Combined,
    Referrer,
    UserAgent,
}

impl BuiltIn {
    /// The format that a line is in; `None` when it is in none.
    #[inline]
    pub(super) fn of(line: &str) -> Option<Self> {
        match after_time(line.as_bytes()) {
            Some(rest) if is_number(rest) || !is_referrer(rest) => Some(Self::Squid),
            Some(_) => Some(Self::Referrer),
            None => of_httpd(line),
        }
    }
}

/// What follows a time in seconds since the epoch and the spaces after it.
#[inline]
fn after_time(line: &[u8]) -> Option<&[u8]> {
    let end = memchr(b' ', line)?;
    let (time, rest) = line.split_at_checked(end)?;
    let mut points = 0;
    for byte in time {
        match byte {
            b'0'..=b'9' => {}
            b'.' => points += 1,
            _ => return None,
        }
    }
    // An IPv4 address has three points.
    (points <= 1 && time.first() != Some(&b'.')).then(|| rest.trim_ascii_start())
}

/// Whether the first word is a whole number, maybe negative: the native format's elapsed time, and no client.
#[inline]
fn is_number(line: &[u8]) -> bool {
    let digits = line.strip_prefix(b"-").unwrap_or(line);
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    count > 0 && digits.get(count) == Some(&b' ')
}

/// Whether this is `client referrer URL`. The latter two may hold spaces; a native line with a broken elapsed time is not
/// to be taken for such a line.
fn is_referrer(rest: &[u8]) -> bool {
    let mut words = rest.split(|byte| *byte == b' ');
    let (Some(_client), Some(referrer), Some(url)) = (words.next(), words.next(), words.next()) else { return false };
    let is_url = url.iter().any(|byte| matches!(byte, b':' | b'/'));
    is_url && (words.next().is_none() || referrer == b"-" || memmem::find(referrer, b"://").is_some())
}

/// The formats with a `[21/Nov/2026:00:05:13 +0000]`.
fn of_httpd(line: &str) -> Option<BuiltIn> {
    let line = line.as_bytes().get(..trailing_blocks(line).0)?;
    let clock = memmem::find(line, b" [")?;
    if memchr(b' ', line.get(..clock)?).is_none() {
        return Some(BuiltIn::UserAgent);
    }
    let tags = memrchr(b' ', line)?;
    let before = line.get(..tags)?.last()?;
    Some(if *before == b'"' { BuiltIn::Combined } else { BuiltIn::Common })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_show_their_format() {
        for (line, format) in [
            ("1795219513.658      5 ::1 TCP_MISS/200 316 GET http://a/ - HIER_NONE/- -", Some(BuiltIn::Squid)),
            ("1795219513 -5 ::1 TCP_MISS/200/DIRECT 316 GET http://a/", Some(BuiltIn::Squid)),
            ("1795219513.658 127.0.0.1 - http://a/", Some(BuiltIn::Referrer)),
            ("127.0.0.1 - - [21/Nov/2026:00:05:13 +0000] \"GET http://a/ HTTP/1.1\" 200 3 A:B", Some(BuiltIn::Common)),
            ("::1 - - [x] \"GET a HTTP/1.1\" 200 3 \"-\" \"c\" A:B", Some(BuiltIn::Combined)),
            ("127.0.0.1 [21/Nov/2026:00:05:13 +0000] \"curl [x]\"", Some(BuiltIn::UserAgent)),
            ("1795219513.658 x 127.0.0.1 TCP_MISS/200 316 GET http://a/ - HIER_NONE/- -", Some(BuiltIn::Squid)),
            ("1795219513.658 - - http://a/b c d", Some(BuiltIn::Referrer)),
            ("::1 - - [x] \"GET a HTTP/1.1\" 200 3 \"-\" \"c\" A:B [Host: a\\r\\n] [-]", Some(BuiltIn::Combined)),
            ("hello", None),
            ("", None),
        ] {
            assert_eq!(BuiltIn::of(line), format, "{line}");
        }
    }
}
