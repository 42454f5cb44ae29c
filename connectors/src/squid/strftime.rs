//! Times in a form of the user's: the argument of `%{…}tl` and `%{…}tg`, which Squid hands to `strftime()`.

use crate::civil;
use crate::prefix::Clock;

const DAY: i64 = 86_400;
const MICROS: i64 = 1_000_000;

/// A form of times, as `strftime()` takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    /// Whether a time without a zone is in UTC (`%tg`), not in local time (`%tl`).
    is_utc: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A number of at most so many digits, maybe padded with spaces.
    Number(Field, usize),
    /// A month's English name, whole or of three letters.
    Month,
    /// A weekday's English name, which says nothing more.
    Weekday,
    /// `AM` or `PM`, in either case.
    Half,
    /// `+0100`, `+01:00` or `Z`.
    Offset,
    /// A zone's abbreviation, which only says something when it is UTC.
    ZoneName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Year,
    /// The last two digits of a year from 1969 to 2068.
    ShortYear,
    Month,
    Day,
    DayOfYear,
    Hour,
    HourOfHalf,
    Minute,
    Second,
    Epoch,
    /// Weeks and weekdays by number.
    Ignored,
}

/// What has been read of a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Moment {
    epoch: Option<i64>,
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    day_of_year: Option<i64>,
    hour: Option<i64>,
    is_afternoon: Option<bool>,
    minute: i64,
    second: i64,
    offset: Option<i64>,
}

/// A time that no calendar or no clock has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoSuchTime;

impl Pattern {
    /// Compiles a form.
    ///
    /// # Errors
    /// The conversion that is none of `strftime()`, or whose text cannot be read.
    pub(super) fn compile(text: &str, is_utc: bool) -> Result<Self, String> {
        let mut parts = Vec::new();
        compile(text, &mut parts)?;
        Ok(Self { parts, is_utc })
    }

    /// Whether it says the day, but for its year.
    pub(super) fn has_day(&self) -> bool {
        let has = |wanted| self.has(wanted);
        has(Field::Epoch) || has(Field::DayOfYear) || (has(Field::Day) && (has(Field::Month) || self.has_month_name()))
    }

    /// Whether it says the time of day.
    pub(super) fn has_clock(&self) -> bool {
        self.has(Field::Epoch) || self.has(Field::Hour) || self.has(Field::HourOfHalf)
    }

    /// Whether it says what another form leaves out, and nothing that the other says.
    pub(super) fn completes(&self, other: &Self) -> bool {
        let zone = |pattern: &Self| pattern.parts.iter().any(|part| matches!(part, Part::Offset | Part::ZoneName));
        let both_say =
            self.has_day() && other.has_day() || self.has_clock() && other.has_clock() || zone(self) && zone(other);
        !both_say
    }

    /// Whether it begins with a zone's offset, which no digit begins.
    pub(super) fn begins_with_offset(&self) -> bool {
        matches!(self.parts.first(), Some(Part::Offset))
    }

    fn has(&self, wanted: Field) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Number(field, _) if *field == wanted))
    }

    fn has_month_name(&self) -> bool {
        self.parts.contains(&Part::Month)
    }

    /// Length of the time at the start of a text.
    pub(super) fn length(&self, text: &[u8]) -> Option<usize> {
        self.read(text, &mut Moment::default())
    }

    /// Reads a time at the start of a text, and adds what it says to `moment`; gives its length.
    fn read(&self, text: &[u8], moment: &mut Moment) -> Option<usize> {
        let mut rest = text;
        for part in &self.parts {
            rest = part.read(rest, moment)?;
        }
        if moment.offset.is_none() && self.is_utc {
            moment.offset = Some(0);
        }
        Some(text.len() - rest.len())
    }

    /// Reads a whole text, and adds what it says to `moment`.
    pub(super) fn add(&self, text: &str, moment: &mut Moment) -> Option<()> {
        (self.read(text.as_bytes(), moment)? == text.len()).then_some(())
    }
}

impl Moment {
    /// Microseconds since the epoch; `None` when it has no year and the clock was given none.
    ///
    /// # Errors
    /// No calendar has such a day, or no clock such a time.
    pub(super) fn micros(&self, clock: &Clock) -> Result<Option<i64>, NoSuchTime> {
        if let Some(epoch) = self.epoch {
            return epoch.checked_mul(MICROS).map(Some).ok_or(NoSuchTime);
        }
        let Some(year) = self.year.or_else(|| clock.year()) else { return Ok(None) };
        self.in_year(year, clock).map(Some).ok_or(NoSuchTime)
    }

