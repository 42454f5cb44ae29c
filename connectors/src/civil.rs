//! Civil dates and times to seconds since the epoch (proleptic Gregorian calendar, UTC).

/// Days from 1970-01-01 to this date; `None` when the calendar has no such date.
#[must_use]
pub fn days(year: i64, month: u32, day: u32) -> Option<i64> {
    if !(1..=12).contains(&month) || day < 1 || day > month_length(year, month) || year.abs() > 1_000_000 {
        return None;
    }
    // Years begin in March, so that the leap day is the last day of a year (Howard Hinnant, "chrono-Compatible
    // Low-Level Date Algorithms").
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn month_length(year: i64, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Number of a month's English abbreviation, as the C locale writes it.
#[must_use]
pub fn month_named(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.iter().zip(1..).find(|(month, _)| **month == name).map(|(_, number)| number)
}

/// Seconds of the day of `HH:MM:SS`, a leap second counted as the second before.
#[must_use]
pub fn seconds_of_day(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':');
    let mut next = |most: i64| parts.next().filter(|part| part.len() == 2).and_then(|part| number(part, most));
    let (hour, minute, second) = (next(23)?, next(59)?, next(60)?);
    parts.next().is_none().then_some(hour * 3600 + minute * 60 + second.min(59))
}

/// Seconds east of UTC of `+HHMM`, `-HHMM`, `+HH:MM` or `Z`.
#[must_use]
pub fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (sign, digits) = match zone.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, zone.strip_prefix('+')?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None => digits.split_at_checked(2)?,
    };
    Some(sign * (number(hours, 23)? * 3600 + number(minutes, 59)? * 60))
}

/// Microseconds since the epoch of an RFC 3339 time such as `2018-03-24T17:15:20.865716Z`; digits past the sixth are
/// cut.
#[must_use]
pub fn rfc3339_micros(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let (fraction, zone) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at_checked(rest.bytes().take_while(u8::is_ascii_digit).count())?,
        None => ("0", rest),
    };
    let micros = fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(6)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let mut parts = date.split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(|year| number(year, 9999))?;
    let month = u32::try_from(number(parts.next()?, 12)?).ok()?;
    let day = u32::try_from(number(parts.next()?, 31)?).ok()?;
    let seconds = days(year, month, day)? * 86_400 + seconds_of_day(clock)? - offset(zone)?;
    Some(seconds * 1_000_000 + micros)
}

/// Seconds as a double: the nearest to the decimal that was written, for both numbers of the quotient are exact.
#[expect(clippy::cast_precision_loss, reason = "microseconds of the next centuries are below 2^53")]
#[inline]
pub(crate) fn seconds(micros: i64) -> f64 {
    micros as f64 / 1_000_000.0
}

/// A whole number of digits only, at most `most`.
fn number(digits: &str, most: i64) -> Option<i64> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|&value| all_digits && value <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_the_epoch() {
        assert_eq!(days(1970, 1, 1), Some(0));
        assert_eq!(days(2000, 2, 29), Some(11_016));
        assert_eq!(days(1969, 12, 31), Some(-1));
        assert_eq!(days(2017, 2, 29), None);
        assert_eq!(days(2017, 13, 1), None);
    }

    #[test]
    fn every_day_of_eight_centuries_follows_the_one_before() {
        let mut expected = days(1600, 1, 1).unwrap();
        for year in 1600..2400 {
            for month in 1..=12 {
                for day in 1..=month_length(year, month) {
                    assert_eq!(days(year, month, day), Some(expected), "{year}-{month}-{day}");
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn rfc3339_times() {
        assert_eq!(rfc3339_micros("2018-03-24T17:15:20.865716Z"), Some(1_521_911_720_865_716));
        assert_eq!(rfc3339_micros("2018-03-24T18:15:20.8657169+01:00"), Some(1_521_911_720_865_716));
        assert_eq!(rfc3339_micros("1960-01-01T00:00:00.000000Z"), Some(-315_619_200_000_000));
        for wrong in [
            "",
            "2018-03-24",
            "2018-03-24T17:15:20",
            "2018-03-24T25:15:20Z",
            "2018-02-30T17:15:20Z",
            "ü18-03-24T17:15:20Z",
        ] {
            assert_eq!(rfc3339_micros(wrong), None, "{wrong}");
        }
    }
}
