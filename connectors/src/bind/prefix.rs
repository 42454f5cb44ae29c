//! What stands before a message: `time tag: category: module: severity: `, each when the channel is set to print it.

use memchr::memchr;

use super::syslog;

/// When a line was written, as its text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time<'l> {
    /// The channel prints none.
    Absent,
    /// `21-Nov-2026 00:02:50.309`, in the server's local time.
    Classic(&'l str),
    /// `2026-11-21T00:02:50.309`, maybe with a zone.
    Iso(&'l str),
    /// `Nov 21 00:02:50`, as syslog and BIND before 9.3 have it, these with milliseconds.
    Yearless(&'l str),
}

/// A line, split where its message begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prefix<'l> {
    pub(super) time: Time<'l>,
    /// The time is in a form that only BIND writes, or syslog says that the line is of `named`.
    pub(super) is_binds: bool,
    /// The words that end in a colon.
    pub(super) tags: &'l str,
    pub(super) message: &'l str,
}

/// Splits a line.
#[inline]
pub(super) fn split(line: &str) -> Prefix<'_> {
    let (time, is_binds, rest) = match own_time(line) {
        (Time::Absent, _) => match syslog::split(line) {
            Some(header) => header.around(),
            None => (Time::Absent, false, line),
        },
        (Time::Iso(time), rest) => match syslog::after_time(Time::Iso(time), rest) {
            Some(header) => header.around(),
            None => (Time::Iso(time), has_milliseconds(time), rest),
        },
        (time, rest) => (time, true, rest),
    };
    let message = after_tags(rest);
    let tags = rest.get(..rest.len() - message.len()).unwrap_or_default();
    Prefix { time, is_binds, tags, message }
}

/// The time that BIND itself put in front, and what follows.
#[inline]
pub(super) fn own_time(line: &str) -> (Time<'_>, &str) {
    /// Bytes of `21-Nov-2026 00:02:50.309`.
    const CLASSIC: usize = 24;
    let bytes = line.as_bytes();
    let split = match bytes {
        [_, _, b'-', _, _, _, b'-', _, _, _, _, b' ', ..] if bytes.get(CLASSIC).is_none_or(|&byte| byte == b' ') => {
            line.split_at_checked(CLASSIC).map(|(time, rest)| (Time::Classic(time), rest))
        }
        [_, _, _, _, b'-', _, _, b'-', _, _, b'T', ..] => {
            let end = memchr(b' ', bytes).unwrap_or(bytes.len());
            line.split_at_checked(end).map(|(time, rest)| (Time::Iso(time), rest))
        }
        _ => None,
    };
    match split {
        Some((time, rest)) => (time, rest.strip_prefix(' ').unwrap_or(rest)),
        None => (Time::Absent, line),
    }
}

/// Whether an ISO time has three decimals: syslog's have six or none.
fn has_milliseconds(time: &str) -> bool {
    let decimals = time.split_once('.').map_or("", |(_, decimals)| decimals);
    decimals.bytes().take_while(u8::is_ascii_digit).count() == 3
}

/// Skips words that end in a colon, and `debug 3: `; `client ` begins a message.
#[inline]
fn after_tags(line: &str) -> &str {
    let mut rest = line;
    while !rest.starts_with("client ") {
        let Some((word, after)) = memchr(b' ', rest.as_bytes()).and_then(|space| rest.split_at_checked(space)) else {
            break;
        };
        let after = after.get(1..).unwrap_or_default();
        if word.ends_with(':') {
            rest = after;
        } else if let ("debug", Some(after)) = (word, after_level(after)) {
            rest = after;
        } else {
            break;
        }
    }
    rest
}

/// Skips the `3: ` of `debug 3: `.
pub(super) fn after_level(rest: &str) -> Option<&str> {
    let (level, after) = rest.split_once(": ")?;
    (!level.is_empty() && level.bytes().all(|byte| byte.is_ascii_digit())).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_of_what_a_channel_prints() {
        let times = [
            ("", Time::Absent),
            ("21-Nov-2026 00:02:50.309 ", Time::Classic("21-Nov-2026 00:02:50.309")),
            ("99-Bad-9999 99:99:99.999 ", Time::Classic("99-Bad-9999 99:99:99.999")),
            ("2026-11-21T00:02:50.309 ", Time::Iso("2026-11-21T00:02:50.309")),
            ("2026-11-21T00:02:50.309Z ", Time::Iso("2026-11-21T00:02:50.309Z")),
            ("2026-11-21T00:02:50.309+01:00 ", Time::Iso("2026-11-21T00:02:50.309+01:00")),
            ("Nov 21 00:02:50.309 ", Time::Yearless("Nov 21 00:02:50.309")),
        ];
        for (written, time) in times {
            for tag in ["", "named: "] {
                for category in ["", "queries: "] {
                    for module in ["", "ns/query: "] {
                        for severity in ["", "info: ", "debug 3: "] {
                            let tags = format!("{tag}{category}{module}{severity}");
                            let line = format!("{written}{tags}client 192.0.2.1#5: query: a");
                            let prefix = split(&line);
                            assert_eq!((prefix.time, prefix.tags), (time, tags.as_str()), "{line}");
                            assert_eq!(prefix.message, "client 192.0.2.1#5: query: a", "{line}");
                            assert_eq!(prefix.is_binds, !written.is_empty(), "{line}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn lines_of_others() {
        for line in ["", "Lorem ipsum", "21-Nov", "2026-11-21T", "21-Nov-2026 00:02:50.30", "ü1-Nov-2026 00:02:50.309 "]
        {
            assert!(!split(line).is_binds, "{line}");
        }
        assert!(!split("2026-11-21T00:02:50 INFO started").is_binds);
    }
}
