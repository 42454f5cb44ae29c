//! The lines of a log: queries, responses, and what else `named` has to say.

use memchr::memmem;

use super::client::{Clients, Said, is_cut};
use super::kind::{self, Category};
use super::message::{self, Message};
use super::prefix::{self, Prefix};
use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::prefix::{Clock, Envelope, Time, is_remark, part_of_a_line};
use crate::reader::Parsed;

/// Reads the lines of a log.
pub(super) struct QueryLog {
    clock: Clock,
    clients: Clients,
    /// The last line that came in a JSON object.
    envelope: Option<Envelope>,
}

/// A query or a response.
pub(super) struct Line<'l> {
    pub(super) clock: &'l Clock,
    pub(super) time: Option<Time<'l>>,
    /// Address and port of the client, if it was known.
    pub(super) peer: Option<(&'l str, &'l str)>,
    pub(super) message: Message<'l>,
}

impl QueryLog {
    /// A log with the user's options.
    ///
    /// # Errors
    /// An option is not valid.
    pub(super) fn new(options: &ScanOptions) -> Result<Self, Error> {
        Ok(Self { clock: Clock::new(options)?, clients: Clients::new(), envelope: None })
    }

    /// Parses a line. Other lines of BIND are skipped by their kind.
    ///
    /// # Errors
    /// The line is none of BIND, or begins as a query or response and goes on otherwise.
    #[inline]
    pub(super) fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Line<'l>>, Fault> {
        let line = line.strip_prefix('\u{feff}').unwrap_or(line).trim_ascii_end();
        if line.is_empty() || is_remark(line) {
            return Ok(Parsed::NoRecord);
        }
        let Self { clock, clients, envelope } = self;
        let prefix = match line.as_bytes() {
            [b'{' | b'd' | 0x1e, ..] => in_an_object(line, envelope),
            _ => None,
        };
        let prefix = prefix.unwrap_or_else(|| prefix::split(line, Default::default()));
        if prefix.is_part {
            return Err(part_of_a_line(line));
        }
        if prefix.message.is_empty() && !prefix.is_binds {
            return Ok(Parsed::NoRecord);
        }
        let Some(text) = prefix.message.strip_prefix("client ") else { return elsewhere(clock, clients, prefix, line) };
        let client = match clients.split(text) {
            Ok(client) => client,
            Err(fault) => return of_no_client(&prefix, fault),
        };
        let message = match client.said {
            Said::Query(text) => message::query(text, client.is_recent)?,
            Said::Response(text) => message::response(text)?,
            Said::Other(text) => return about_client(&prefix, text),
        };
        Ok(Parsed::Record(Line { clock, time: prefix.time, peer: client.peer, message }))
    }
}

/// A line in a JSON object.
#[cold]
fn in_an_object<'l>(line: &str, envelope: &'l mut Option<Envelope>) -> Option<Prefix<'l>> {
    *envelope = Envelope::open(line);
    envelope.as_ref().map(|envelope| prefix::split(envelope.line().trim_ascii_end(), envelope.prefix()))
}

/// A message that does not begin with a client: it may still hold a query or a response, after words of somebody else's.
#[cold]
fn elsewhere<'l>(
    clock: &'l Clock,
    clients: &Clients,
    prefix: Prefix<'l>,
    line: &str,
) -> Result<Parsed<Line<'l>>, Fault> {
    let message = prefix.message;
    for place in memmem::find_iter(message.as_bytes(), " client ") {
        let (Some(before), Some(text)) = (message.get(..=place), message.get(place + " client ".len()..)) else {
            continue;
        };
        let (peer, said) = match clients.split(text) {
            Ok(client) => match client.said {
                Said::Query(text) => (client.peer, message::query(text, client.is_recent)?),
                Said::Response(text) => (client.peer, message::response(text)?),
                Said::Other(_) => continue,
            },
            Err(_) => continue,
        };
        return Ok(Parsed::Record(Line { clock, time: last_time(before).or(prefix.time), peer, message: said }));
    }
    other(&prefix, line)
}

/// The last time of BIND's own form in a text.
fn last_time(text: &str) -> Option<Time<'_>> {
    let starts = memmem::rfind_iter(text.as_bytes(), " ").map(|space| space + 1).chain([0]);
    starts.filter_map(|start| prefix::own_time(text.get(start..)?)).map(|(time, _)| time).next()
}

/// A message that is not about a client.
fn other<'l>(prefix: &Prefix<'l>, line: &str) -> Result<Parsed<Line<'l>>, Fault> {
    /// How the lines that are wanted may begin.
    const WANTED: [&str; 4] = ["client ", "queries:", "responses:", "info:"];
    let is_cut = || WANTED.iter().any(|beginning| beginning.starts_with(prefix.message));
    let category = Category::of(prefix.tags);
    let is_wanted = category == Category::Wanted || (category == Category::Unknown && kind::says_query(line));
    if is_wanted || (prefix.is_binds && is_cut()) {
        return Err(Fault::line("client address#port: query: name class type flags (destination)", line));
    }
    if !prefix.is_binds && !kind::is_binds(prefix.tags, prefix.message) {
        return Err(Fault::line("a line of BIND's log, such as client address#port: query: name class type", line));
    }
    Ok(Parsed::Skipped(match category {
        Category::Other(kind) => kind,
        Category::Wanted | Category::Unknown => kind::of_message(prefix.message),
    }))
}

