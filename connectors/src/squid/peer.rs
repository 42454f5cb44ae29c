//! The server or neighbour that a request was sent to: `HIER_DIRECT/192.0.2.1`.

use std::net::{Ipv4Addr, Ipv6Addr};

use memchr::memchr;

/// The peer's address; `None` when it is a name or there was no peer.
#[inline]
pub(super) fn address(peer: &str) -> Option<&str> {
    let bare = peer.strip_prefix('[').and_then(|peer| peer.strip_suffix(']')).unwrap_or(peer);
    is_address(bare).then_some(bare)
}

/// Whether this is an IPv4 or IPv6 address.
#[inline]
pub(super) fn is_address(text: &str) -> bool {
    if memchr(b':', text.as_bytes()).is_some() {
        // A link-local address may come with its interface.
        let address = text.split_once('%').map_or(text, |(address, _)| address);
        return address.parse::<Ipv6Addr>().is_ok();
    }
    text.as_bytes().last().is_some_and(u8::is_ascii_digit) && text.parse::<Ipv4Addr>().is_ok()
}

/// Whether a word is `HIERARCHY/peer`: `HIER_NONE/-`, `TIMEOUT_DIRECT/192.0.2.1`, `PARENT_HIT/proxy.example.org`.
#[inline]
pub(super) fn is_hierarchy(word: &[u8]) -> bool {
    let mut letters = 0;
    for byte in word {
        match byte {
            b'A'..=b'Z' | b'_' => letters += 1,
            b'0'..=b'9' if letters > 0 => {}
            b'/' => return letters > 0,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_only() {
        assert_eq!(address("192.0.2.1"), Some("192.0.2.1"));
        assert_eq!(address("[2001:db8::1]"), Some("2001:db8::1"));
        assert_eq!(address("::1"), Some("::1"));
        assert_eq!(address("fe80::1%eth0"), Some("fe80::1%eth0"));
        for name in ["-", "", "parent.example.org", "proxy1", "1.2.3", "256.1.1.1", "a:b"] {
            assert_eq!(address(name), None, "{name}");
        }
    }

    #[test]
    fn hierarchies() {
        for word in ["HIER_NONE/-", "DIRECT/1.2.3.4", "TIMEOUT_CARP/x", "CD_PARENT_HIT/::1", "NONE/"] {
            assert!(is_hierarchy(word.as_bytes()), "{word}");
        }
        for word in ["-", "text/html", "http://a", "/x", "", "Direct/1.2.3.4", "NONE"] {
            assert!(!is_hierarchy(word.as_bytes()), "{word}");
        }
    }
}
