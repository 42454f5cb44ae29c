//! Who asked: `@0x7f3c 192.0.2.1#5353/key NAME (qname): view NAME: message`.

use memchr::memmem::Finder;

use crate::bad::Fault;

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said<'l> {
    /// The text after `query: `.
    Query(&'l str),
    /// The text after `response: `.
    Response(&'l str),
    /// Something else, whole with what is between it and the peer.
    Other(&'l str),
}

/// A message about a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Client<'l> {
    /// Address and port; `None` for `(no-peer)`.
    pub(super) peer: Option<(&'l str, &'l str)>,
    /// Written by 9.9 or later, which end a query with flags and destination.
    pub(super) is_recent: bool,
    pub(super) said: Said<'l>,
}

/// Finds the parts of a message.
///
/// A name holds no space (it is written `\032`), so the first `: query: ` is BIND's own; only a view's name could hold
/// another.
pub(super) struct Clients {
    query: Finder<'static>,
    response: Finder<'static>,
}

impl Clients {
    pub(super) fn new() -> Self {
        Self { query: Finder::new(": query: "), response: Finder::new(": response: ") }
    }

    /// Splits what follows `client `.
    ///
    /// # Errors
    /// It does not begin with a peer.
    #[inline]
    pub(super) fn split<'l>(&self, text: &'l str) -> Result<Client<'l>, Fault> {
        let (has_object, text) = match text.strip_prefix('@') {
            Some(object) => (true, object.split_once(' ').ok_or_else(|| fault(text))?.1),
            None => (false, text),
        };
        let (peer, rest) = peer(text).ok_or_else(|| fault(text))?;
        let is_recent = has_object || rest.starts_with(" (") || rest.starts_with("/key ");
        let after = |finder: &Finder<'_>| {
            let found = finder.find(rest.as_bytes())?;
            rest.get(found + finder.needle().len()..)
        };
        let said = if let Some(query) = after(&self.query) {
            Said::Query(query)
        } else if let Some(response) = after(&self.response) {
            Said::Response(response)
        } else {
            Said::Other(rest)
        };
        Ok(Client { peer, is_recent, said })
    }
}

#[cold]
fn fault(found: &str) -> Fault {
    Fault::field("client", "address#port (or (no-peer)) and a message", found)
}

/// Address and port, and what follows them.
#[inline]
fn peer(text: &str) -> Option<(Option<(&str, &str)>, &str)> {
    if let Some(rest) = text.strip_prefix("(no-peer)") {
        return Some((None, rest));
    }
    let mut hash = None;
    for (place, byte) in text.bytes().enumerate() {
        match (byte, hash) {
            (b'#', None) => hash = Some(place),
            (b' ', None) => return None,
            (b' ' | b'/' | b':', Some(hash)) => {
                let port = text.get(hash + 1..place)?;
                return Some((Some((text.get(..hash)?, port)), text.get(place..)?));
            }
            _ => {}
        }
    }
    None
}

/// Whether a message breaks off before it says anything: what follows the peer is no message, or only the start of one
/// that this table takes.
pub(super) fn is_cut(rest: &str) -> bool {
    let Some((_, last)) = rest.rsplit_once(": ") else { return true };
    last.starts_with("view ") || ["view ", "query:", "response:"].iter().any(|whole| whole.starts_with(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Result<Client<'_>, Fault> {
        Clients::new().split(text)
    }

    #[test]
    fn every_form_of_a_client() {
        let (v4, v6) = (Some(("192.0.2.1", "53")), Some(("fe80::1%eth0", "53")));
        for (before, peer, is_recent) in [
            ("192.0.2.1#53", v4, false),
            ("192.0.2.1#53 UDP", v4, false),
            ("192.0.2.1#53: view query", v4, false),
            ("192.0.2.1#53 (a.b)", v4, true),
            ("fe80::1%eth0#53", v6, false),
            ("@0x7f3c fe80::1%eth0#53", v6, true),
            ("@0x7f3c 192.0.2.1#53/key a:b.c (a): view my view", v4, true),
            ("@0x7f3c 192.0.2.1#53 (a\\)\\:): view query", v4, true),
            ("@0x7f3c (no-peer)", None, true),
            ("(no-peer): view response", None, false),
        ] {
            for (message, said) in
                [("query: a IN A", Said::Query("a IN A")), ("response: a IN A", Said::Response("a IN A"))]
            {
                let line = format!("{before}: {message}");
                assert_eq!(split(&line), Ok(Client { peer, is_recent, said }), "{line}");
            }
        }
    }

    #[test]
    fn other_messages_and_cut_ones() {
        let line = "@0x7f3c 192.0.2.1#53 (a): view b: query failed (REFUSED) for a/IN/NS at query.c:1";
        let Ok(Client { said: Said::Other(rest), .. }) = split(line) else { panic!("no query") };
        assert!(!is_cut(rest), "{rest}");
        let query = "@0x7f3c 192.0.2.1#53 (a.b): view c: query:";
        for end in 0..query.len() {
            match split(&query[..end]) {
                Ok(Client { said: Said::Other(rest), .. }) => assert!(is_cut(rest), "{rest}"),
                Ok(client) => panic!("{client:?}"),
                Err(fault) => assert_eq!(fault.column.as_deref(), Some("client")),
            }
        }
    }
}
