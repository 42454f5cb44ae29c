//! Times of lines to microseconds since the epoch.

use super::time::Time;
use super::words::skip_blanks;
use super::zone::Zone;
use crate::bad::Fault;
use crate::civil;
use crate::error::Error;
use crate::options::ScanOptions;

/// What BIND writes when it cannot tell the time.
const NO_TIME: &str = "99-Bad-9999 99:99:99.999";

/// Reads times by the options `timezone` and `syslogYear`.
pub struct Clock {
    zone: Zone,
    /// Year of times that have none.
    year: Option<i64>,
}

impl Clock {
    /// A clock set by the options `timezone` (UTC without it) and `syslogYear`.
    ///
    /// # Errors
    /// An option is not valid.
    pub fn new(options: &ScanOptions) -> Result<Self, Error> {
        let year = options.given.text("syslogYear").map(|text| {
            let year = text.parse().ok().filter(|year| (1970..=9999).contains(year));
            year.ok_or_else(|| Error::option(format!("The option syslogYear is a year from 1970 on, not {text}.")))
        });
        Ok(Self { zone: Zone::of(&options.given)?, year: year.transpose()? })
    }

    /// Microseconds since the epoch; `None` when there is no time, or one without a year and no year was given.
    ///
    /// # Errors
    /// The text is no time.
    #[inline]
    pub fn micros(&self, time: Option<Time<'_>>) -> Result<Option<i64>, Fault> {
        let (read, text) = match time {
            None | Some(Time::Classic(NO_TIME)) => return Ok(None),
            Some(Time::Classic(text)) => (self.classic(text), text),
            Some(Time::Iso(text)) => (self.iso(text), text),
            Some(Time::Dated(text)) => (self.dated(text), text),
            Some(Time::Yearless(text)) => {
                let Some(year) = self.year else { return Ok(None) };
                (self.yearless(text, year), text)
            }
            Some(Time::Micros(micros)) => return Ok(Some(micros)),
        };
        read.map(Some).ok_or_else(|| fault(text))
    }

    /// The year of times that have none, if it was given.
    pub(crate) fn year(&self) -> Option<i64> {
        self.year
    }

    #[inline]
    fn classic(&self, text: &str) -> Option<i64> {
        let month = civil::month_named(text.get(3..6)?)?;
        let [d1, d2, b'-', _, _, _, b'-', y1, y2, y3, y4, b' ', clock @ ..] = text.as_bytes() else { return None };
        let (micros, b"") = time_of_day(clock)? else { return None };
        let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
        self.local(civil::days(year, month, u32::try_from(two(*d1, *d2)?).ok()?)?, micros)
    }

    #[inline]
    fn iso(&self, text: &str) -> Option<i64> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't' | b' ', clock @ ..] = text.as_bytes() else {
            return None;
        };
        let (micros, zone) = time_of_day(clock)?;
        let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
        let month = u32::try_from(two(*m1, *m2)?).ok()?;
        let days = civil::days(year, month, u32::try_from(two(*d1, *d2)?).ok()?)?;
        if zone.is_empty() {
            return self.local(days, micros);
        }
        let offset = match std::str::from_utf8(zone).ok()?.trim_ascii_start() {
            "UTC" | "GMT" => 0,
            zone => civil::offset(zone)?,
        };
        Some((days * DAY - offset) * MICROS + micros)
    }

    /// `Nov 21 2026 00:02:50`, `Nov 21 00:02:50 2026` or `Nov 21 00:02:50 UTC 2026`.
    fn dated(&self, text: &str) -> Option<i64> {
        let (month, day, rest) = month_and_day(text)?;
        let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let (year, clock, zone) = match rest.split_once(' ').filter(|(first, _)| is_year(first)) {
            Some((year, clock)) => (year, clock, ""),
            None => {
                let (clock, year) = rest.rsplit_once(' ')?;
                let (clock, zone) = clock.split_once(' ').unwrap_or((clock, ""));
                (year, clock, zone)
            }
        };
        let (micros, b"") = time_of_day(skip_blanks(clock).as_bytes())? else { return None };
        let year = is_year(year).then(|| year.parse().ok()).flatten()?;
        let days = civil::days(year, month, day)?;
        match zone {
            "UTC" | "GMT" => Some(days * DAY * MICROS + micros),
            _ => self.local(days, micros),
        }
    }

    fn yearless(&self, text: &str, year: i64) -> Option<i64> {
        let (month, day, clock) = month_and_day(text)?;
        let (micros, b"") = time_of_day(clock.as_bytes())? else { return None };
        self.local(civil::days(year, month, day)?, micros)
    }

    /// A local time, of a day since the epoch and microseconds of it.
    #[inline]
    pub(crate) fn local(&self, days: i64, micros: i64) -> Option<i64> {
        let seconds = self.zone.to_utc(days * DAY + micros / MICROS)?;
        Some(seconds * MICROS + micros % MICROS)
    }
}

