//! One text that something put before a line, and all of them.

use super::container;
use super::syslog::{self, Header, Number, Program};
use super::time::{self, Time};
use crate::bad::Fault;

/// What carried a line to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// Only a time (`docker logs --timestamps`), or the name of a service or container, or both.
    Stream,
    /// The container runtime interface of Kubernetes.
    Runtime,
    /// A syslog daemon, or the systemd journal in one of its short forms.
    Syslog,
    /// A JSON object around the line: Docker's `json-file` driver, the journal's JSON, a collector.
    Json,
}

/// One text before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer<'l> {
    pub carrier: Carrier,
    pub time: Option<Time<'l>>,
    pub host: Option<&'l str>,
    pub program: Option<Program<'l>>,
    /// The line that follows is only a part of one, which the runtime cut.
    pub is_part: bool,
    /// The line without this text.
    pub rest: &'l str,
}

/// What all texts before a line say together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prefix<'l> {
    /// The innermost time; one without a year only if no other has one.
    pub time: Option<Time<'l>>,
    /// The innermost host: where the line was written, not a relay.
    pub host: Option<&'l str>,
    /// The innermost program.
    pub program: Option<Program<'l>>,
    /// What wrote the outermost text.
    pub carrier: Option<Carrier>,
    /// The line is only a part of one.
    pub is_part: bool,
}

impl<'l> Prefix<'l> {
    /// Adds what the next text, further inside, says.
    pub fn add(&mut self, layer: &Layer<'l>) {
        let has_year = |time: Option<Time<'_>>| time.is_some_and(|time| time.has_year());
        if layer.time.is_some() && (has_year(layer.time) || !has_year(self.time)) {
            self.time = layer.time;
        }
        self.host = layer.host.or(self.host);
        self.program = layer.program.or(self.program);
        self.carrier = self.carrier.or(Some(layer.carrier));
        self.is_part |= layer.is_part;
    }
}

/// Takes off the outermost text before a line; `None` when the line begins as no carrier writes it.
#[must_use]
pub fn peel(line: &str) -> Option<Layer<'_>> {
    match line.as_bytes().first()? {
        b'<' => after_priority(syslog::after_priority(line)?),
        b'0'..=b'9' => timed(line).or_else(|| rfc5424(line)).or_else(|| counted(line)).or_else(|| since_epoch(line)),
        b'[' => since_boot(line).or_else(|| source(line)),
        _ => timed(line).or_else(|| source(line)).or_else(|| tagged(line, Number::Always)),
    }
}

/// Takes off a program's name and colon without a process number, where nothing before it shows that it is one:
/// `squid: `. Only for tools whose own lines cannot begin so.
#[must_use]
pub fn peel_tag(line: &str) -> Option<Layer<'_>> {
    tagged(line, Number::Maybe)
}

/// Whether this is a remark that `journalctl` prints among its lines, such as `-- Reboot --`.
#[must_use]
pub fn is_remark(line: &str) -> bool {
    line.starts_with("-- ") && (line.ends_with(" --") || line.starts_with("-- Boot "))
}

/// The fault of a line that is only a part of one.
pub(crate) fn part_of_a_line(line: &str) -> Fault {
    Fault::line("a whole line", format!("a part of one, cut by a container runtime: {line}"))
}

fn of_header<'l>(time: Option<Time<'l>>, header: Header<'l>) -> Layer<'l> {
    let Header { host, program, rest } = header;
    Layer { carrier: Carrier::Syslog, time, host, program, is_part: false, rest }
}

fn of_stream<'l>(time: Option<Time<'l>>, rest: &'l str) -> Layer<'l> {
    Layer { carrier: Carrier::Stream, time, host: None, program: None, is_part: false, rest }
}

/// A time, and what of the carrier follows it.
fn timed(line: &str) -> Option<Layer<'_>> {
    let (time, rest) = time::at_start(line)?;
    if let Some((is_part, rest)) = container::after_time(rest) {
        return Some(Layer { carrier: Carrier::Runtime, is_part, ..of_stream(Some(time), rest) });
    }
    Some(match syslog::header(rest) {
        Some(header) => of_header(Some(time), header),
        None => of_stream(Some(time), rest),
    })
}

