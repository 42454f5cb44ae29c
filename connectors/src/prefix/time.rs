//! Times at the start of a line, found by their form.
//!
//! Only the form is checked here: a date that no calendar has (`Feb 31`) is still a time, and a fault when it is asked for.

use super::words::is_blank;
use crate::civil;

/// A time as its text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time<'l> {
    /// `21-Nov-2026 00:02:50.309`: BIND's own form, in the server's local time.
    Classic(&'l str),
    /// `2026-11-21T00:02:50.309`, or with a space for the `T`; with a zone (`Z`, `+01:00`, `+0100`, ` UTC`) or without.
    Iso(&'l str),
    /// `Nov 21 2026 00:02:50` or `Nov 21 00:02:50 2026`, the seconds maybe with decimals, in local time unless the year
    /// has `UTC` before it.
    Dated(&'l str),
    /// `Nov 21 00:02:50`, the seconds maybe with decimals, in local time.
    Yearless(&'l str),
    /// Microseconds since the epoch.
    Micros(i64),
}

impl Time<'_> {
    /// Whether the time says which year it is of.
    #[must_use]
    pub fn has_year(&self) -> bool {
        !matches!(self, Self::Yearless(_))
    }
}

/// Bytes of `21-Nov-2026 00:02:50.309`.
const CLASSIC: usize = 24;

/// BIND's classic time, and what follows the space after it.
#[inline]
#[must_use]
pub fn classic(line: &str) -> Option<(Time<'_>, &str)> {
    let bytes = line.as_bytes();
    let [_, _, b'-', _, _, _, b'-', _, _, _, _, b' ', ..] = bytes else { return None };
    if bytes.get(CLASSIC).is_some_and(|&byte| byte != b' ') {
        return None;
    }
    let (time, rest) = line.split_at_checked(CLASSIC)?;
    Some((Time::Classic(time), rest.strip_prefix(' ').unwrap_or(rest)))
}

/// A time in one of the forms of syslog daemons, container runtimes and the journal, and what follows it.
pub(super) fn at_start(line: &str) -> Option<(Time<'_>, &str)> {
    let body = weekday(line).unwrap_or(line);
    let (text, time) = match body.as_bytes().first()? {
        b'0'..=b'9' if body.len() < line.len() => return with_zone_name(body),
        b'0'..=b'9' => {
            let text = iso(body)?;
            (text, Time::Iso(text))
        }
        _ => with_month(body)?,
    };
    Some((time, after(body.get(text.len()..)?)?))
}

/// What follows a time: nothing, or a blank or a colon and a blank (Cisco) and the rest.
fn after(rest: &str) -> Option<&str> {
    match rest.as_bytes() {
        [] => Some(rest),
        [b' ' | b'\t', ..] => rest.get(1..),
        [b':', b' ', ..] => rest.get(2..),
        _ => None,
    }
}

fn weekday(line: &str) -> Option<&str> {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    NAMES.contains(&line.get(..3)?).then(|| line.get(3..)?.strip_prefix(' ')).flatten()
}

/// Text whose parts are taken from its start.
#[derive(Clone, Copy)]
struct Cursor<'l> {
    text: &'l str,
    at: usize,
}

impl<'l> Cursor<'l> {
    fn new(text: &'l str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'l [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes the longest run of bytes that `fits`; gives its length.
    fn run(&mut self, fits: impl Fn(u8) -> bool) -> usize {
        let length = self.rest().iter().take_while(|byte| fits(**byte)).count();
        self.at += length;
        length
    }

    /// Takes exactly so many digits, no more.
    fn digits(&mut self, count: usize) -> Option<()> {
        (self.run(|byte| byte.is_ascii_digit()) == count).then_some(())
    }

    fn byte(&mut self, wanted: &[u8]) -> Option<()> {
        let found = wanted.contains(self.rest().first()?);
        self.at += usize::from(found);
        found.then_some(())
    }

    /// Takes `hh:mm:ss` and decimals after a point or a comma.
    fn clock(&mut self) -> Option<()> {
        self.digits(2)?;
        self.byte(b":")?;
        self.digits(2)?;
        self.byte(b":")?;
        self.digits(2)?;
        let before = *self;
        if self.byte(b".,").is_some() && self.run(|byte| byte.is_ascii_digit()) == 0 {
            *self = before;
        }
        Some(())
    }

    /// Takes a year after a blank.
    fn year(&mut self) -> Option<()> {
        let before = *self;
        let found = self.byte(b" ").is_some() && self.digits(4).is_some() && self.is_at_end();
        if !found {
            *self = before;
        }
        found.then_some(())
    }

    fn is_at_end(&self) -> bool {
        self.rest().first().is_none_or(|&byte| is_blank(byte) || byte == b':')
    }

    fn taken(&self) -> Option<&'l str> {
        self.text.get(..self.at)
    }
}

/// `2026-11-21T00:02:50.309+01:00`, without decimals or zone too.
fn iso(line: &str) -> Option<&str> {
    let mut cursor = date_and_clock(line)?;
    let before_zone = cursor;
    if cursor.byte(b"Z").is_none() && cursor.byte(b"+-").is_some() {
        let is_offset = match cursor.run(|byte| byte.is_ascii_digit()) {
            4 => true,
            2 => cursor.byte(b":").is_some() && cursor.digits(2).is_some(),
            _ => false,
        };
        if !is_offset {
            cursor = before_zone;
        }
    }
    // A zone may stand apart.
    for apart in [" UTC", " GMT", " +0000", " Z"] {
        if cursor.at == before_zone.at && line.get(cursor.at..)?.starts_with(apart) {
            cursor.at += apart.len();
            if !cursor.is_at_end() {
                cursor = before_zone;
            }
        }
    }
    cursor.taken()
}

fn date_and_clock(line: &str) -> Option<Cursor<'_>> {
    let mut cursor = Cursor::new(line);
    cursor.digits(4)?;
    cursor.byte(b"-")?;
    cursor.digits(2)?;
    cursor.byte(b"-")?;
    cursor.digits(2)?;
    cursor.byte(b"Tt ")?;
    cursor.clock()?;
    Some(cursor)
}

/// Bytes of `2026-11-21 00:02:50`.
const CLOCK_END: usize = 19;

/// `2026-11-21 00:02:50 CET`, which follows a weekday: a zone that is not UTC by name is the server's own.
fn with_zone_name(line: &str) -> Option<(Time<'_>, &str)> {
    let text = iso(line)?;
    let rest = after(line.get(text.len()..)?)?;
    let zone = rest.bytes().take_while(|byte| byte.is_ascii_uppercase() || b"+-0123456789".contains(byte)).count();
    let has_zone =
        (2..=6).contains(&zone) && rest.as_bytes().get(zone).is_none_or(|&byte| is_blank(byte) || byte == b':');
    let has_own = text.get(CLOCK_END..)?.contains(['+', '-', 'Z', ' ']);
    if has_zone && !has_own {
        Some((Time::Iso(text), after(rest.get(zone..)?)?))
    } else {
        Some((Time::Iso(text), rest))
    }
}

/// `Nov 21 00:02:50`, with a year before the clock or after it: the text and the time it is.
fn with_month(line: &str) -> Option<(&str, Time<'_>)> {
    civil::month_named(line.get(..3)?)?;
    let mut cursor = Cursor { text: line, at: 3 };
    if cursor.run(|byte| byte == b' ') == 0 {
        return None;
    }
    if !(1..=2).contains(&cursor.run(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let year_first = cursor.year().is_some();
    if cursor.run(|byte| byte == b' ') == 0 {
        return None;
    }
    cursor.clock()?;
    if year_first {
        return cursor.taken().map(|text| (text, Time::Dated(text)));
    }
    let mut zoned = cursor;
    let has_zone = zoned.byte(b" ").is_some() && (2..=5).contains(&zoned.run(|byte| byte.is_ascii_uppercase()));
    if has_zone && zoned.year().is_some() {
        return zoned.taken().map(|text| (text, Time::Dated(text)));
    }
    let has_year = cursor.year().is_some();
    let text = cursor.taken()?;
    Some((text, if has_year { Time::Dated(text) } else { Time::Yearless(text) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_form() {
        for (text, time) in [
            ("2026-11-21T00:02:50.310123456Z", Time::Iso("2026-11-21T00:02:50.310123456Z")),
            ("2026-11-21T00:02:50+0100", Time::Iso("2026-11-21T00:02:50+0100")),
            ("2026-11-21T00:02:50.309-05:00", Time::Iso("2026-11-21T00:02:50.309-05:00")),
            ("2026-11-21 00:02:50,309", Time::Iso("2026-11-21 00:02:50,309")),
            ("2026-11-21 00:02:50 UTC", Time::Iso("2026-11-21 00:02:50 UTC")),
            ("Sat 2026-11-21 00:02:50 UTC", Time::Iso("2026-11-21 00:02:50 UTC")),
            ("Sat 2026-11-21 00:02:50 CET", Time::Iso("2026-11-21 00:02:50")),
            ("Nov 21 00:02:50", Time::Yearless("Nov 21 00:02:50")),
            ("Nov  1 00:02:50.309", Time::Yearless("Nov  1 00:02:50.309")),
            ("Nov 1 00:02:50", Time::Yearless("Nov 1 00:02:50")),
            ("Nov 21 2026 00:02:50.309", Time::Dated("Nov 21 2026 00:02:50.309")),
            ("Nov 21 00:02:50 2026", Time::Dated("Nov 21 00:02:50 2026")),
            ("Sat Nov 21 00:02:50 2026", Time::Dated("Nov 21 00:02:50 2026")),
            ("Sat Nov 21 00:02:50 UTC 2026", Time::Dated("Nov 21 00:02:50 UTC 2026")),
        ] {
            for (between, rest) in [(" ", "ns1 named: x"), (" ", " 5"), ("\t", "x"), (": ", "x"), ("", "")] {
                let line = format!("{text}{between}{rest}");
                assert_eq!(at_start(&line), Some((time, rest)), "{line}");
            }
        }
        let own = "21-Nov-2026 00:02:50.309";
        assert_eq!(classic(&format!("{own} client")), Some((Time::Classic(own), "client")));
        assert_eq!(classic(own), Some((Time::Classic(own), "")));
    }

    #[test]
    fn other_text() {
        for line in [
            "",
            "2026",
            "2026-11-21",
            "2026-11-21T00:02",
            "2026-11-21T00:02:50x",
            "2026-11-21T00:02:50.309X y",
            "Nov",
            "Nov 21",
            "Nov 21 00:02:50x",
            "Nov 211 00:02:50 x",
            "Nov21 00:02:50 x",
            "Növ 21 00:02:50 x",
            "Sat",
            "Sat x",
            "1795219513.658      5 ::1",
            "192.0.2.10 - - [21/Nov/2026:00:05:13 +0000]",
        ] {
            assert_eq!(at_start(line), None, "{line}");
        }
        for line in ["21-Nov-2026 00:02:50.30", "21-Nov-2026 00:02:50.3091", "ü1-Nov-2026 00:02:50.309"] {
            assert_eq!(classic(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_not(text in any::<String>(), likely in "(Sat |Nov )?[0-9TZ:.+A-Z -]{0,30}") {
            for text in [&text, &likely] {
                let _ = (at_start(text), classic(text));
            }
        }
    }
}