/// Month and day of `Nov 21 …`, and what follows them.
fn month_and_day(text: &str) -> Option<(u32, u32, &str)> {
    let month = civil::month_named(text.get(..3)?)?;
    let (day, rest) = skip_blanks(text.get(3..)?).split_once(' ')?;
    Some((month, day.parse().ok()?, skip_blanks(rest)))
}

const DAY: i64 = 86_400;
const MICROS: i64 = 1_000_000;

#[cold]
fn fault(text: &str) -> Fault {
    let expected = "a time such as 21-Nov-2026 00:02:50.309, 2026-11-21T00:02:50.309Z or Nov 21 00:02:50";
    Fault::field("time", expected, text)
}

/// Microseconds of `hh:mm:ss.mmm`, with any number of decimals, and what follows. A leap second is counted as the second
/// before.
#[inline]
fn time_of_day(clock: &[u8]) -> Option<(i64, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = clock else { return None };
    let (hour, minute, second) = (two(*h1, *h2)?, two(*m1, *m2)?, two(*s1, *s2)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, rest) = match rest {
        [b'.' | b',', rest @ ..] => decimals(rest)?,
        rest => (0, rest),
    };
    Some(((hour * 3600 + minute * 60 + second.min(59)) * MICROS + fraction, rest))
}

/// Decimals of a second as microseconds, those past the sixth cut, and what follows.
#[inline]
fn decimals(text: &[u8]) -> Option<(i64, &[u8])> {
    let (mut micros, mut unit, mut rest) = (0, MICROS / 10, text);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        micros += i64::from(digit - b'0') * unit;
        unit /= 10;
        rest = after;
    }
    (rest.len() < text.len()).then_some((micros, rest))
}