    fn in_year(&self, year: i64, clock: &Clock) -> Option<i64> {
        let days = match (self.month, self.day, self.day_of_year) {
            (Some(month), Some(day), _) => civil::days(year, month, day)?,
            (_, _, Some(day)) => civil::days(year, 1, 1)? + day.checked_sub(1).filter(|day| (0..366).contains(day))?,
            _ => return None,
        };
        let hour = match (self.hour?, self.is_afternoon) {
            (hour, None) => hour,
            (hour, Some(is_afternoon)) => hour % 12 + if is_afternoon { 12 } else { 0 },
        };
        if hour > 23 || self.minute > 59 || self.second > 60 {
            return None;
        }
        let seconds = hour * 3600 + self.minute * 60 + self.second.min(59);
        match self.offset {
            Some(offset) => Some((days * DAY + seconds - offset) * MICROS),
            None => clock.local(days, seconds * MICROS),
        }
    }
}

fn compile(text: &str, parts: &mut Vec<Part>) -> Result<(), String> {
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('%') {
        push_text(parts, literal);
        // Flags and widths of GNU, and the modifiers of other calendars and digits.
        let after = after.trim_start_matches(|flag: char| "-_0^#EO".contains(flag) || flag.is_ascii_digit());
        let mut characters = after.chars();
        let conversion = characters.next().ok_or("it ends with a %")?;
        rest = characters.as_str();
        parts.push(match conversion {
            'Y' => Part::Number(Field::Year, 4),
            'y' => Part::Number(Field::ShortYear, 2),
            'm' => Part::Number(Field::Month, 2),
            'd' | 'e' => Part::Number(Field::Day, 2),
            'j' => Part::Number(Field::DayOfYear, 3),
            'H' | 'k' => Part::Number(Field::Hour, 2),
            'I' | 'l' => Part::Number(Field::HourOfHalf, 2),
            'M' => Part::Number(Field::Minute, 2),
            'S' => Part::Number(Field::Second, 2),
            's' => Part::Number(Field::Epoch, 12),
            'G' => Part::Number(Field::Ignored, 4),
            'C' | 'g' | 'U' | 'V' | 'W' => Part::Number(Field::Ignored, 2),
            'u' | 'w' => Part::Number(Field::Ignored, 1),
            'b' | 'B' | 'h' => Part::Month,
            'a' | 'A' => Part::Weekday,
            'p' | 'P' => Part::Half,
            'z' => Part::Offset,
            'Z' => Part::ZoneName,
            composed => {
                match composed {
                    '%' => push_text(parts, "%"),
                    'n' => push_text(parts, "\n"),
                    't' => push_text(parts, "\t"),
                    'F' => compile("%Y-%m-%d", parts)?,
                    'D' | 'x' => compile("%m/%d/%y", parts)?,
                    'T' | 'X' => compile("%H:%M:%S", parts)?,
                    'R' => compile("%H:%M", parts)?,
                    'r' => compile("%I:%M:%S %p", parts)?,
                    'c' => compile("%a %b %e %H:%M:%S %Y", parts)?,
                    other => return Err(format!("%{other} is no form of strftime that can be read")),
                }
                continue;
            }
        });
    }
    push_text(parts, rest);
    Ok(())
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(Part::Text(before)) => before.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The number of the name at the start of a text, from 0, and what follows the name.
fn name<'t>(names: &[&str], text: &'t [u8]) -> Option<(usize, &'t [u8])> {
    names.iter().enumerate().find_map(|(number, name)| {
        let (whole, short) = (name.as_bytes(), name.get(..3)?.as_bytes());
        text.strip_prefix(whole).or_else(|| text.strip_prefix(short)).map(|rest| (number, rest))
    })
}

