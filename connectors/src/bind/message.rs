//! What was asked, and how it was answered: the text after `query: ` or `response: `.
//!
//! ```text
//! 9.0            name
//! 9.1            name class type
//! 9.3            name class type flags
//! 9.7            name class type flags (destination)
//! 9.12           name class type flags (destination) [ECS address/source/scope]
//! 9.20.3         name class type code answers authorities additionals flags (destination) [ECS …]
//! Infoblox NIOS  name class type response: code flags record; record; …
//! ```

use memchr::memchr;

use crate::bad::Fault;

/// A line of the log, split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Message<'l> {
    pub(super) name: &'l str,
    pub(super) class: Option<&'l str>,
    pub(super) kind: Option<&'l str>,
    /// Flags of the query, in lines of responses too.
    pub(super) flags: Option<&'l str>,
    pub(super) destination: Option<&'l str>,
    /// Code of the response; there is one in lines of responses only.
    pub(super) code: Option<&'l str>,
    /// Flags and records of the response, which Infoblox writes.
    pub(super) answer: Option<(&'l str, &'l str)>,
}

/// Splits a query; `is_recent` says that it must have all parts.
///
/// # Errors
/// A part is missing or of another form.
#[inline]
pub(super) fn query(text: &str, is_recent: bool) -> Result<Message<'_>, Fault> {
    let (message, rest) = question(text)?;
    if message.class.is_none() && is_recent {
        return Err(missing("class", "a class"));
    }
    if let Some(answer) = rest.strip_prefix("response: ") {
        let (code, answer) = word(answer);
        let (flags, records) = word(answer);
        if code.is_empty() || flags.is_empty() {
            return Err(Fault::field("response", "a code and flags", rest));
        }
        return Ok(Message { code: Some(code), answer: Some((flags, records)), ..message });
    }
    if rest.is_empty() && !is_recent {
        return Ok(message);
    }
    ending(message, rest, is_recent)
}

/// Splits a response.
///
/// # Errors
/// A part is missing or of another form.
pub(super) fn response(text: &str) -> Result<Message<'_>, Fault> {
    let (message, rest) = question(text)?;
    let (code, mut rest) = word(rest);
    if code.is_empty() {
        return Err(missing("response", "a response code"));
    }
    for _ in ["answers", "authorities", "additionals"] {
        let (count, after) = word(rest);
        if count.is_empty() || !count.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Fault::field("response", "three numbers of records after the code", rest));
        }
        rest = after;
    }
    ending(Message { code: Some(code), ..message }, rest, true)
}

/// Name, class and type, and what follows.
#[inline]
fn question(text: &str) -> Result<(Message<'_>, &str), Fault> {
    let (name, rest) = word(text);
    if name.is_empty() {
        return Err(missing("name", "a domain name"));
    }
    if rest.is_empty() {
        return Ok((Message { name, ..Message::default() }, rest));
    }
    let (class, rest) = word(rest);
    let (kind, rest) = word(rest);
    for (field, text, expected) in
        [("class", class, "a class such as IN or CLASS77"), ("type", kind, "a type such as A or TYPE65300")]
    {
        if !is_mnemonic(text) {
            return Err(Fault::field(field, expected, text));
        }
    }
    Ok((Message { name, class: Some(class), kind: Some(kind), ..Message::default() }, rest))
}

/// Flags, destination and client subnet.
#[inline]
fn ending<'l>(message: Message<'l>, rest: &'l str, is_recent: bool) -> Result<Message<'l>, Fault> {
    let (flags, rest) = word(rest);
    if flags.is_empty() {
        return Err(missing("flags", "flags"));
    }
    let message = Message { flags: Some(flags), ..message };
    if rest.is_empty() && !is_recent {
        return Ok(message);
    }
    let closed = rest.strip_prefix('(').and_then(|inside| inside.split_once(')'));
    let Some((destination, subnet)) = closed.filter(|(destination, _)| !destination.is_empty()) else {
        return Err(Fault::field("destination", "an address in parentheses", rest));
    };
    let is_subnet = subnet.starts_with(" [ECS ") && subnet.ends_with(']');
    if !subnet.is_empty() && !is_subnet {
        return Err(Fault::field("subnet", "[ECS address/source/scope] or the end of the line", subnet));
    }
    Ok(Message { destination: Some(destination), ..message })
}

