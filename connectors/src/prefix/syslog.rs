//! What syslog daemons put before a message: priority, time, host, program.

use super::time::{self, Time};
use super::words::{is_blank, is_host, is_level, skip_blanks, word};

/// A program as its tag names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program<'l> {
    pub name: &'l str,
    /// The process's number, with a thread's number after a colon where the program writes one.
    pub pid: Option<&'l str>,
}

/// Host, program and what follows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header<'l> {
    pub(super) host: Option<&'l str>,
    pub(super) program: Option<Program<'l>>,
    pub(super) rest: &'l str,
}

/// The text after `<30>`.
pub(super) fn after_priority(line: &str) -> Option<&str> {
    let (priority, rest) = line.strip_prefix('<')?.split_once('>')?;
    let is_number = (1..=3).contains(&priority.len()) && priority.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(rest)
}

/// What follows a time, if a syslog daemon wrote it: `ns1 named[6085]: `, in the forms that daemons give it.
pub(super) fn header(text: &str) -> Option<Header<'_>> {
    let (leveled, text) = without_level(skip_blanks(text));
    // Without a host, only a process number or a level tells a program from a tool's own words that end in a colon.
    let with_number_only = if leveled { Number::Maybe } else { Number::Always };
    if let Some((program, rest)) = tag(text, with_number_only) {
        return Some(Header { host: None, program: Some(program), rest });
    }
    let (host, after) = word(text);
    // A second time is the tool's own, where the carrier named no host.
    if !is_host(host) || time::at_start(text).is_some() {
        return None;
    }
    let (_, after) = without_level(skip_blanks(after));
    if let Some((program, rest)) = tag(after, Number::Maybe) {
        return Some(Header { host: Some(host), program: Some(program), rest });
    }
    // A relay may put its own name before the host's.
    let (second, after_second) = word(after);
    if is_host(second)
        && let Some((program, rest)) = tag(skip_blanks(after_second), Number::Always)
    {
        return Some(Header { host: Some(second), program: Some(program), rest });
    }
    begins_a_line(after).then_some(Header { host: Some(host), program: None, rest: after })
}

/// Whether a whole line begins here, as it does where a relay wrote nothing but its time and the host.
fn begins_a_line(text: &str) -> bool {
    let is_epoch = || {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let milliseconds = text.get(digits..).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
        (9..=10).contains(&digits) && milliseconds.bytes().take_while(u8::is_ascii_digit).count() == 3
    };
    after_priority(text).is_some()
        || time::classic(text).is_some()
        || time::at_start(text).is_some()
        || rfc5424(text).is_some()
        || is_epoch()
}

/// Takes off `daemon.info`, `<daemon.info>` or `[daemon.info]`.
fn without_level(text: &str) -> (bool, &str) {
    let (level, rest) = word(text);
    let bare = level.strip_prefix('<').and_then(|level| level.strip_suffix('>'));
    let bare = bare.or_else(|| level.strip_prefix('[').and_then(|level| level.strip_suffix(']')));
    if is_level(bare.unwrap_or(level)) { (true, skip_blanks(rest)) } else { (false, text) }
}

/// Whether a tag must show the number of its process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    Always,
    Maybe,
}

/// The program at the start of `named[6085]: message`, and the message. With a number the colon may be missing; without
/// one the name is letters, digits and few other characters, and `(squid-1)`.
pub(super) fn tag(text: &str, number: Number) -> Option<(Program<'_>, &str)> {
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|&byte| is_blank(byte) || byte == b'[').unwrap_or(bytes.len());
    let (name, after) = text.split_at_checked(end)?;
    let (program, rest) = match after.strip_prefix('[') {
        Some(after) => {
            let (pid, rest) = after.split_once(']')?;
            let is_pid =
                !pid.is_empty() && pid.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-".contains(&byte));
            let is_name = !name.is_empty() && !name.contains(['"', '=', '<', '{']);
            let rest = match rest.strip_prefix(':') {
                Some(rest) => rest,
                None => rest.strip_prefix(is_a_blank).is_some().then_some(rest)?,
            };
            (is_pid && is_name).then_some((Program { name, pid: Some(pid) }, rest))?
        }
        None => {
            let name = name.strip_suffix(':').filter(|name| number == Number::Maybe && is_program(name))?;
            (Program { name, pid: None }, after)
        }
    };
    let rest = rest.strip_prefix(is_a_blank).unwrap_or(rest);
    Some((program, without_solaris_id(rest)))
}