/// A message that begins with `client ` and no address.
#[cold]
fn of_no_client<'l>(prefix: &Prefix<'l>, fault: Fault) -> Result<Parsed<Line<'l>>, Fault> {
    match Category::of(prefix.tags) {
        Category::Other(kind) => Ok(Parsed::Skipped(kind)),
        Category::Wanted | Category::Unknown => Err(fault),
    }
}

/// A message about a client that is neither a query nor a response.
#[cold]
fn about_client<'l>(prefix: &Prefix<'l>, text: &str) -> Result<Parsed<Line<'l>>, Fault> {
    match Category::of(prefix.tags) {
        Category::Other(kind) => Ok(Parsed::Skipped(kind)),
        Category::Unknown if !is_cut(text) => Ok(Parsed::Skipped(kind::of_message(text))),
        Category::Wanted | Category::Unknown => {
            Err(Fault::line("query: or response: after the client", prefix.message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> Result<Parsed<String>, Fault> {
        let mut log = QueryLog::new(&ScanOptions::default()).unwrap();
        log.parse(line).map(|parsed| parsed.map(|line| line.message.name.to_owned()))
    }

    #[test]
    fn other_lines_are_skipped_by_kind() {
        for (line, kind) in [
            ("21-Nov-2026 00:02:48.349 zoneload: info: zone a/IN: loaded serial 0", "other BIND messages"),
            ("21-Nov-2026 00:02:48.349 ex.zone:4: ignoring out-of-zone data (ns.example.com)", "other BIND messages"),
            ("all zones loaded", "other BIND messages"),
            ("info: no IPv6 interfaces found", "other BIND messages"),
            ("Nov 21 00:02:48 ns1 named[1]: using default UDP/IPv4 port range", "other BIND messages"),
            (
                "query-errors: client @0x7f 192.0.2.1#5 (.): query failed (REFUSED) for ./IN/NS at query.c:1",
                "query-errors",
            ),
            ("client @0x7f 192.0.2.1#5 (.): view x: query failed (REFUSED) for ./IN/NS at query.c:1", "query-errors"),
            ("client 192.0.2.1#5: query (cache) 'a/A/IN' denied", "security"),
            ("security: error: client 192.0.2.1#5: zone transfer 'a/AXFR/IN' denied", "security"),
            ("client 192.0.2.1#5 (a): transfer of 'a/IN': AXFR started", "zone transfers"),
            ("rate-limit: info: client @0x7f 192.0.2.1#5 (a): rate limit drop response to 192.0.2.0/24", "rate limit"),
            ("rpz: info: client @0x7f 192.0.2.1#5 (a): rpz QNAME NXDOMAIN rewrite a/A/IN via a.rpz", "rpz"),
            ("client: warning: client quota reached", "other BIND messages"),
        ] {
            assert!(matches!(read(line), Ok(Parsed::Skipped(skipped)) if skipped == kind), "{line}");
        }
    }

    #[test]
    fn lines_that_are_not_binds_or_are_cut() {
        for line in [
            "Lorem ipsum dolor",
            "1795219513.658      5 ::1 TCP_MISS/200 316 GET http://a/ - HIER_NONE/- -",
            "Mar 24 13:01:51 ns1 sshd[1]: Accepted publickey",
            "21-Nov-2026 00:02:50.309",
            "21-Nov-2026 00:02:50.309 quer",
            "21-Nov-2026 00:02:50.309 queries: in",
            "21-Nov-2026 00:02:50.309 queries: info: client",
            "queries: info: query logging",
            "client ",
            "client @0x7f 192.0.2.1",
            "client @0x7f 192.0.2.1#5 (a): vi",
            "queries: client @0x7f 192.0.2.1#5 (a): something else",
            "\0\0\0\0",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }

    #[test]
    fn empty_lines_and_ends() {
        for line in ["", "   ", "\u{feff}", "\r"] {
            assert!(matches!(read(line), Ok(Parsed::NoRecord)), "{line:?}");
        }
        for line in ["\u{feff}client 192.0.2.1#5: query: a IN A +", "client 192.0.2.1#5: query: a IN A + \r"] {
            assert!(matches!(read(line), Ok(Parsed::Record(name)) if name == "a"), "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_refused(
            line in any::<String>(),
            likely in "(21-Nov-2026 00:02:50.309 |Nov 21 00:02:50 |2026-11-21T00:02:50.309Z )?(h named: )?(queries: )?(info: )?(client )?[a-z0-9@#:/() ü\\[\\]]{0,40}",
        ) {
            let _ = (read(&line), read(&likely));
        }
    }
}
