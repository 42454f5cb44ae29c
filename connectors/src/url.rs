//! The target of a request as it was sent: absolute URLs, `host:port` of CONNECT, and what Squid logs for no request.

use std::borrow::Cow;

use memchr::{memchr, memchr3, memrchr};

use crate::bad::Fault;

/// Host, port and path of a target, each when it has one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Target<'l> {
    /// As written, an IPv6 address without its brackets.
    pub(crate) host: Option<&'l str>,
    /// Port as written.
    port: Option<&'l str>,
    default_port: Option<i64>,
    path: Option<&'l str>,
}

impl<'l> Target<'l> {
    /// The parts of a target. `connect` says that the method was CONNECT.
    #[inline]
    pub(crate) fn parse(target: &'l str, connect: bool) -> Self {
        if let Some(colon) = memchr(b':', target.as_bytes())
            && let Some((scheme, rest)) = target.split_at_checked(colon)
            && let Some(rest) = rest.strip_prefix("://")
            && is_scheme(scheme)
        {
            return Self::absolute(scheme, rest);
        }
        Self::not_absolute(target, connect)
    }

    /// The parts that codes of their own have logged.
    pub(crate) fn of_parts(
        scheme: Option<&str>,
        host: Option<&'l str>,
        port: Option<&'l str>,
        path: Option<&'l str>,
    ) -> Self {
        let host = host.map(|host| host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host));
        Self { host, port, default_port: scheme.and_then(default_port), path }
    }

    fn absolute(scheme: &str, rest: &'l str) -> Self {
        let end = memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (host, port) = split_authority(authority, false);
        Self { host, port, default_port: default_port(scheme), path: Some(path) }
    }

    fn not_absolute(target: &'l str, connect: bool) -> Self {
        if target.starts_with('/') || target == "*" {
            return Self { path: Some(target), ..Self::default() };
        }
        if target.starts_with("error:") || !(connect || is_authority(target)) {
            return Self::default();
        }
        let (host, port) = split_authority(target, true);
        Self { host, port, ..Self::default() }
    }

    /// The port written, or the scheme's own.
    #[inline]
    pub(crate) fn port(&self) -> Result<Option<i64>, Fault> {
        let Some(port) = self.port else { return Ok(self.default_port) };
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        match port.parse::<u16>() {
            Ok(number) if digits => Ok(Some(i64::from(number))),
            _ => Err(Fault::field("%ru", "a port from 0 to 65535 after the host", port)),
        }
    }

    /// Path and query; `/` when the URL ends with its host.
    #[inline]
    pub(crate) fn path(&self) -> Option<Cow<'l, str>> {
        let path = self.path?;
        Some(match path.as_bytes().first() {
            None => Cow::Borrowed("/"),
            Some(b'?' | b'#') => Cow::Owned(format!("/{path}")),
            Some(_) => Cow::Borrowed(path),
        })
    }
}

#[inline]
fn is_scheme(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'_'))
}

#[inline]
fn default_port(scheme: &str) -> Option<i64> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        "ftp" => Some(21),
        _ if scheme.eq_ignore_ascii_case("http") => Some(80),
        _ if scheme.eq_ignore_ascii_case("https") => Some(443),
        _ if scheme.eq_ignore_ascii_case("ftp") => Some(21),
        _ => None,
    }
}

/// `host:port`, `[v6]:port`: told by its form, where no method is logged.
fn is_authority(text: &str) -> bool {
    let Some((host, port)) = text.rsplit_once(':') else { return false };
    let one_host = host.starts_with('[') && host.ends_with(']') || !host.contains(':');
    let digits = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    !host.is_empty() && one_host && digits && !host.contains('/')
}

/// Host and port of `user@host:port`. With `has_port` the last colon always precedes a port.
#[inline]
pub(crate) fn split_authority(authority: &str, has_port: bool) -> (Option<&str>, Option<&str>) {
    let written = |text: &'_ str| !text.is_empty();
    let authority = match memrchr(b'@', authority.as_bytes()) {
        Some(at) => authority.get(at + 1..).unwrap_or_default(),
        None => authority,
    };
    if let Some((host, port)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (Some(host).filter(|host| written(host)), port.strip_prefix(':').filter(|port| written(port)));
    }
    let (host, port) = match authority.rsplit_once(':') {
        // More colons: an address without its brackets.
        Some((host, _)) if host.contains(':') && !has_port => (authority, None),
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    (Some(host).filter(|host| written(host)), port.filter(|port| written(port)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(target: &str, connect: bool) -> (Option<&str>, Option<i64>, Option<String>) {
        let target = Target::parse(target, connect);
        (target.host, target.port().unwrap(), target.path().map(Cow::into_owned))
    }

    #[test]
    fn absolute_urls() {
        let path = |path: &str| Some(path.to_owned());
        assert_eq!(parts("http://a.example:8080/x?q=1#f", false), (Some("a.example"), Some(8080), path("/x?q=1#f")));
        assert_eq!(parts("http://A.example", false), (Some("A.example"), Some(80), path("/")));
        assert_eq!(
            parts("https://a.example?u=http://b/", false),
            (Some("a.example"), Some(443), path("/?u=http://b/"))
        );
        assert_eq!(parts("ftp://me:pw@a.example/f", false), (Some("a.example"), Some(21), path("/f")));
        assert_eq!(parts("http://[2001:db8::1]:81/", false), (Some("2001:db8::1"), Some(81), path("/")));
        assert_eq!(parts("http://2001:db8::1/", false), (Some("2001:db8::1"), Some(80), path("/")));
        assert_eq!(parts("HTTP://a:/x y/ü", false), (Some("a"), Some(80), path("/x y/ü")));
        assert_eq!(parts("cache_object://localhost/info", false), (Some("localhost"), None, path("/info")));
        assert_eq!(parts("https://a.example/", true), (Some("a.example"), Some(443), path("/")));
    }

    #[test]
    fn other_targets() {
        assert_eq!(parts("a.example:443", true), (Some("a.example"), Some(443), None));
        assert_eq!(parts("http:443", true), (Some("http"), Some(443), None));
        assert_eq!(parts("[2001:db8::1]:443", true), (Some("2001:db8::1"), Some(443), None));
        assert_eq!(parts("2001:db8::1:443", true), (Some("2001:db8::1"), Some(443), None));
        assert_eq!(parts("a.example:443", false), (Some("a.example"), Some(443), None));
        assert_eq!(parts("/x?http://a", false), (None, None, Some("/x?http://a".to_owned())));
        for none in ["error:invalid-request", "error:method-not-allowed", "urn:isbn:0451450523", "", "www"] {
            assert_eq!(parts(none, false), (None, None, None), "{none}");
        }
        assert_eq!(parts("error:method-not-allowed", true), (None, None, None));
    }

    #[test]
    fn a_port_is_a_number() {
        assert!(Target::parse("http://a:b/", false).port().is_err());
        assert!(Target::parse("a:65536", true).port().is_err());
        assert!(Target::parse("http://a:+80/", false).port().is_err());
    }

    proptest! {
        #[test]
        fn nothing_panics(target in any::<String>(), connect in any::<bool>()) {
            let target = Target::parse(&target, connect);
            let _ = (target.port(), target.path());
        }
    }
}