fn is_a_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

fn is_program(name: &str) -> bool {
    name.bytes().any(|byte| byte.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-()@+$".contains(&byte))
        // What BIND writes for a client that has gone.
        && name != "(no-peer)"
}

/// Takes off `[ID 873579 daemon.info] `, which Solaris puts between the tag and the message.
fn without_solaris_id(message: &str) -> &str {
    let inside = message.strip_prefix("[ID ").and_then(|rest| rest.split_once("] "));
    match inside {
        Some((id, rest)) if id.split_once(' ').is_some_and(|(_, level)| is_level(level)) => rest,
        _ => message,
    }
}

/// The header of RFC 5424 that follows the priority: `1 TIME HOST PROGRAM PID MSGID STRUCTURED-DATA `.
pub(super) fn rfc5424(text: &str) -> Option<(Option<Time<'_>>, Header<'_>)> {
    let written = |text: &'_ str| text != "-";
    let after_version = text.strip_prefix("1 ")?;
    let (stamp, rest) = word(after_version);
    let time = match stamp {
        "-" => None,
        stamp => Some(time::at_start(stamp).filter(|(_, rest)| rest.is_empty())?.0),
    };
    let (host, rest) = word(rest);
    let (name, rest) = word(rest);
    let (pid, rest) = word(rest);
    let (_message_id, rest) = word(rest);
    if name.is_empty() {
        return None;
    }
    let rest = after_structured_data(rest)?;
    let rest = rest.strip_prefix('\u{feff}').unwrap_or(rest);
    let program = Some(Program { name, pid: Some(pid).filter(|pid| written(pid)) }).filter(|_| written(name));
    Some((time, Header { host: Some(host).filter(|host| written(host)), program, rest }))
}

/// Skips `-` or `[id name="value" …]…`, in whose values `"`, `\` and `]` are escaped, and the space after it.
fn after_structured_data(text: &str) -> Option<&str> {
    let mut rest = match text.strip_prefix('-') {
        Some(rest) => return separated(rest),
        None => text.starts_with('[').then_some(text)?,
    };
    while let Some(inside) = rest.strip_prefix('[') {
        let (mut quoted, mut escaped) = (false, false);
        let end = inside.bytes().position(|byte| {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b']' if !quoted => return true,
                _ => {}
            }
            false
        })?;
        rest = inside.get(end + 1..)?;
    }
    separated(rest)
}

