//! How each tool names its files and the directories of a day.

use super::day_name::{day_in, whole_day};
use crate::descriptor::{Layout, Style};
use crate::error::Error;
use crate::options::Options;
use crate::zeek::log_name;

/// The names of a connector's files.
#[derive(Debug, Clone, Copy)]
pub(super) enum FileNames {
    /// `dns.log`, `dns.22:00:00-23:00:00.log.gz`, … of these streams.
    Zeek(&'static [&'static str]),
    /// `access.log-YYYYMMDD`, … with these names before `.log`.
    Squid(&'static [&'static str]),
    /// These files in `YYYY_MM_DD_HH_MM.out`.
    Tstat(&'static [&'static str]),
    /// `bind.log-YYYYMMDD`, `query.log`, … with these names before `.log`.
    Bind(&'static [&'static str]),
}

const COMPRESSED: [&str; 4] = [".gz", ".bz2", ".xz", ".zst"];
/// What programs write beside a log under its name: checksums, signatures, how far they have read it, drafts and copies.
const BESIDE: [&str; 21] = [
    "md5",
    "sha1",
    "sha256",
    "sha512",
    "asc",
    "sig",
    "offset",
    "pos",
    "idx",
    "lock",
    "state",
    "swp",
    "tmp",
    "temp",
    "part",
    "partial",
    "filepart",
    "crdownload",
    "bak",
    "orig",
    "txt",
];

impl FileNames {
    /// The names of a connector's files, for these options of a user.
    ///
    /// # Errors
    /// An option is not valid.
    pub(super) fn of(layout: &Layout, options: &Options) -> Result<Self, Error> {
        let names = layout.names(options)?;
        Ok(match layout.style {
            Style::Zeek => Self::Zeek(names),
            Style::Squid => Self::Squid(names),
            Style::Tstat => Self::Tstat(names),
            Style::Bind => Self::Bind(names),
        })
    }

    /// Whether a file of this name is one of them.
    pub(super) fn owns(self, name: &str) -> bool {
        let plain = COMPRESSED.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
        match self {
            Self::Zeek(streams) => [".log", ".json", ".ndjson"].iter().any(|kind| {
                plain.rsplit_once(kind).is_some_and(|(name, rest)| {
                    is_number(rest) && streams.iter().any(|stream| log_name::is_of(name, stream))
                })
            }),
            // access.log-20170301.gz, access-20170301.log, access.log, access.log.1, access_combined.log
            Self::Squid(names) => names
                .iter()
                .filter_map(|name| plain.strip_prefix(name)?.split_once(".log"))
                .any(|(middle, rest)| (middle.is_empty() || middle.starts_with(['.', '_', '-'])) && ends(rest)),
            Self::Tstat(logs) => logs.iter().any(|log| plain.strip_prefix(log).is_some_and(ends)),
            // query.log.0 and query.log.20261121000000 are what BIND's own rotation leaves, query-20261121.log logrotate's
            // with the extension .log.
            Self::Bind(names) => names
                .iter()
                .filter_map(|name| plain.strip_prefix(name)?.split_once(".log"))
                .any(|(middle, rest)| is_number(middle) && ends(rest)),
        }
    }

    /// The day of a directory in which no file is of another day: its whole name is the day, `dt=2017-03-01`, or one that
    /// Tstat gives a directory.
    pub(super) fn day_of_directory(self, name: &str) -> Option<i64> {
        let value = name.split_once('=').map_or(name, |(_, value)| value);
        match (self, whole_day(value)) {
            (_, Some(day)) => Some(day),
            (Self::Tstat(_), None) if name.ends_with(".out") => day_in(name),
            (Self::Tstat(_), None) => name.get(..10).and_then(whole_day),
            (_, None) => None,
        }
    }
}

/// Whether what follows a log's name is what rotation puts there: a date, a number, perhaps a word, or nothing.
fn ends(rest: &str) -> bool {
    let separated = rest.is_empty() || rest.starts_with(['.', '-', '_']);
    let beside =
        || rest.split(['.', '-', '_']).any(|word| BESIDE.iter().any(|beside| beside.eq_ignore_ascii_case(word)));
    separated && !rest.ends_with('~') && !beside()
}

/// Whether this is a date, a number or nothing.
fn is_number(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(['.', '-', '_']) && rest.chars().all(|c| c.is_ascii_digit() || ".-_:T".contains(c))
}
