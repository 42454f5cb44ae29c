//! How each tool names its files and the directories of a day.

use super::whole_day;
use crate::error::{Error, Kind};
use crate::options::Options;

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
            Self::Zeek(streams) => streams.iter().filter_map(|stream| plain.strip_prefix(stream)).any(|rest| {
                let kind = [".log", ".json", ".ndjson"].iter().find_map(|kind| rest.strip_suffix(kind));
                kind.is_some_and(|middle| middle.is_empty() || middle.starts_with(['.', '_', '-']))
            }),
            // access.log-20170301.gz, access.log, access.log.1, access_combined.log
            Self::Squid => plain
                .strip_prefix("access")
                .and_then(|rest| rest.split_once(".log"))
                .is_some_and(|(middle, rest)| (middle.is_empty() || middle.starts_with(['.', '_', '-'])) && ends(rest)),
            Self::Tstat(logs) => logs.iter().any(|log| plain.strip_prefix(log).is_some_and(ends)),
            // query.log.0 and query.log.20261121000000 are what BIND's own rotation leaves.
            Self::Bind => ["bind", "query", "queries", "querylog"]
                .iter()
                .any(|stem| plain.strip_prefix(stem).and_then(|rest| rest.strip_prefix(".log")).is_some_and(ends)),
        }
    }

    /// The day that a file's own name shows.
    pub(super) fn day_in(self, name: &str) -> Option<i64> {
        match self {
            // dns.2017-03-01-22-00-00.log, as Zeek's own rotation without ZeekControl names it.
            Self::Zeek(streams) => {
                let rest = streams.iter().find_map(|stream| name.strip_prefix(stream))?;
                rest.get(1..11).and_then(whole_day)
            }
            Self::Squid | Self::Bind => name.match_indices("log").find_map(|(place, _)| {
                let rest = name.get(place + 4..)?;
                rest.get(..10).and_then(whole_day).or_else(|| rest.get(..8).and_then(whole_day))
            }),
            Self::Tstat(_) => None,
        }
    }

    /// The day that a directory holds.
    pub(super) fn day_of_directory(self, name: &str) -> Option<i64> {
        match self {
            Self::Tstat(_) => name.get(..10).and_then(whole_day),
            Self::Zeek(_) | Self::Squid | Self::Bind => whole_day(name),
        }
    }
}

/// Whether what follows a log's name is a date, a number or nothing.
fn ends(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['.', '-', '_'])
}
