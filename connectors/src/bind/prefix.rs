//! What stands before a message: whatever carried the line, and what BIND itself puts there, `time tag: category: module:
//! severity: `, each when the channel is set to print it.

use memchr::memchr;

use crate::prefix::{self, Time};

/// A line, split where its message begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prefix<'l> {
    /// BIND's own time, else that of what carried the line.
    pub(super) time: Option<Time<'l>>,
    /// The time is in a form that only BIND writes, or the line's program is called `named` or `bind`.
    pub(super) is_binds: bool,
    /// The line is only a part of one, which a container runtime cut.
    pub(super) is_part: bool,
    /// The words that end in a colon, and a time among them.
    pub(super) tags: &'l str,
    pub(super) message: &'l str,
}

/// Splits a line; `outside` is what a JSON object around it said.
#[inline]
pub(super) fn split<'l>(line: &'l str, outside: prefix::Prefix<'l>) -> Prefix<'l> {
    match prefix::classic(line) {
        Some((time, rest)) => after_own_time(Some(time), true, rest),
        None if line.starts_with("client ") && outside.carrier.is_none() => after_own_time(None, false, line),
        None => carried(line, outside),
    }
}

/// A line that does not begin with a time of BIND's classic form.
fn carried<'l>(line: &'l str, outside: prefix::Prefix<'l>) -> Prefix<'l> {
    let mut around = outside;
    let mut is_binds = outside.program.is_some_and(|program| is_bind(program.name));
    let mut rest = line;
    while let Some(layer) = prefix::peel(rest) {
        is_binds = match layer.program {
            Some(program) => is_bind(program.name),
            None if layer.host.is_none() => is_binds || is_binds_time(layer.time),
            None => is_binds,
        };
        around.add(&layer);
        rest = layer.rest;
    }
    Prefix { is_part: around.is_part, ..after_carriers(around.time, is_binds, rest) }
}

/// What follows the carriers' texts: BIND's own time, perhaps after a category as Infoblox NIOS has it, and the tags.
fn after_carriers<'l>(time: Option<Time<'l>>, is_binds: bool, rest: &'l str) -> Prefix<'l> {
    let (time, is_binds, rest) = match own_time(rest) {
        Some((own, rest)) => (Some(own), is_binds || is_binds_time(Some(own)), rest),
        None => (time, is_binds, rest),
    };
    let found = after_own_time(time, is_binds, rest);
    let Some((own, after_own)) = own_time(found.message) else { return found };
    let is_binds = is_binds || is_binds_time(Some(own));
    with_tags(Some(own), is_binds, rest, after_tags(after_own))
}

/// What follows BIND's own time, or begins a line that has none.
#[inline]
fn after_own_time<'l>(time: Option<Time<'l>>, is_binds: bool, rest: &'l str) -> Prefix<'l> {
    with_tags(time, is_binds, rest, after_tags(rest))
}

/// What stands in `rest` before the message at its end are the tags.
#[inline]
fn with_tags<'l>(time: Option<Time<'l>>, is_binds: bool, rest: &'l str, message: &'l str) -> Prefix<'l> {
    let tags = rest.get(..rest.len() - message.len()).unwrap_or_default();
    Prefix { time, is_binds, is_part: false, tags, message }
}

/// The time that BIND itself put here, and what follows.
pub(super) fn own_time(line: &str) -> Option<(Time<'_>, &str)> {
    if let [_, _, _, _, b'-', _, _, b'-', _, _, b'T', ..] = line.as_bytes() {
        let (time, rest) = line.split_at_checked(memchr(b' ', line.as_bytes()).unwrap_or(line.len()))?;
        return Some((Time::Iso(time), rest.strip_prefix(' ').unwrap_or(rest)));
    }
    prefix::classic(line)
}

/// Whether a time that no syslog daemon wrote has BIND's three decimals: those of other programs have six, nine or none.
/// Before 9.3 BIND wrote them after a time without a year.
fn is_binds_time(time: Option<Time<'_>>) -> bool {
    let text = match time {
        Some(Time::Classic(_)) => return true,
        Some(Time::Iso(text) | Time::Yearless(text)) => text,
        _ => return false,
    };
    let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals);
    decimals.bytes().take_while(u8::is_ascii_digit).count() == 3
}

