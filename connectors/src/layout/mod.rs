//! Which files of a tool's directory tree belong to a range of days.

mod names;

use serde::Deserialize;

use self::names::FileNames;
use crate::civil;
use crate::error::Error;
use crate::options::Options;
use crate::registry;

/// What to do with an entry of a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Verdict {
    /// Not a file of this connector.
    Other = 0,
    /// A file to read.
    Read = 1,
    /// A directory to look into.
    Descend = 2,
    /// A file or directory of another day.
    OtherDay = 3,
    /// Days were asked for, and the path shows none.
    NoDay = 4,
}

/// One listing of one or more directories, to be judged.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    pub connector: String,
    /// First day, `YYYY_MM_DD`; `None`: from the beginning.
    pub start_day: Option<String>,
    /// Last day, inclusive; `None`: to the end.
    pub end_day: Option<String>,
    /// Path, and whether it is a directory.
    pub entries: Vec<(String, bool)>,
    /// The reader's options as the user gave them: some ask for further files.
    #[serde(default)]
    pub options: Options,
}

/// Judges every entry, in order.
///
/// # Errors
/// The connector is unknown, a day is none, or the last day is before the first.
pub fn judge(listing: &Listing) -> Result<Vec<Verdict>, Error> {
    let connector = registry::connector(&listing.connector)?;
    let days = Days::new(listing.start_day.as_deref(), listing.end_day.as_deref())?;
    let names = FileNames::of(&connector.name, &listing.options)?;
    Ok(listing.entries.iter().map(|(path, directory)| verdict(names, &days, path, *directory)).collect())
}

/// A day given by a user: `YYYY_MM_DD`, `YYYY-MM-DD` or `YYYYMMDD`, as days since the epoch.
///
/// # Errors
/// It is no day.
pub fn day(text: &str) -> Result<i64, Error> {
    whole_day(text).ok_or_else(|| Error::option(format!("A day is written YYYY_MM_DD, not {text}.")))
}

struct Days {
    first: i64,
    last: i64,
    asked: bool,
}

impl Days {
    fn new(start: Option<&str>, end: Option<&str>) -> Result<Self, Error> {
        let first = start.map(day).transpose()?.unwrap_or(i64::MIN);
        let last = end.map(day).transpose()?.unwrap_or(i64::MAX);
        if last < first {
            let (start, end) = (start.unwrap_or_default(), end.unwrap_or_default());
            return Err(Error::option(format!("The last day, {end}, is before the first, {start}.")));
        }
        Ok(Self { first, last, asked: start.is_some() || end.is_some() })
    }

    fn holds(&self, day: i64) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

fn verdict(names: FileNames, days: &Days, path: &str, directory: bool) -> Verdict {
    let mut components = path.rsplit('/').filter(|component| !component.is_empty());
    let name = components.next().unwrap_or_default();
    if name.starts_with(['.', '_']) || name.ends_with(".crc") || name.contains("_COPYING_") {
        return Verdict::Other;
    }
    if directory {
        return match names.day_of_directory(name) {
            Some(day) if !days.holds(day) => Verdict::OtherDay,
            _ => Verdict::Descend,
        };
    }
    if !names.owns(name) {
        return Verdict::Other;
    }
    match names.day_in(name).or_else(|| components.find_map(|directory| names.day_of_directory(directory))) {
        Some(day) if days.holds(day) => Verdict::Read,
        Some(_) => Verdict::OtherDay,
        None if days.asked => Verdict::NoDay,
        None => Verdict::Read,
    }
}

/// `YYYY-MM-DD`, `YYYY_MM_DD` or `YYYYMMDD`, and nothing more.
fn whole_day(text: &str) -> Option<i64> {
    let digits = match text.len() {
        8 => text.to_owned(),
        10 => {
            let separators = (text.get(4..5)?, text.get(7..8)?);
            if !matches!(separators, ("-", "-") | ("_", "_")) {
                return None;
            }
            [text.get(..4)?, text.get(5..7)?, text.get(8..)?].concat()
        }
        _ => return None,
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |from, to| digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    civil::days(i64::from(part(0, 4)?), part(4, 6)?, part(6, 8)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(connector: &str, days: Option<(&str, &str)>, entries: &[(&str, bool)]) -> Vec<Verdict> {
        judge(&Listing {
            connector: connector.to_owned(),
            start_day: days.map(|days| days.0.to_owned()),
            end_day: days.map(|days| days.1.to_owned()),
            options: Options::default(),
            entries: entries.iter().map(|(path, directory)| ((*path).to_owned(), *directory)).collect(),
        })
        .unwrap()
    }

    #[test]
    fn zeek_trees() {
        use Verdict::{Descend, NoDay, Other, OtherDay, Read};
        let entries = [
            ("hdfs://n/logs/2017-03-01", true),
            ("hdfs://n/logs/2017-03-02", true),
            ("hdfs://n/logs/current", true),
            ("hdfs://n/logs/2017-03-01/dns.22:00:00-23:00:00.log.gz", false),
            ("hdfs://n/logs/2017-03-01/dns_red.log", false),
            ("hdfs://n/logs/2017-03-01/dns.json.zst", false),
            ("hdfs://n/logs/2017-03-02/dns.log", false),
            ("hdfs://n/logs/current/dns.log", false),
            ("hdfs://n/logs/dns.2017-03-01-22-00-00.log", false),
            ("hdfs://n/logs/2017-03-01/dnsx.log", false),
            ("hdfs://n/logs/2017-03-01/conn.log", false),
            ("hdfs://n/logs/2017-03-01/_temporary", true),
        ];
        let expected = [Descend, OtherDay, Descend, Read, Read, Read, OtherDay, NoDay, Read, Other, Other, Other];
        assert_eq!(judged("zeek_to_DNS", Some(("2017_03_01", "2017-03-01")), &entries), expected);
        let all = [Descend, Descend, Descend, Read, Read, Read, Read, Read, Read, Other, Other, Other];
        assert_eq!(judged("connectors.bro_to_DNS.Bro_To_DNS", None, &entries), all);
    }

    #[test]
    fn squid_names() {
        use Verdict::{NoDay, Other, OtherDay, Read};
        let entries = [
            ("/s/access.log-20170301", false),
            ("/s/access.log-20170301.gz", false),
            ("/s/access.log-2017-03-02.gz", false),
            ("/s/access_combined.log", false),
            ("/s/access.log.1", false),
            ("/s/accessory.log", false),
            ("/s/cache.log-20170301", false),
        ];
        let expected = [Read, Read, OtherDay, NoDay, NoDay, Other, Other];
        assert_eq!(judged("squid_to_HTTP", Some(("2017_03_01", "2017_03_01")), &entries), expected);
    }

    #[test]
    fn days_are_checked() {
        for (start, end) in [
            ("2017_13_01", "2017_03_01"),
            ("1 March", "2017_03_01"),
            ("2017_03_02", "2017_03_01"),
            ("2017_03_0é", "2017_03_01"),
        ] {
            let listing = Listing {
                connector: "zeek_to_DNS".to_owned(),
                start_day: Some(start.to_owned()),
                end_day: Some(end.to_owned()),
                options: Options::default(),
                entries: Vec::new(),
            };
            assert!(judge(&listing).is_err(), "{start} {end}");
        }
    }
}
