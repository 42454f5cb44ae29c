//! Which files of a tool's directory tree belong to a range of days.

mod day_name;
mod day_path;
mod names;

use serde::Deserialize;

use self::names::FileNames;
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

impl Verdict {
    /// Why a file is left out, to be put behind a number of files in messages and summaries; `None` when it is not.
    #[must_use]
    pub const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Read | Self::Descend => None,
            Self::Other => Some("not of this connector"),
            Self::OtherDay => Some("of other days"),
            Self::NoDay => Some("without a day in their path"),
        }
    }
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
    /// The path that the user gave, or the part of a glob before its first pattern: the days of directories count only
    /// below it, and are not looked for in its own name. `None`: days count anywhere in an entry's path.
    #[serde(default)]
    pub root: Option<String>,
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
    let names = FileNames::of(&connector.layout, &listing.options)?;
    let root = listing.root.as_deref().unwrap_or_default();
    Ok(listing.entries.iter().map(|(path, directory)| verdict(names, &days, below(root, path), *directory)).collect())
}

/// A day given by a user: `YYYY_MM_DD`, `YYYY-MM-DD` or `YYYYMMDD`, as days since the epoch.
///
/// # Errors
/// It is no day.
pub fn day(text: &str) -> Result<i64, Error> {
    day_name::whole_day(text).ok_or_else(|| Error::option(format!("A day is written YYYY_MM_DD, not {text}.")))
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
    let name = path.rsplit('/').find(|component| !component.is_empty()).unwrap_or_default();
    if name.starts_with(['.', '_']) || name.ends_with(".crc") || name.contains("_COPYING_") {
        return Verdict::Other;
    }
    if directory {
        return match names.day_of_directory(name).or_else(|| day_path::nested(path)) {
            Some(day) if !days.holds(day) => Verdict::OtherDay,
            _ => Verdict::Descend,
        };
    }
    if !names.owns(name) {
        return Verdict::Other;
    }
    match day_path::day(path) {
        Some(day) if days.holds(day) => Verdict::Read,
        Some(_) => Verdict::OtherDay,
        None if days.asked => Verdict::NoDay,
        None => Verdict::Read,
    }
}