/// Whether a program's name has one of BIND's names in it: `named`, `isc-named`, `docker/bind9`.
fn is_bind(program: &str) -> bool {
    program.split(|character: char| !character.is_ascii_alphanumeric()).any(|word| {
        let word = word.trim_end_matches(|character: char| character.is_ascii_digit());
        matches!(word, "named" | "bind")
    })
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
fn after_level(rest: &str) -> Option<&str> {
    let (level, after) = rest.split_once(": ")?;
    (!level.is_empty() && level.bytes().all(|byte| byte.is_ascii_digit())).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(line: &str) -> Prefix<'_> {
        super::split(line, prefix::Prefix::default())
    }

    #[test]
    fn every_combination_of_what_a_channel_prints() {
        let times = [
            ("", None),
            ("21-Nov-2026 00:02:50.309 ", Some(Time::Classic("21-Nov-2026 00:02:50.309"))),
            ("99-Bad-9999 99:99:99.999 ", Some(Time::Classic("99-Bad-9999 99:99:99.999"))),
            ("2026-11-21T00:02:50.309 ", Some(Time::Iso("2026-11-21T00:02:50.309"))),
            ("2026-11-21T00:02:50.309Z ", Some(Time::Iso("2026-11-21T00:02:50.309Z"))),
            ("2026-11-21T00:02:50.309+01:00 ", Some(Time::Iso("2026-11-21T00:02:50.309+01:00"))),
            ("Nov 21 00:02:50.309 ", Some(Time::Yearless("Nov 21 00:02:50.309"))),
        ];
        for (written, time) in times {
            for tag in ["", "named: "] {
                for category in ["", "queries: "] {
                    for module in ["", "ns/query: "] {
                        for severity in ["", "info: ", "debug 3: "] {
                            for message in ["client 192.0.2.1#5: query: a", "client @0x7f (no-peer): query: a"] {
                                let tags = format!("{tag}{category}{module}{severity}");
                                let line = format!("{written}{tags}{message}");
                                let prefix = split(&line);
                                assert_eq!((prefix.time, prefix.tags), (time, tags.as_str()), "{line}");
                                assert_eq!(prefix.message, message, "{line}");
                                assert_eq!(prefix.is_binds, !written.is_empty(), "{line}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn binds_own_time_wins_over_that_of_a_carrier() {
        const MESSAGE: &str = "client @0x7f 192.0.2.1#5 (a): query: a IN A + (192.0.2.53)";
        let classic = Some(Time::Classic("24-Mar-2018 13:01:51.123"));
        let iso = Some(Time::Iso("2018-03-24T13:01:51.123Z"));
        for (carrier, time, is_binds) in [
            ("Mar 24 13:01:51 ns1 named[6085]: ", Some(Time::Yearless("Mar 24 13:01:51")), true),
            ("Mar 24 13:01:51 ns1 docker/bind9[6085]: ", Some(Time::Yearless("Mar 24 13:01:51")), true),
            ("Mar 24 13:01:51 ns1 dns: ", Some(Time::Yearless("Mar 24 13:01:51")), false),
            ("2018-03-24T13:01:52.123456789Z stdout F ", Some(Time::Iso("2018-03-24T13:01:52.123456789Z")), false),
        ] {
            for (own, own_time) in
                [("", time), ("24-Mar-2018 13:01:51.123 ", classic), ("2018-03-24T13:01:51.123Z ", iso)]
            {
                for tags in ["", "queries: ", "queries: info: ", "debug 1: "] {
                    let line = format!("{carrier}{own}{tags}{MESSAGE}");
                    let prefix = split(&line);
                    assert_eq!((prefix.time, prefix.tags, prefix.message), (own_time, tags, MESSAGE), "{line}");
                    assert_eq!(prefix.is_binds, is_binds || !own.is_empty(), "{line}");
                }
            }
            let tags = "infoblox-responses: 24-Mar-2018 13:01:51.123 info: ";
            let line = format!("{carrier}{tags}{MESSAGE}");
            let prefix = split(&line);
            assert_eq!((prefix.time, prefix.tags, prefix.message), (classic, tags, MESSAGE), "{line}");
        }
    }

    #[test]
    fn lines_of_others() {
        for line in ["", "Lorem ipsum", "21-Nov", "2026-11-21T", "21-Nov-2026 00:02:50.30", "ü1-Nov-2026 00:02:50.309 "]
        {
            assert!(!split(line).is_binds, "{line}");
        }
        assert!(!split("2026-11-21T00:02:50 INFO started").is_binds);
        assert!(!split("Mar 24 13:01:51 ns1 sshd[1]: Accepted").is_binds);
        assert!(!split("Mar 24 13:01:51 ns1 rpcbind[1]: x").is_binds);
        for line in ["Mar 24", "Mar 24 25:01:51x", "Mär 24 13:01:51 ns1 named: x", "<1", "Mar    13:01:51 a b: c"] {
            assert_eq!(split(line).time, None, "{line}");
        }
    }
}