/// What follows a priority: a header of either RFC, a tag alone, or the message.
fn after_priority(text: &str) -> Option<Layer<'_>> {
    let layer = rfc5424(text).or_else(|| timed(text)).or_else(|| tagged(text, Number::Maybe));
    let layer = layer.unwrap_or_else(|| of_stream(None, text));
    Some(Layer { carrier: Carrier::Syslog, ..layer })
}

fn rfc5424(text: &str) -> Option<Layer<'_>> {
    syslog::rfc5424(text).map(|(time, header)| of_header(time, header))
}

/// `123 <30>1 …`: the length that RFC 6587 puts before each message of a stream.
fn counted(line: &str) -> Option<Layer<'_>> {
    let (length, rest) = line.split_once(' ')?;
    let is_length = length.len() <= 6 && length.bytes().all(|byte| byte.is_ascii_digit());
    is_length.then(|| after_priority(syslog::after_priority(rest)?)).flatten()
}

/// `1795219370.309123 ns1 named[6085]: `, as `journalctl -o short-unix` has it.
fn since_epoch(line: &str) -> Option<Layer<'_>> {
    let (stamp, rest) = line.split_once(' ')?;
    let (seconds, decimals) = stamp.split_once('.')?;
    let micros = (seconds.len() >= 9 && decimals.len() == 6).then(|| format!("{seconds}{decimals}").parse().ok())??;
    syslog::header(rest)
        .filter(|header| header.host.is_some() && header.program.is_some())
        .map(|header| of_header(Some(Time::Micros(micros)), header))
}

/// `[12345.678901] ns1 named[6085]: `, as `journalctl -o short-monotonic` has it: no time that a calendar knows.
fn since_boot(line: &str) -> Option<Layer<'_>> {
    let (stamp, rest) = line.strip_prefix('[')?.split_once("] ")?;
    let is_stamp = stamp.contains('.') && stamp.bytes().all(|byte| byte.is_ascii_digit() || b". ".contains(&byte));
    let header = is_stamp.then(|| syslog::header(rest)).flatten()?;
    (header.host.is_some() && header.program.is_some()).then(|| of_header(None, header))
}

fn source(line: &str) -> Option<Layer<'_>> {
    container::source(line).map(|(_, rest)| of_stream(None, rest))
}

