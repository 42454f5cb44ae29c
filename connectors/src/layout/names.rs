//! How each tool names its files and the directories of a day.

use super::day_name::{day_in, whole_day};
use crate::error::{Error, Kind};
use crate::options::Options;
use crate::zeek::log_name;

/// The names of a connector's files.
#[derive(Debug, Clone, Copy)]
pub(super) enum FileNames {
    /// `dns.log`, `dns.22:00:00-23:00:00.log.gz`, … of these streams.
    Zeek(&'static [&'static str]),
    /// `access.log-YYYYMMDD`, …
    Squid,
    /// These files in `YYYY_MM_DD_HH_MM.out`.
    Tstat(&'static [&'static str]),
    /// `bind.log-YYYYMMDD`, `query.log`, …
    Bind,
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
    /// The names that this connector, or part of one, reads.
    ///
    /// # Errors
    /// An option is not valid.
    pub(super) fn of(connector: &str, options: &Options) -> Result<Self, Error> {
        Ok(match connector {
            "zeek_to_DNS" | "zeek_to_NamedFlows/dns" => Self::Zeek(&["dns"]),
            "zeek_to_HTTP" => Self::Zeek(&["http"]),
            "zeek_to_NamedFlows" | "zeek_to_NamedFlows/flows" => Self::Zeek(&["conn"]),
            "zeek_to_NamedFlows/names" => Self::Zeek(&["http", "ssl"]),
            "tstat_to_DNS" | "tstat_to_DNS/rows" => Self::Tstat(&["log_dns_complete"]),
            "tstat_to_HTTP" | "tstat_to_HTTP/rows" => Self::Tstat(&["log_http_complete"]),
            "tstat_to_NamedFlows" if options.flag("udp", false)? => {
                Self::Tstat(&["log_tcp_complete", "log_udp_complete"])
            }
            "tstat_to_NamedFlows" => Self::Tstat(&["log_tcp_complete"]),
            "bind_to_DNS" | "bind_to_DNS/rows" => Self::Bind,
            "squid_to_HTTP" | "squid_to_NamedFlows" => Self::Squid,
            other => return Err(Error::new(Kind::Internal, format!("No file names are known of {other}."))),
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
            Self::Squid => plain
                .strip_prefix("access")
                .and_then(|rest| rest.split_once(".log"))
                .is_some_and(|(middle, rest)| (middle.is_empty() || middle.starts_with(['.', '_', '-'])) && ends(rest)),
            Self::Tstat(logs) => logs.iter().any(|log| plain.strip_prefix(log).is_some_and(ends)),
            // query.log.0 and query.log.20261121000000 are what BIND's own rotation leaves, query-20261121.log logrotate's
            // with the extension .log.
            Self::Bind => ["bind", "query", "queries", "querylog"].iter().any(|stem| {
                plain
                    .strip_prefix(stem)
                    .and_then(|rest| rest.split_once(".log"))
                    .is_some_and(|(middle, rest)| is_number(middle) && ends(rest))
            }),
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
