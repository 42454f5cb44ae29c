//! Hosts as requests name them.

/// The host of `host`, `host:port`, `[address]` or `[address]:port`; an IPv6 address without brackets is one as it is.
/// `None` when nothing is left.
pub(super) fn without_port(authority: &str) -> Option<&str> {
    let host = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => match authority.split_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        },
    };
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_cut() {
        for (authority, host) in [
            ("www.example.com", Some("www.example.com")),
            ("www.example.com:8080", Some("www.example.com")),
            ("www.example.com:", Some("www.example.com")),
            ("[2001:db8::1]:80", Some("2001:db8::1")),
            ("[2001:db8::1]", Some("2001:db8::1")),
            ("2001:db8::1", Some("2001:db8::1")),
            ("a:b", Some("a:b")),
            (":80", None),
            ("[]", None),
            ("", None),
        ] {
            assert_eq!(without_port(authority), host, "{authority}");
        }
    }
}