fn tagged(line: &str, number: Number) -> Option<Layer<'_>> {
    let (program, rest) = syslog::tag(line, number)?;
    Some(of_header(None, Header { host: None, program: Some(program), rest }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINE: &str = "client @0x7f 192.0.2.1#5 (a): query: a IN A + (192.0.2.53)";

    /// Takes off all texts before a line; `outside` is what an object around it said.
    fn strip<'l>(line: &'l str, outside: Prefix<'l>) -> (Prefix<'l>, &'l str) {
        let (mut prefix, mut rest) = (outside, line);
        while let Some(layer) = peel(rest) {
            prefix.add(&layer);
            rest = layer.rest;
        }
        (prefix, rest)
    }

    fn named(pid: Option<&'static str>) -> Option<Program<'static>> {
        Some(Program { name: "named", pid })
    }

    #[test]
    fn every_carrier() {
        let nano = Some(Time::Iso("2026-11-21T00:02:50.310123456Z"));
        let (yearless, dated) = (Some(Time::Yearless("Nov 21 00:02:50")), Some(Time::Dated("Nov 21 00:02:50 2026")));
        let (stream, syslog) = (Some(Carrier::Stream), Some(Carrier::Syslog));
        let (host, pid) = (Some("ns1"), Some("6085"));
        for (text, carrier, time, host, program) in [
            ("2026-11-21T00:02:50.310123456Z ", stream, nano, None, None),
            ("bind-1  | ", stream, None, None, None),
            ("bind-1  | 2026-11-21T00:02:50.310123456Z ", stream, nano, None, None),
            ("2026-11-21T00:02:50.310123456Z dns.1.x8k2@node-1    | ", stream, nano, None, None),
            ("[pod/bind-0/bind] 2026-11-21T00:02:50.310123456Z ", stream, nano, None, None),
            ("2026-11-21T00:02:50.310123456Z stdout F ", Some(Carrier::Runtime), nano, None, None),
            ("Nov 21 00:02:50 ns1 named[6085]: ", syslog, yearless, host, named(pid)),
            ("Nov 21 00:02:50 ns1 named: ", syslog, yearless, host, named(None)),
            ("<30>Nov 21 00:02:50 ns1 named[6085]: ", syslog, yearless, host, named(pid)),
            ("<30>named[6085]: ", syslog, None, None, named(pid)),
            ("<30>", syslog, None, None, None),
            (
                "Nov 21 2026 00:02:50: ns1 named[6085]: ",
                syslog,
                Some(Time::Dated("Nov 21 2026 00:02:50")),
                host,
                named(pid),
            ),
            ("2026-11-21T00:02:50.310123456Z ns1 named[6085]: ", syslog, nano, host, named(pid)),
            ("<30>1 2026-11-21T00:02:50.310123456Z ns1 named 6085 - - ", syslog, nano, host, named(pid)),
            ("187 <30>1 2026-11-21T00:02:50.310123456Z ns1 named - - [a b=\"]\"] ", syslog, nano, host, named(None)),
            ("1 2026-11-21T00:02:50.310123456Z ns1 named 6085 - - ", syslog, nano, host, named(pid)),
            ("Sat Nov 21 00:02:50 2026 daemon.info named[6085]: ", syslog, dated, None, named(pid)),
            ("Nov 21 00:02:50 ns1 daemon.info named[6085]: ", syslog, yearless, host, named(pid)),
            ("Nov 21 00:02:50 ns1 named[6085]: [ID 873579 daemon.info] ", syslog, yearless, host, named(pid)),
            (
                "Sat 2026-11-21 00:02:50 UTC ns1 named[6085]: ",
                syslog,
                Some(Time::Iso("2026-11-21 00:02:50 UTC")),
                host,
                named(pid),
            ),
            (
                "1795219370.309123 ns1 named[6085]: ",
                syslog,
                Some(Time::Micros(1_795_219_370_309_123)),
                host,
                named(pid),
            ),
            ("[   12.309123] ns1 named[6085]: ", syslog, None, host, named(pid)),
            ("named[6085]: ", syslog, None, None, named(pid)),
            // Forwarded: the innermost time and host are those of the line.
            ("Nov 21 00:02:51 relay Nov 21 00:02:50 ns1 named[6085]: ", syslog, yearless, host, named(pid)),
            ("Nov 21 00:02:51 relay fwd[1]: <30>Nov 21 00:02:50 ns1 named[6085]: ", syslog, yearless, host, named(pid)),
            (
                "<30>Nov 21 00:02:51 relay 1 2026-11-21T00:02:50.310123456Z ns1 named 6085 - - ",
                syslog,
                nano,
                host,
                named(pid),
            ),
            (
                "2026-11-21T00:02:50.310123456Z stdout F Nov 21 00:02:50 ns1 named[6085]: ",
                Some(Carrier::Runtime),
                nano,
                host,
                named(pid),
            ),
        ] {
            let line = format!("{text}{LINE}");
            let expected = Prefix { time, host, program, carrier, is_part: false };
            assert_eq!(strip(&line, Prefix::default()), (expected, LINE), "{line}");
        }
    }

    #[test]
    fn parts_are_told() {
        let (prefix, rest) = strip("2026-11-21T00:02:50.310123456Z stdout P client", Prefix::default());
        assert_eq!((prefix.is_part, rest), (true, "client"));
    }

    #[test]
    fn what_an_object_said_is_outermost() {
        let outside = Prefix { host: Some("node"), carrier: Some(Carrier::Json), ..Prefix::default() };
        let (prefix, rest) = strip("Nov 21 00:02:50 ns1 named: x", outside);
        assert_eq!((prefix.carrier, prefix.host, rest), (Some(Carrier::Json), Some("ns1"), "x"));
        assert_eq!(strip("x", outside), (outside, "x"));
    }

    #[test]
    fn own_lines_of_tools_stay() {
        for line in [
            LINE,
            "",
            "21-Nov-2026 00:02:50.309 queries: info: client @0x7f 192.0.2.1#5 (a): query: a IN A + (192.0.2.53)",
            "queries: info: client 192.0.2.1#5: query: a",
            "zone example.com/IN: loaded serial 0",
            "1795219513.658      5 192.0.2.10 TCP_MISS/200 316 GET http://a.test/ - HIER_DIRECT/192.0.2.7 text/html",
            "1795219513.658 proxy - http://a.test/",
            "192.0.2.10 - - [21/Nov/2026:00:05:13 +0000] \"GET http://a.test/ HTTP/1.1\" 200 316 TCP_MISS:HIER_DIRECT",
            "2001:db8:: - - [21/Nov/2026:00:05:13 +0000] \"GET http://a.test/ HTTP/1.1\" 200 316 TCP_MISS:HIER_DIRECT",
            "[1796025222] unbound[24812:0] query: 192.0.2.7 www.example.org. AAAA IN",
            "[1796025335.825324436] Packet from 192.0.2.7:55278 for www.example.org. AAAA with id 50283",
            "[INFO] 192.0.2.7:39389 - 52212 \"A IN www.example.org. udp 44 false 1232\" NOERROR qr,aa,rd 64 0.0089s",
        ] {
            assert_eq!(strip(line, Prefix::default()), (Prefix::default(), line));
        }
        for (line, rest) in [
            ("Nov 30 02:52:31 unbound[21069:0] reply: 192.0.2.7 a. A IN", "reply: 192.0.2.7 a. A IN"),
            (
                "Nov 30 07:53:44 dnsmasq[25574]: 5 192.0.2.7/48900 query[A] a from 192.0.2.7",
                "5 192.0.2.7/48900 query[A] a from 192.0.2.7",
            ),
            ("Nov 30 07:56:18 msg=\"Question\" tid=\"1\"", "msg=\"Question\" tid=\"1\""),
            ("Nov 30 08:03:32 Remote 192.0.2.7 wants 'a|A', do = 0", "Remote 192.0.2.7 wants 'a|A', do = 0"),
        ] {
            assert_eq!(strip(line, Prefix::default()).1, rest);
        }
    }

    #[test]
    fn remarks_of_the_journal() {
        for line in [
            "-- Reboot --",
            "-- No entries --",
            "-- Journal begins at Sat 2026-11-21 00:00:00 UTC. --",
            "-- Boot 5a1b --",
            "-- Boot 5a1b",
        ] {
            assert!(is_remark(line), "{line}");
        }
        assert!(!is_remark("--") && !is_remark("-- x"));
    }

    proptest! {
        #[test]
        fn what_remains_is_the_end_of_the_line(
            line in any::<String>(),
            likely in "(<30>)?(1 )?(Sat )?(Nov 21 00:02:50 |2026-11-21T00:02:50Z |1795219370.309123 )?(2026 )?(stdout F |ns1 |daemon.info |bind-1 \\| )?([a-z]{0,3}(\\[1\\])?: ?)?[\\PC]{0,12}",
        ) {
            for line in [&line, &likely] {
                let (_, rest) = strip(line, Prefix::default());
                prop_assert!(line.ends_with(rest));
                prop_assert!(peel(line).is_none_or(|layer| layer.rest.len() < line.len()));
                prop_assert!(peel_tag(line).is_none_or(|layer| layer.rest.len() < line.len()));
            }
        }
    }
}
