//! The day in the name of a file or directory, wherever it stands in it and in whichever form.

use crate::civil;

/// Years that a run of digits without separators may begin with: other runs are numbers of other things.
const YEARS: std::ops::RangeInclusive<u32> = 1980..=2099;
/// Seconds since the epoch, as logrotate's `dateformat -%s` writes them: from 2001 on, as long as they have ten digits
/// that begin with 1.
const EPOCHS: std::ops::Range<i64> = 1_000_000_000..2_000_000_000;
const DAY: i64 = 86_400;

/// The first day in a name, as days since the epoch. It may be written
///
/// - `20170301`, also with a time behind it: `2017030122`, `20170301220000`;
/// - `2017-03-01`, `2017_03_01`, `2017.03.01`;
/// - `01_Mar_2017`, `01-Mar-2017`, `01Mar2017`, `2017-Mar-01`;
/// - `1488326400`, seconds since the epoch.
pub(super) fn day_in(name: &str) -> Option<i64> {
    let bytes = name.as_bytes();
    let starts = (0..bytes.len()).filter(|&start| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        digit(start) && (start == 0 || !digit(start - 1))
    });
    starts.filter_map(|start| name.get(start..)).find_map(run)
}

/// The day that a name is and nothing else: `2017-03-01`, `2017_03_01`, `20170301`.
pub(super) fn whole_day(name: &str) -> Option<i64> {
    match name.len() {
        8 => compact(name),
        10 if !name.contains('.') => with_separators(name),
        _ => None,
    }
}

/// The day at the start of a text that begins with a whole run of digits.
fn run(text: &str) -> Option<i64> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    match length {
        // The hour, minute and second may follow, or the number that BIND gives a version.
        8 | 12 | 14 | 16 | 17 => likely(text),
        10 => hour(text).or_else(|| epoch(text.get(..10)?)),
        4 => with_separators(text).or_else(|| month_named(text)),
        1 | 2 => day_first(text, length),
        _ => None,
    }
}

/// `YYYYMMDD` at the start of a text.
fn compact(text: &str) -> Option<i64> {
    let (year, month, day) = (number(text.get(..4)?)?, number(text.get(4..6)?)?, number(text.get(6..8)?)?);
    civil::days(i64::from(year), month, day)
}

/// `YYYYMMDD` at the start of a text that may be any number.
fn likely(text: &str) -> Option<i64> {
    if YEARS.contains(&number(text.get(..4)?)?) { compact(text) } else { None }
}

/// `YYYYMMDDHH`.
fn hour(text: &str) -> Option<i64> {
    if number(text.get(8..10)?)? < 24 { likely(text) } else { None }
}

fn epoch(digits: &str) -> Option<i64> {
    let seconds = digits.parse::<i64>().ok()?;
    EPOCHS.contains(&seconds).then_some(seconds.div_euclid(DAY))
}

/// `YYYY-MM-DD`, with one of `-_.` both times, at the start of a text; behind it there is no further digit.
fn with_separators(text: &str) -> Option<i64> {
    let separator = text.get(4..5).filter(|separator| "-_.".contains(separator))?;
    let (year, rest) = (number(text.get(..4)?)?, text.get(5..)?);
    let (month, rest) = (number(rest.get(..2)?)?, rest.get(2..)?.strip_prefix(separator)?);
    let day = number(rest.get(..2)?)?;
    if rest.as_bytes().get(2).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    civil::days(i64::from(year), month, day)
}

/// `YYYY-Mon-DD` at the start of a text.
fn month_named(text: &str) -> Option<i64> {
    let (year, rest) = (number(text.get(..4)?)?, text.get(4..)?);
    let (month, rest) = month(rest)?;
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&length) {
        return None;
    }
    civil::days(i64::from(year), month, number(rest.get(..length)?)?)
}

/// `DD-Mon-YYYY` at the start of a text, whose first `length` bytes are digits.
fn day_first(text: &str, length: usize) -> Option<i64> {
    let (day, rest) = (number(text.get(..length)?)?, text.get(length..)?);
    let (month, rest) = month(rest)?;
    let year = number(rest.get(..4)?)?;
    if rest.as_bytes().get(4).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    civil::days(i64::from(year), month, day)
}

/// The month whose English abbreviation stands at the start of a text, and what follows; a separator may be on either
/// side.
fn month(text: &str) -> Option<(u32, &str)> {
    let (name, rest) = unseparated(text).split_at_checked(3)?;
    let mut name = name.to_ascii_lowercase();
    name.get_mut(..1)?.make_ascii_uppercase();
    Some((civil::month_named(&name)?, unseparated(rest)))
}

fn unseparated(text: &str) -> &str {
    text.strip_prefix(['-', '_', '.']).unwrap_or(text)
}

/// A number of digits only.
fn number(digits: &str) -> Option<u32> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Days since the epoch of 1 March 2017.
    const FIRST_OF_MARCH: Option<i64> = Some(17_226);

    #[test]
    fn days_anywhere_in_a_name() {
        for name in [
            "access-20170301.log",
            "access.log-20170301.gz",
            "access.log-2017-03-01",
            "access_2017_03_01.log",
            "access.2017.03.01.log",
            "access.log-2017030122",
            "access.log-20170301-22.gz",
            "query.log.20170301220000",
            "query.log.20170301220000123",
            "access.log-1488326400",
            "access.log-1488412799.gz",
            "dns.2017-03-01-22-00-00.log",
            "dns__2017-03-01-22-00-00__2017-03-02-00-00-00__.log",
            "proxy10-20170301T220000Z.log",
            "2017_03_01_22_00.out",
            "20_00_01_Mar_2017.out",
            "01Mar2017",
            "1-mar-2017",
            "2017-Mar-01",
            "2017Mar1",
            "dt=2017-03-01",
            "192.0.2.1-20170301",
        ] {
            assert_eq!(day_in(name), FIRST_OF_MARCH, "{name}");
        }
    }

    #[test]
    fn other_numbers_are_no_days() {
        for name in [
            "",
            "access.log.1",
            "dns.22:00:00-23:00:00.log",
            "access-20171301.log",
            "access-21170301.log",
            "access-2017-03.log",
            "access-2017-03_01.log",
            "access-2017-03-011.log",
            "access-120170301.log",
            "access.log-2017030124",
            "access.log-2999999999",
            "access.log-0988326400",
            "host-192.168.10.20",
            "31_Feb_2017",
            "20_00_01_Mat_2017",
            "01_Mar_20170",
            "é2017é03é01",
        ] {
            assert_eq!(day_in(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_are_days() {
        for name in ["2017-03-01", "2017_03_01", "20170301"] {
            assert_eq!(whole_day(name), FIRST_OF_MARCH, "{name}");
        }
        for name in ["2017.03.01", "2017-03_01", "x20170301", "2017-03-01x", "2017-3-1", "1488326400", "2017-03-0é"] {
            assert_eq!(whole_day(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(name in "[0-9a-z._é-]{0,30}|\\PC{0,20}") {
            let _ = (day_in(&name), whole_day(&name));
        }
    }
}