impl Part {
    /// Takes this part off a text and keeps what it says.
    fn read<'t>(&self, text: &'t [u8], moment: &mut Moment) -> Option<&'t [u8]> {
        match self {
            Self::Text(literal) => text.strip_prefix(literal.as_bytes()),
            Self::Number(field, most) => {
                let digits = text.trim_ascii_start();
                let count = digits.iter().take(*most).take_while(|byte| byte.is_ascii_digit()).count();
                let (digits, rest) = digits.split_at_checked(count)?;
                let number = std::str::from_utf8(digits).ok()?.parse().ok()?;
                field.keep(number, moment)?;
                Some(rest)
            }
            Self::Month => {
                let (number, rest) = name(&MONTHS, text)?;
                moment.month = u32::try_from(number + 1).ok();
                Some(rest)
            }
            Self::Weekday => name(&WEEKDAYS, text).map(|(_, rest)| rest),
            Self::Half => {
                let (half, rest) = text.split_at_checked(2)?;
                moment.is_afternoon = match half {
                    b"AM" | b"am" => Some(false),
                    b"PM" | b"pm" => Some(true),
                    _ => return None,
                };
                Some(rest)
            }
            Self::Offset => {
                let length = match text {
                    [b'Z', ..] => 1,
                    [b'+' | b'-', _, _, b':', ..] => 6,
                    _ => 5,
                };
                let (zone, rest) = text.split_at_checked(length)?;
                moment.offset = Some(civil::offset(std::str::from_utf8(zone).ok()?)?);
                Some(rest)
            }
            Self::ZoneName => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-');
                let (zone, rest) = text.split_at_checked(text.iter().take_while(|byte| is_part(byte)).count())?;
                if matches!(zone, b"UTC" | b"GMT") {
                    moment.offset = Some(0);
                }
                (!zone.is_empty()).then_some(rest)
            }
        }
    }
}

