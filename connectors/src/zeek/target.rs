//! What a request was for: the host and the path in its target, which Zeek logs as it was sent. A proxy is sent a whole
//! URL, and with CONNECT only where to.

use std::borrow::Cow;

use super::field::Field;
use crate::url::Target;

/// The host: that of the header `Host`, or else that in a target sent to a proxy.
pub(super) fn host<'r>(host: Field<'r>, method: Field<'r>, uri: Field<'r>) -> Option<Cow<'r, str>> {
    match host.text() {
        Some(host) if !host.is_empty() => Some(host),
        empty => match uri.text() {
            Some(Cow::Borrowed(uri)) => of_proxy(method, uri).and_then(|target| target.host).map(Cow::Borrowed),
            Some(Cow::Owned(uri)) => {
                of_proxy(method, &uri).and_then(|target| target.host).map(|host| Cow::Owned(host.to_owned()))
            }
            None => None,
        }
        .or(empty),
    }
}

/// Path and query. A target that has none of the forms that HTTP knows stays what it is.
pub(super) fn path<'r>(method: Field<'r>, uri: Field<'r>) -> Option<Cow<'r, str>> {
    match uri.text()? {
        Cow::Borrowed(uri) => match of_proxy(method, uri) {
            Some(target) => target.path(),
            None => Some(Cow::Borrowed(uri)),
        },
        Cow::Owned(uri) => match of_proxy(method, &uri).map(|target| target.path().map(Cow::into_owned)) {
            Some(path) => path.map(Cow::Owned),
            None => Some(Cow::Owned(uri)),
        },
    }
}

/// The parts of a target that only a proxy is sent.
#[inline]
fn of_proxy<'t>(method: Field<'_>, uri: &'t str) -> Option<Target<'t>> {
    if uri.starts_with('/') || uri == "*" {
        return None;
    }
    let method = method.text();
    let connect = method.as_deref().is_some_and(|method| method.eq_ignore_ascii_case("CONNECT"));
    let target = Target::parse(uri, connect);
    // Host and port alone are a target of CONNECT only; where the log has no method, their form must do.
    let of_proxy = target.path().is_some() || connect || (method.is_none() && target.host.is_some());
    of_proxy.then_some(target)
}

#[cfg(test)]
mod tests {
    use super::super::json::Json;
    use super::super::times::Times;
    use super::*;

    fn parts(method: &str, uri: &str) -> (Option<String>, Option<String>) {
        let json = |text: &str| if text.is_empty() { Json::Null } else { Json::Text(text.to_owned().into()) };
        let (method, uri) = (json(method), json(uri));
        let field = |json| Field::of_json(json, Times::Auto);
        let host = host(Field::Missing, field(&method), field(&uri)).map(Cow::into_owned);
        (host, path(field(&method), field(&uri)).map(Cow::into_owned))
    }

    #[test]
    fn targets() {
        for (method, uri, expected_host, expected_path) in [
            ("GET", "/a?b=http://c/", None, Some("/a?b=http://c/")),
            ("GET", "http://a.example/b?c", Some("a.example"), Some("/b?c")),
            ("GET", "http://a.example", Some("a.example"), Some("/")),
            ("GET", "HTTPS://me@a.example:8443?c", Some("a.example"), Some("/?c")),
            ("", "ftp://[2001:db8::1]/f", Some("2001:db8::1"), Some("/f")),
            ("CONNECT", "a.example:443", Some("a.example"), None),
            ("connect", "[2001:db8::1]:443", Some("2001:db8::1"), None),
            ("CONNECT", "a.example", Some("a.example"), None),
            ("", "a.example:443", Some("a.example"), None),
            ("OPTIONS", "*", None, Some("*")),
            ("GET", "a.example:443", None, Some("a.example:443")),
            ("GET", "../../etc/passwd", None, Some("../../etc/passwd")),
            ("GET", "", None, None),
        ] {
            let expected = (expected_host.map(str::to_owned), expected_path.map(str::to_owned));
            assert_eq!(parts(method, uri), expected, "{method} {uri}");
        }
    }

    #[test]
    fn the_header_names_the_host() {
        let (host_header, uri) = (Json::Text("b.example".into()), Json::Text("http://a.example/".into()));
        let field = |json| Field::of_json(json, Times::Auto);
        assert_eq!(host(field(&host_header), Field::Missing, field(&uri)).as_deref(), Some("b.example"));
        let empty = Json::Text("".into());
        assert_eq!(host(field(&empty), Field::Missing, field(&uri)).as_deref(), Some("a.example"));
        assert_eq!(host(field(&empty), Field::Missing, Field::Missing).as_deref(), Some(""));
    }
}
