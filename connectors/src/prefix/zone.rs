//! The time zone of times that are written without one.

use std::cell::Cell;

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use crate::civil;
use crate::error::Error;
use crate::nearest::suggestion;
use crate::options::Options;

/// The option's name.
const OPTION: &str = "timezone";

/// How far local time is from UTC.
pub(super) enum Zone {
    /// Always so many seconds east.
    Fixed(i64),
    /// By the rules of a place. The offset of one minute is kept: lines of a log follow each other in time, and clocks
    /// are changed at whole minutes.
    Named { zone: TimeZone, minute: Cell<(i64, i64)> },
}

impl Zone {
    /// The zone that the user's option names; UTC without it.
    ///
    /// # Errors
    /// There is no such zone; the message names the nearest.
    pub(super) fn of(options: &Options) -> Result<Self, Error> {
        let Some(name) = options.text(OPTION) else { return Ok(Self::Fixed(0)) };
        if let Some(seconds) = civil::offset(name) {
            return Ok(Self::Fixed(seconds));
        }
        let database = TimeZoneDatabase::bundled();
        let zone = database.get(name).map_err(|_| unknown(name, &database))?;
        Ok(match zone.to_fixed_offset() {
            Ok(offset) => Self::Fixed(i64::from(offset.seconds())),
            Err(_) => Self::Named { zone, minute: Cell::new((i64::MIN, 0)) },
        })
    }

    /// Seconds since the epoch of a local time, given as if it were UTC. Of a time that comes twice, when clocks are put
    /// back, the first is meant; one that does not come, when they are put forward, is so much later. `None` when the
    /// time is too far away.
    #[inline]
    pub(super) fn to_utc(&self, local: i64) -> Option<i64> {
        match self {
            Self::Fixed(offset) => Some(local - offset),
            Self::Named { zone, minute } => {
                let (known, offset) = minute.get();
                let now = local.div_euclid(60);
                if now == known {
                    return Some(local - offset);
                }
                let offset = offset_at(zone, local)?;
                minute.set((now, offset));
                Some(local - offset)
            }
        }
    }
}

fn offset_at(zone: &TimeZone, local: i64) -> Option<i64> {
    let as_utc = Timestamp::from_second(local).ok()?;
    let moment = zone.to_timestamp(Offset::UTC.to_datetime(as_utc)).ok()?;
    Some(local - moment.as_second())
}

fn unknown(name: &str, database: &TimeZoneDatabase) -> Error {
    let known = database.available().map(|zone| zone.as_str().to_owned()).collect::<Vec<_>>();
    let near = suggestion(name, known.iter().map(String::as_str));
    let forms = "a name such as Europe/Rome or an offset such as +01:00";
    Error::option(format!("The option {OPTION} is {forms}, not {name}.{near}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Result<Zone, Error> {
        Zone::of(&[("timezone".to_owned(), name.to_owned())].into_iter().collect())
    }

    #[test]
    fn offsets_and_names() {
        let noon = civil::days(2026, 11, 21).unwrap() * 86_400 + 43_200;
        for (name, offset) in [
            ("UTC", 0),
            ("Z", 0),
            ("+01:00", 3600),
            ("-0330", -12_600),
            ("Europe/Rome", 3600),
            ("america/new_york", -18_000),
            ("Asia/Kolkata", 19_800),
            ("Etc/GMT-2", 7200),
        ] {
            assert_eq!(zone(name).unwrap().to_utc(noon), Some(noon - offset), "{name}");
        }
        assert_eq!(Zone::of(&Options::default()).unwrap().to_utc(noon), Some(noon));
    }

    #[test]
    fn clocks_put_back_and_forward() {
        let rome = zone("Europe/Rome").unwrap();
        let local =
            |month, hour: i64, minute: i64| civil::days(2026, month, 25).unwrap() * 86_400 + hour * 3600 + minute * 60;
        // 25 October 2026, 03:00 becomes 02:00.
        for (hour, minute, offset) in [(1, 59, 2), (2, 0, 2), (2, 59, 2), (3, 0, 1)] {
            let time = local(10, hour, minute);
            assert_eq!(rome.to_utc(time), Some(time - offset * 3600), "{hour}:{minute}");
        }
        // 29 March 2026, 02:00 becomes 03:00.
        let skipped = local(3, 2, 30) + 4 * 86_400;
        assert_eq!(rome.to_utc(skipped), Some(skipped - 3600));
        assert_eq!(rome.to_utc(skipped + 1800), Some(skipped - 3600 - 1800));
    }

    #[test]
    fn unknown_zones_bring_the_nearest() {
        let message = zone("Europe/Rom").err().unwrap().message;
        assert!(message.ends_with("not Europe/Rom. Did you mean Europe/Rome?"), "{message}");
        assert!(zone("").is_err() && zone("+1").is_err() && zone("+25:00").is_err());
    }
}