/// What of an entry's path counts: the part below the root. Of an entry that is the root, or that is not below it, only
/// its name.
fn below<'p>(root: &str, path: &'p str) -> &'p str {
    if root.is_empty() {
        return path;
    }
    let rest = path.strip_prefix(root.trim_end_matches('/')).filter(|rest| rest.starts_with('/'));
    let name = || path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
    rest.filter(|rest| rest.bytes().any(|byte| byte != b'/')).unwrap_or_else(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(connector: &str, days: Option<(&str, &str)>, entries: &[(&str, bool)]) -> Vec<Verdict> {
        judged_below(None, connector, days, entries)
    }

    fn judged_below(
        root: Option<&str>,
        connector: &str,
        days: Option<(&str, &str)>,
        entries: &[(&str, bool)],
    ) -> Vec<Verdict> {
        judge(&Listing {
            connector: connector.to_owned(),
            start_day: days.map(|days| days.0.to_owned()),
            end_day: days.map(|days| days.1.to_owned()),
            options: Options::default(),
            root: root.map(str::to_owned),
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
    fn what_stands_beside_logs_is_left_out() {
        let others = |connector: &str, names: &[&str]| {
            for name in names {
                assert_eq!(judged(connector, None, &[(name, false)]), [Verdict::Other], "{name}");
            }
        };
        others(
            "zeek_to_NamedFlows",
            &[
                "conn-summary.00:00:00-01:00:00.log.gz",
                "conn-summary.log",
                "conn_summary.log",
                "conn_long.log",
                "conn_long.00:00:00-01:00:00.log.gz",
                "conn_burst.json",
                "conn_agg.log",
                "connection.log",
                "conn.log.md5",
                "conn.log~",
            ],
        );
        others("zeek_to_NamedFlows/names", &["http-summary.log", "ssl_agg.log", "http2.log"]);
        others(
            "squid_to_HTTP",
            &["access.log.md5", "access.log-20170301.gz.sha256", "access.log.offset", "access.log~"],
        );
        others("tstat_to_NamedFlows", &["log_tcp_complete_descr.txt", "log_tcp_complete.gz.md5", "log_tcp_completely"]);
        others("bind_to_DNS", &["query.log.swp", "query.log-20170301.gz.part", "query-errors.log"]);
    }

    #[test]
    fn days_of_every_form_are_found() {
        use Verdict::{Other, OtherDay, Read};
        let day = Some(("2017_03_01", "2017_03_01"));
        for (connector, path, expected) in [
            ("squid_to_HTTP", "/s/access-20170301.log.gz", Read),
            ("squid_to_HTTP", "/s/access-2017-03-02.log", OtherDay),
            ("squid_to_HTTP", "/s/access.log-2017030123.xz", Read),
            ("squid_to_HTTP", "/s/access.log-1488326400", Read),
            ("squid_to_HTTP", "/s/2017/03/01/access.log", Read),
            ("squid_to_HTTP", "/s/20170301/access.log-20170302", OtherDay),
            ("bind_to_DNS", "/b/query-20170301.log", Read),
            ("bind_to_DNS", "/b/bind-errors.log", Other),
            ("zeek_to_DNS", "/z/dns.log-20170301.gz", Read),
            ("zeek_to_DNS", "/z/dns__2017-03-01-00-00-00__2017-03-02-00-00-00__.log.gz", Read),
            ("zeek_to_DNS", "/z/dt=2017-03-01/dns.json", Read),
            ("tstat_to_NamedFlows", "/t/20_00_01_Mar_2017.out/log_tcp_complete.gz", Read),
            ("tstat_to_NamedFlows", "/t/20_00_02_Mar_2017.out/log_tcp_complete.gz", OtherDay),
            ("tstat_to_NamedFlows", "/t/2017_03_01_20_00.out/log_tcp_complete", Read),
        ] {
            assert_eq!(judged(connector, day, &[(path, false)]), [expected], "{path}");
        }
    }

    #[test]
    fn directories_of_other_days_are_not_entered() {
        use Verdict::{Descend, OtherDay};
        let day = Some(("2017_03_01", "2017_03_01"));
        for (connector, path, expected) in [
            ("zeek_to_DNS", "/z/2017-03-02", OtherDay),
            ("zeek_to_DNS", "/z/dt=2017-03-02", OtherDay),
            ("zeek_to_DNS", "/z/2017/03/02", OtherDay),
            ("zeek_to_DNS", "/z/2017/03", Descend),
            ("zeek_to_DNS", "/z/backup-2017-03-02", Descend),
            ("tstat_to_DNS", "/t/20_00_02_Mar_2017.out", OtherDay),
            ("tstat_to_DNS", "/t/20_00_01_Mar_2017.out", Descend),
            ("tstat_to_DNS", "/t/2017_03_02_20_00.out", OtherDay),
            ("tstat_to_DNS", "/t/2017_03_02_live", OtherDay),
        ] {
            assert_eq!(judged(connector, day, &[(path, true)]), [expected], "{path}");
        }
    }

    #[test]
    fn only_what_is_below_the_root_has_a_day() {
        use Verdict::{NoDay, OtherDay, Read};
        let day = Some(("2017_03_01", "2017_03_01"));
        let entries = [
            ("/archive/2017-03-01/logs/dns.log", false),
            ("/archive/2017-03-01/logs/2017-03-02/dns.log", false),
            ("/archive/2017-03-01/logs/2017-03-01/dns.log", false),
            ("/archive/2017-03-01/logs/dns.2017-03-01-00-00-00.log", false),
            ("/archive/2017-03-01/logs-of-dns/dns.log", false),
        ];
        let expected = [NoDay, OtherDay, Read, Read, NoDay];
        for root in ["/archive/2017-03-01/logs", "/archive/2017-03-01/logs/"] {
            assert_eq!(judged_below(Some(root), "zeek_to_DNS", day, &entries), expected, "{root}");
        }
        // A file that was given itself.
        for (path, expected) in [("/2017-03-01/dns.log", NoDay), ("/2018-01-01/dns.2017-03-01.log", Read)] {
            assert_eq!(judged_below(Some(path), "zeek_to_DNS", day, &[(path, false)]), [expected], "{path}");
        }
        // The folders of the root are no year and month either.
        let nested = judged_below(Some("/2017/03"), "zeek_to_DNS", day, &[("/2017/03/01/dns.log", false)]);
        assert_eq!(nested, [NoDay]);
    }

    #[test]
    fn reasons_to_leave_files_out() {
        assert_eq!(Verdict::NoDay.reason(), Some("without a day in their path"));
        assert_eq!((Verdict::Read.reason(), Verdict::Descend.reason()), (None, None));
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
                root: None,
                entries: Vec::new(),
            };
            assert!(judge(&listing).is_err(), "{start} {end}");
        }
    }
}