impl Field {
    fn keep(self, number: i64, moment: &mut Moment) -> Option<()> {
        match self {
            Self::Year => moment.year = Some(number),
            Self::ShortYear => moment.year = Some(number + if number < 69 { 2000 } else { 1900 }),
            Self::Month => moment.month = Some(u32::try_from(number).ok()?),
            Self::Day => moment.day = Some(u32::try_from(number).ok()?),
            Self::DayOfYear => moment.day_of_year = Some(number),
            Self::Hour | Self::HourOfHalf => moment.hour = Some(number),
            Self::Minute => moment.minute = number,
            Self::Second => moment.second = number,
            Self::Epoch => moment.epoch = Some(number),
            Self::Ignored => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::ScanOptions;
    use proptest::prelude::*;

    /// 2026-11-21 00:05:13 UTC.
    const TIME: i64 = 1_795_219_513;

    fn clock(options: &[(&str, &str)]) -> Clock {
        let given = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Clock::new(&ScanOptions { given, ..ScanOptions::default() }).unwrap()
    }

    fn seconds(pattern: &str, text: &str, is_utc: bool, options: &[(&str, &str)]) -> Option<Option<i64>> {
        let pattern = Pattern::compile(pattern, is_utc).unwrap();
        assert!(pattern.length(text.as_bytes()).is_none_or(|length| length <= text.len()));
        let mut moment = Moment::default();
        pattern.add(text, &mut moment)?;
        Some(moment.micros(&clock(options)).ok()?.map(|micros| micros / MICROS))
    }

    #[test]
    fn forms_of_a_time() {
        for (pattern, text) in [
            ("%Y-%m-%dT%H:%M:%S%z", "2026-11-21T00:05:13+0000"),
            ("%Y-%m-%dT%H:%M:%S%z", "2026-11-21T01:05:13+01:00"),
            ("%Y-%m-%dT%H:%M:%S%z", "2026-11-21T00:05:13Z"),
            ("%FT%TZ", "2026-11-21T00:05:13Z"),
            ("%d/%m/%Y %H:%M:%S", "21/11/2026 00:05:13"),
            ("%d.%m.%y %k:%M:%S", "21.11.26  0:05:13"),
            ("%a %b %e %T %Y", "Sat Nov 21 00:05:13 2026"),
            ("%c", "Sat Nov 21 00:05:13 2026"),
            ("%A, %d %B %Y %I:%M:%S %p", "Saturday, 21 November 2026 12:05:13 AM"),
            ("%D %r", "11/21/26 12:05:13 AM"),
            ("%Y%m%d%H%M%S", "20261121000513"),
            ("%Y-%j %X", "2026-325 00:05:13"),
            ("%d/%b/%Y:%H:%M:%S %Z", "21/Nov/2026:00:05:13 UTC"),
            ("%d/%b/%Y:%H:%M:%S %Z", "21/Nov/2026:00:05:13 CET"),
            ("%s", "1795219513"),
            ("%G-W%V-%u %F %T%%", "2026-W47-6 2026-11-21 00:05:13%"),
            ("%-d.%-m.%Y %H:%M:%S", "21.11.2026 00:05:13"),
        ] {
            assert_eq!(seconds(pattern, text, false, &[]), Some(Some(TIME)), "{pattern}");
        }
        assert_eq!(seconds("%F %I %P", "2026-11-21 11 pm", true, &[]), Some(Some(TIME - 313 + 23 * 3600)));
    }

    #[test]
    fn zones_and_years() {
        let rome = [("timezone", "Europe/Rome")];
        assert_eq!(seconds("%F %T", "2026-11-21 01:05:13", false, &rome), Some(Some(TIME)));
        assert_eq!(seconds("%F %T", "2026-11-21 00:05:13", true, &rome), Some(Some(TIME)));
        assert_eq!(seconds("%F %T %Z", "2026-11-21 00:05:13 GMT", false, &rome), Some(Some(TIME)));
        assert_eq!(seconds("%F %T%z", "2026-11-20 19:05:13-0500", true, &rome), Some(Some(TIME)));
        assert_eq!(seconds("%b %e %T", "Nov 21 00:05:13", false, &[]), Some(None));
        assert_eq!(seconds("%b %e %T", "Nov 21 00:05:13", false, &[("syslogYear", "2026")]), Some(Some(TIME)));
    }

    #[test]
    fn what_it_says() {
        let says = |pattern| {
            let pattern = Pattern::compile(pattern, false).unwrap();
            (pattern.has_day(), pattern.has_clock())
        };
        assert_eq!((says("%F"), says("%T"), says("%F %T")), ((true, false), (false, true), (true, true)));
        assert_eq!((says("%s"), says("%Y %b"), says("%j %I")), ((true, true), (false, false), (true, true)));
        assert!(Pattern::compile("%z", false).unwrap().begins_with_offset());
    }

    #[test]
    fn wrong_times_and_forms() {
        for (pattern, text) in [
            ("%F", "2026-11"),
            ("%F %T", "2026-02-30 00:05:13"),
            ("%F %T", "2026-13-20 00:05:13"),
            ("%F %T", "2026-11-21 25:05:13"),
            ("%F %T", "2026-11-21 00:05:13x"),
            ("%F %T%z", "2026-11-21 00:05:13+1"),
            ("%b", "Nev"),
            ("%p", "XM"),
            ("%Y-%j %T", "2026-367 00:00:00"),
            ("%Y-%j %T", "2026-0 00:00:00"),
        ] {
            assert_eq!(seconds(pattern, text, false, &[]), None, "{text}");
        }
        for (pattern, problem) in [("%F %", "ends with a %"), ("%Q", "%Q is no form"), ("%+", "%+ is no form")] {
            assert!(Pattern::compile(pattern, false).unwrap_err().contains(problem), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(pattern in "(%?[a-zA-Z%-]|[ -~ü]){0,8}", text in any::<String>(), likely in "[0-9A-Za-z:+ -]{0,24}") {
            if let Ok(pattern) = Pattern::compile(&pattern, false) {
                for text in [&text, &likely] {
                    let mut moment = Moment::default();
                    let _ = (pattern.length(text.as_bytes()), pattern.add(text, &mut moment), moment.micros(&clock(&[])));
                }
            }
        }

        #[test]
        fn what_strftime_writes_comes_back(
            seconds_written in 0_i64..4_000_000_000,
            pattern in prop::sample::select(vec!["%FT%T%z", "%d/%b/%Y:%H:%M:%S %z", "%a %e %B %Y %I:%M:%S %p", "%s", "%y%j%H%M%S", "%D %k:%M:%S"]),
        ) {
            let moment = jiff::Timestamp::from_second(seconds_written).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
            // `%y` has two digits only.
            prop_assume!(moment.year() < 2069);
            let text = moment.strftime(pattern).to_string();
            prop_assert_eq!(seconds(pattern, &text, true, &[]), Some(Some(seconds_written)), "{}", text);
        }
    }
}