#[inline]
fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| i64::from(tens) * 10 + i64::from(ones))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clock(options: &[(&str, &str)]) -> Result<Clock, Error> {
        let given = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Clock::new(&ScanOptions { given, ..ScanOptions::default() })
    }

    /// 2026-11-21 00:02:50.309 UTC.
    const TIME: i64 = 1_795_219_370_309_000;

    #[test]
    fn every_form() {
        let utc = clock(&[("syslogYear", "2026")]).unwrap();
        let rome = clock(&[("timezone", "Europe/Rome"), ("syslogYear", "2026")]).unwrap();
        for (time, in_utc, in_rome) in [
            (Time::Classic("21-Nov-2026 00:02:50.309"), TIME, TIME - 3_600_000_000),
            (Time::Iso("2026-11-21T00:02:50.309"), TIME, TIME - 3_600_000_000),
            (Time::Iso("2026-11-21T00:02:50.309Z"), TIME, TIME),
            (Time::Iso("2026-11-21T01:02:50.309+01:00"), TIME, TIME),
            (Time::Iso("2026-11-20T19:02:50.309123-05:00"), TIME + 123, TIME + 123),
            (Time::Iso("2026-11-21 00:02:50,309"), TIME, TIME - 3_600_000_000),
            (Time::Iso("2026-11-21 00:02:50.309 UTC"), TIME, TIME),
            (Time::Iso("2026-11-21 00:02:50.309 +0000"), TIME, TIME),
            (Time::Yearless("Nov 21 00:02:50.309"), TIME, TIME - 3_600_000_000),
            (Time::Yearless("Nov 21 00:02:50"), TIME - 309_000, TIME - 3_600_309_000),
            (Time::Dated("Nov 21 2026 00:02:50.309"), TIME, TIME - 3_600_000_000),
            (Time::Dated("Nov 21 00:02:50.309 2026"), TIME, TIME - 3_600_000_000),
            (Time::Dated("Nov 21 00:02:50.309 CET 2026"), TIME, TIME - 3_600_000_000),
            (Time::Dated("Nov 21 00:02:50.309 UTC 2026"), TIME, TIME),
            (Time::Micros(TIME), TIME, TIME),
        ] {
            let time = Some(time);
            assert_eq!(utc.micros(time), Ok(Some(in_utc)), "{time:?}");
            assert_eq!(rome.micros(time), Ok(Some(in_rome)), "{time:?}");
        }
    }

    #[test]
    fn no_time() {
        let clock = clock(&[]).unwrap();
        for time in [None, Some(Time::Classic(NO_TIME)), Some(Time::Yearless("Nov 21 00:02:50"))] {
            assert_eq!(clock.micros(time), Ok(None), "{time:?}");
        }
    }

    #[test]
    fn wrong_times_and_options() {
        let clock_2026 = clock(&[("syslogYear", "2026")]).unwrap();
        for time in [
            Time::Classic("31-Feb-2026 00:02:50.309"),
            Time::Classic("21-nov-2026 00:02:50.309"),
            Time::Classic("21-Nov-2026 24:02:50.309"),
            Time::Classic("21-Nov-2026 00:02:50.xxx"),
            Time::Iso("2026-11-21T00:02:50.309X"),
            Time::Iso("2026-11-21T00:02"),
            Time::Iso("2026-11-21T00:02:50."),
            Time::Yearless("Feb 29 00:02:50"),
            Time::Yearless("Feb"),
            Time::Dated("Feb 30 2026 00:02:50"),
            Time::Dated("Feb 20 00:02:50"),
            Time::Dated("Feb 20 00:02:50 26"),
        ] {
            assert_eq!(clock_2026.micros(Some(time)).unwrap_err().column.as_deref(), Some("time"), "{time:?}");
        }
        for year in ["", "now", "26", "10000"] {
            assert!(clock(&[("syslogYear", year)]).err().unwrap().message.contains("syslogYear"), "{year}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_time_or_not(text in any::<String>(), likely in "[0-9TZ:.+ -]{0,30}") {
            let clock = clock(&[("syslogYear", "2026"), ("timezone", "Europe/Rome")]).unwrap();
            for text in [&text, &likely] {
                for time in [Time::Classic(text), Time::Iso(text), Time::Dated(text), Time::Yearless(text)] {
                    let _ = clock.micros(Some(time));
                }
            }
        }

        #[test]
        fn iso_times_are_those_of_rfc_3339(seconds in 0_i64..4_000_000_000, millis in 0_i64..1000, zone in "Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]") {
            let time = Timestamp::from_second(seconds).unwrap().strftime("%Y-%m-%dT%H:%M:%S").to_string();
            let text = format!("{time}.{millis:03}{zone}");
            let micros = clock(&[("timezone", "Asia/Tokyo")]).unwrap().micros(Some(Time::Iso(&text))).unwrap();
            prop_assert_eq!(micros, civil::rfc3339_micros(&text));
        }
    }

    use jiff::Timestamp;
}