/// The text up to the next space, and what follows it.
#[inline]
fn word(text: &str) -> (&str, &str) {
    let split = memchr(b' ', text.as_bytes()).and_then(|space| Some((text.get(..space)?, text.get(space + 1..)?)));
    split.unwrap_or((text, ""))
}

/// Whether this may be the mnemonic of a class or type.
#[inline]
fn is_mnemonic(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cold]
fn missing(field: &'static str, expected: &'static str) -> Fault {
    Fault::field(field, expected, "the end of the line")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn queries_of_every_release() {
        let mut expected = Message { name: "a.b", ..Message::default() };
        assert_eq!(query("a.b", false), Ok(expected));
        (expected.class, expected.kind) = (Some("CLASS77"), Some("NSAP-PTR"));
        assert_eq!(query("a.b CLASS77 NSAP-PTR", false), Ok(expected));
        expected.flags = Some("+ED");
        assert_eq!(query("a.b CLASS77 NSAP-PTR +ED", false), Ok(expected));
        expected.destination = Some("fe80::1%2");
        for line in
            ["a.b CLASS77 NSAP-PTR +ED (fe80::1%2)", "a.b CLASS77 NSAP-PTR +ED (fe80::1%2) [ECS 192.0.2.0/24/0]"]
        {
            assert_eq!((query(line, false), query(line, true)), (Ok(expected), Ok(expected)));
        }
    }

    #[test]
    fn responses() {
        let expected = Message {
            name: "a.b",
            class: Some("IN"),
            kind: Some("A"),
            flags: Some("+E(0)K"),
            destination: Some("::1"),
            code: Some("NXDOMAIN"),
            answer: None,
        };
        assert_eq!(response("a.b IN A NXDOMAIN 0 1 1 +E(0)K (::1)"), Ok(expected));
        assert_eq!(response("a.b IN A NXDOMAIN 0 1 1 +E(0)K (::1) [ECS 192.0.2.0/24/0]"), Ok(expected));
        let (flags, destination) = (None, None);
        let infoblox = Message { flags, destination, answer: Some(("+ED", "")), ..expected };
        assert_eq!(query("a.b IN A response: NXDOMAIN +ED", false), Ok(infoblox));
        let infoblox = Message { answer: Some(("+ED", "a.b. 1 IN A 192.0.2.1;")), ..infoblox };
        assert_eq!(query("a.b IN A response: NXDOMAIN +ED a.b. 1 IN A 192.0.2.1;", false), Ok(infoblox));
    }

    #[test]
    fn lines_that_are_cut() {
        let line = "a.b IN A +E(0)K (::1) [ECS 192.0.2.0/24/0]";
        for end in (0..line.len()).filter(|&end| end != "a.b IN A +E(0)K (::1)".len()) {
            assert!(query(&line[..end], true).is_err(), "{}", &line[..end]);
        }
        let line = "a.b IN A NOERROR 0 1 1 + (::1)";
        for end in 0..line.len() {
            assert!(response(&line[..end]).is_err(), "{}", &line[..end]);
        }
    }

    #[test]
    fn faults_name_the_part() {
        for (line, field) in [
            ("", "name"),
            ("a.b IN", "type"),
            ("a.b 21-Nov-2026 00:02:50.309", "class"),
            ("a.b IN A + 192.0.2.53", "destination"),
            ("a.b IN A + (192.0.2.53", "destination"),
            ("a.b IN A + ()", "destination"),
            ("a.b IN A + (192.0.2.53) x", "subnet"),
            ("a.b IN A response: NOERROR", "response"),
        ] {
            assert_eq!(query(line, false).unwrap_err().column.as_deref(), Some(field), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_split_or_refused(text in any::<String>(), likely in "[A-Z.+()\\[\\] 0-9]{0,40}", is_recent in any::<bool>()) {
            for text in [&text, &likely] {
                let _ = (query(text, is_recent), response(text));
            }
        }
    }
}