fn separated(rest: &str) -> Option<&str> {
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MESSAGE: &str = "client @0x7f 192.0.2.1#5 (a): query: a IN A + (192.0.2.53)";

    /// Host, name and process number of the program, and what follows.
    type Parts<'t> = (Option<&'t str>, Option<(&'t str, Option<&'t str>)>, &'t str);

    fn parts(text: &str) -> Option<Parts<'_>> {
        header(text).map(|header| (header.host, header.program.map(|program| (program.name, program.pid)), header.rest))
    }

    #[test]
    fn hosts_and_programs() {
        for (text, host, program) in [
            ("ns1 named[6085]: ", Some("ns1"), ("named", Some("6085"))),
            ("ns1 named: ", Some("ns1"), ("named", None)),
            ("ns1 named[6085] ", Some("ns1"), ("named", Some("6085"))),
            ("ns1  unbound[21069:0]: ", Some("ns1"), ("unbound", Some("21069:0"))),
            ("192.0.2.53 docker/bind-1[812]: ", Some("192.0.2.53"), ("docker/bind-1", Some("812"))),
            ("ns1 isc/bind9:9.18/dns[812]: ", Some("ns1"), ("isc/bind9:9.18/dns", Some("812"))),
            ("ns1 3f2a81bb90cc[812]: ", Some("ns1"), ("3f2a81bb90cc", Some("812"))),
            ("proxy (squid-1): ", Some("proxy"), ("(squid-1)", None)),
            ("proxy (squid-1)[7]: ", Some("proxy"), ("(squid-1)", Some("7"))),
            ("client named[6085]: ", Some("client"), ("named", Some("6085"))),
            ("debug named[6085]: ", Some("debug"), ("named", Some("6085"))),
            ("relay ns1 named[6085]: ", Some("ns1"), ("named", Some("6085"))),
            ("s_net@relay/ns1 named[6085]: ", Some("s_net@relay/ns1"), ("named", Some("6085"))),
            ("named[6085]: ", None, ("named", Some("6085"))),
            ("dnsmasq[25574]: ", None, ("dnsmasq", Some("25574"))),
            ("daemon.info named[1234]: ", None, ("named", Some("1234"))),
            ("daemon.info named: ", None, ("named", None)),
            ("ns1 daemon.info named: ", Some("ns1"), ("named", None)),
            ("<daemon.info> ns1 named[1]: ", Some("ns1"), ("named", Some("1"))),
            ("ns1 daemon:info named[1]: ", Some("ns1"), ("named", Some("1"))),
            ("Daemon.Info\t192.0.2.53\tnamed[1]: ", Some("192.0.2.53"), ("named", Some("1"))),
            ("ns1 named[1]: [ID 873579 daemon.info] ", Some("ns1"), ("named", Some("1"))),
        ] {
            let line = format!("{text}{MESSAGE}");
            assert_eq!(parts(&line), Some((host, Some(program), MESSAGE)), "{line}");
        }
        assert_eq!(parts("ns1 named[6085]:client"), Some((Some("ns1"), Some(("named", Some("6085"))), "client")));
        assert_eq!(parts("ns1 named[6085]:"), Some((Some("ns1"), Some(("named", Some("6085"))), "")));
        assert_eq!(parts("ns1 squid[7]:   5 x"), Some((Some("ns1"), Some(("squid", Some("7"))), "  5 x")));
    }

    #[test]
    fn hosts_alone_stand_before_whole_lines() {
        for line in [
            "21-Nov-2026 00:02:50.309 client",
            "Nov 21 00:02:50 ns1 named[1]: client",
            "<30>Nov 21 00:02:50 ns1 named[1]: client",
            "1 2026-11-21T00:02:50Z ns1 named 1 - - client",
            "2026-11-21T00:02:50Z ns1 named[1]: client",
            "1795219513.658      5 ::1",
        ] {
            assert_eq!(parts(&format!("relay {line}")), Some((Some("relay"), None, line)));
        }
    }

    #[test]
    fn the_tools_own_words_are_no_header() {
        for text in [
            "",
            "client @0x7f 192.0.2.1#5 (a): query: a IN A",
            "client 192.0.2.1#5: query: a IN A",
            "client fe80::1%eth0#5: query: a IN A",
            "client (no-peer): view x: query: a",
            "queries: info: client 192.0.2.1#5: query: a",
            "debug 3: client 192.0.2.1#5: query: a",
            "zone example.com/IN: loaded serial 0",
            "192.0.2.10 - - [21/Nov/2026:00:05:13 +0000] \"GET",
            "1795219513.658      5 ::1 TCP_MISS/200",
            "msg=\"Question\" subsystem=\"syncres\"",
            "Remote 192.0.2.7 wants 'www.example.org|A', do = 0",
        ] {
            assert_eq!(header(text), None, "{text}");
        }
    }

    #[test]
    fn structured_data() {
        let rest = |data: &str| {
            let line = format!("1 2026-11-21T00:02:50Z ns1 named 6085 - {data}");
            rfc5424(&line).map(|(_, header)| header.rest.to_owned())
        };
        for data in ["-", "[a@1 b=\"c\"]", "[a@1 b=\"c\\\"]\\\\\"][d]", "[a]"] {
            assert_eq!(rest(&format!("{data} x y")).as_deref(), Some("x y"), "{data}");
            assert_eq!(rest(data).as_deref(), Some(""), "{data}");
        }
        assert_eq!(rest("- \u{feff}x").as_deref(), Some("x"));
        for data in ["", "x", "[a", "[a \"b]", "-x"] {
            assert_eq!(rest(data), None, "{data}");
        }
        assert_eq!(
            rfc5424("1 - - - - - - x").map(|(time, header)| (time, header.host, header.program)),
            Some((None, None, None))
        );
        assert_eq!(rfc5424("1 tomorrow ns1 named - - - x"), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_header_or_none(text in any::<String>(), likely in "(ns1 |daemon.info |1 )?[a-z]{0,5}(\\[[0-9:]{0,3}\\])?:?[ a-z\"\\\\\\[\\]]{0,20}") {
            for text in [&text, &likely] {
                let _ = (header(text), rfc5424(text), after_priority(text), tag(text, Number::Maybe));
            }
        }
    }
}
