//! What syslog puts before a line: `Nov 21 00:02:50 ns1 named[6085]: `, maybe after a `<priority>`.

use super::prefix::{Time, after_level, own_time};
use crate::civil;

/// A line that came by syslog.
pub(super) struct Header<'l> {
    time: Time<'l>,
    /// The program is called `named`.
    is_named: bool,
    message: &'l str,
}

impl<'l> Header<'l> {
    /// The line's time, whether the line is BIND's, and what follows. The time that BIND itself printed wins: it has
    /// the year and milliseconds.
    pub(super) fn around(self) -> (Time<'l>, bool, &'l str) {
        match own_time(self.message) {
            (Time::Absent, message) => (self.time, self.is_named, message),
            (time, message) => (time, true, message),
        }
    }
}

/// A line that begins with a time without a year, or with a priority.
pub(super) fn split(line: &str) -> Option<Header<'_>> {
    let line = match line.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        Some((priority, rest)) if priority.len() <= 3 && priority.parse::<u16>().is_ok() => rest,
        _ => line,
    };
    if let (Time::Iso(time), rest) = own_time(line) {
        return after_time(Time::Iso(time), rest);
    }
    let (time, rest) = yearless(line)?;
    // Before 9.3 BIND's own times had this form, with milliseconds and no host after it.
    let by_bind = Header { time: Time::Yearless(time), is_named: time.len() > SECONDS, message: rest };
    Some(after_time(Time::Yearless(time), rest).unwrap_or(by_bind))
}

/// The host and the tag that follow a time, if they do.
pub(super) fn after_time<'l>(time: Time<'l>, rest: &'l str) -> Option<Header<'l>> {
    let (host, after) = rest.split_once(' ')?;
    let is_binds_own = host.ends_with(':')
        || (host == "client" && begins_with_a_peer(after))
        || (host == "debug" && after_level(after).is_some());
    if is_binds_own {
        return None;
    }
    let (tag, message) = after.trim_ascii_start().split_once(' ')?;
    let program = tag.strip_suffix(':')?;
    Some(Header { time, is_named: program.starts_with("named"), message })
}

/// What follows `client ` in a message; a host may be called `client` too.
fn begins_with_a_peer(rest: &str) -> bool {
    let word = rest.split_once(' ').map_or(rest, |(word, _)| word);
    word.starts_with(['@', '(']) || word.contains('#')
}

/// Bytes of `Nov 21 00:02:50`.
const SECONDS: usize = 15;

/// `Mmm dd hh:mm:ss` and maybe milliseconds, the day padded with a space or a zero.
fn yearless(line: &str) -> Option<(&str, &str)> {
    civil::month_named(line.get(..3)?)?;
    let (day, clock) = (line.get(3..7)?, line.get(7..SECONDS)?);
    let digits = day.trim_ascii();
    let is_day = day.starts_with(' ') && day.ends_with(' ') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_day || digits.is_empty() || civil::seconds_of_day(clock).is_none() {
        return None;
    }
    let rest = line.get(SECONDS..)?;
    let decimals = match rest.as_bytes() {
        [b'.', digits @ ..] => 1 + digits.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => 0,
    };
    let (time, rest) = line.split_at_checked(SECONDS + decimals)?;
    Some((time, rest.strip_prefix(' ')?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bind::prefix;

    const MESSAGE: &str = "client @0x7f 192.0.2.1#5 (a): query: a IN A + (192.0.2.53)";

    #[test]
    fn headers_are_taken_off() {
        for (header, time) in [
            ("Mar 24 13:01:51 ns1 named[6085]: ", Time::Yearless("Mar 24 13:01:51")),
            ("Mar  4 13:01:51 ns1 named[6085]: ", Time::Yearless("Mar  4 13:01:51")),
            ("<30>Mar  4 13:01:51 ns1 named: ", Time::Yearless("Mar  4 13:01:51")),
            ("Mar 24 13:01:51 client named[6085]: ", Time::Yearless("Mar 24 13:01:51")),
            ("Mar 24 13:01:51 debug named[6085]: ", Time::Yearless("Mar 24 13:01:51")),
            ("2026-11-21T00:05:13.123456+00:00 ns1 named[99]: ", Time::Iso("2026-11-21T00:05:13.123456+00:00")),
            ("<30>2026-11-21T00:05:13Z ns1 named[99]: ", Time::Iso("2026-11-21T00:05:13Z")),
            ("Mar 24 13:01:51 ns1 named[6085]: 24-Mar-2018 13:01:51.123 ", Time::Classic("24-Mar-2018 13:01:51.123")),
            (
                "2026-11-21T00:05:13.1+00:00 ns1 named[9]: 2026-11-21T00:05:13.123Z ",
                Time::Iso("2026-11-21T00:05:13.123Z"),
            ),
        ] {
            for tags in ["", "queries: ", "queries: info: ", "debug 1: "] {
                let line = format!("{header}{tags}{MESSAGE}");
                let prefix = prefix::split(&line);
                assert_eq!((prefix.time, prefix.tags, prefix.message), (time, tags, MESSAGE), "{line}");
                assert!(prefix.is_binds, "{line}");
            }
        }
    }

    #[test]
    fn headers_of_others_stay() {
        for line in [
            "Mar 24",
            "Mar 24 13:01:51",
            "Mar 24 25:01:51 ns1 named: x",
            "Mär 24 13:01:51 ns1 named: x",
            "<1>",
            "Mar    13:01:51 a b: c",
        ] {
            assert_eq!(prefix::split(line).time, Time::Absent, "{line}");
        }
        assert!(!prefix::split("Mar 24 13:01:51 ns1 sshd[1]: Accepted").is_binds);
    }
}
