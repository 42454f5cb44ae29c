//! The day that a path shows.

use super::day_name::day_in;
use crate::civil;

/// The day of a file: that of its own name or, if there is none, of the nearest directory whose name has one; directories
/// of year, month and day one in the other (`2017/03/01`, `year=2017/month=03/day=01`) count as one. In days since the
/// epoch.
pub(super) fn day(path: &str) -> Option<i64> {
    let (directories, name) = path.rsplit_once('/').unwrap_or(("", path));
    day_in(name).or_else(|| {
        let mut rest = directories;
        while !rest.is_empty() {
            let (above, name) = rest.rsplit_once('/').unwrap_or(("", rest));
            let day = day_in(name).or_else(|| nested(rest));
            if day.is_some() {
                return day;
            }
            rest = above;
        }
        None
    })
}

/// The day of a directory whose last three names are year, month and day.
pub(super) fn nested(path: &str) -> Option<i64> {
    let mut names = path.rsplit('/').filter(|name| !name.is_empty());
    let mut number = |key: &str, digits: usize| {
        let name = names.next()?;
        let value = name.split_once('=').map_or(name, |(name, value)| if starts(key, name) { value } else { "" });
        (value.len() == digits && value.bytes().all(|byte| byte.is_ascii_digit())).then(|| value.parse::<u32>().ok())?
    };
    let (day, month, year) = (number("day", 2)?, number("month", 2)?, number("year", 4)?);
    civil::days(i64::from(year), month, day)
}

/// Whether `name` is `key`, or begins it: `y=2017`.
fn starts(key: &str, name: &str) -> bool {
    !name.is_empty() && key.starts_with(&name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST_OF_MARCH: Option<i64> = Some(17_226);

    #[test]
    fn the_nearest_day_counts() {
        for path in [
            "2017-03-01/dns.log",
            "/2018-01-01/2017-03-01/a/dns.log",
            "2018-01-01/dns.2017-03-01-22-00-00.log",
            "sensor-20170301/dns.log",
            "logs/2017/03/01/dns.log",
            "2017/03/01/22/dns.log",
            "year=2017/month=03/day=01/dns.log",
            "y=2017/m=03/d=01/hour=22/dns.log",
            "dt=2017-03-01/dns.log",
            "20_00_01_Mar_2017.out/log_tcp_complete",
        ] {
            assert_eq!(day(path), FIRST_OF_MARCH, "{path}");
        }
        for path in ["", "dns.log", "current/dns.log", "2017/03/dns.log", "2017/13/01/dns.log", "x=2017/03/01/dns.log"]
        {
            assert_eq!(day(path), None, "{path}");
        }
    }
}
