//! The codes of a `logformat` (`%>a`, `%<st` …) and what is known of each: the field it fills and the shape of its text.
//!
//! Source: the tables of `src/format/Token.cc` of Squid 2.7 to 7.

/// What a code means to us. Codes that fill no column have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// `%ts`: seconds since the epoch; in the native format with their fraction.
    Seconds,
    /// `%tu`: the part below a second.
    Subsecond,
    /// `%tl`, `%tg`: `21/Nov/2026:00:05:13 +0000`.
    Clock,
    /// `%tS`: seconds since the epoch, with fraction, when the transaction began.
    Start,
    /// `%tr`: milliseconds that the transaction took.
    Elapsed,
    Client,
    ClientName,
    ClientPort,
    /// `%>Hs`: status sent to the client.
    Status,
    /// `%<Hs`: status received from the server.
    ServerStatus,
    /// `%<st`: bytes sent to the client, headers included.
    Size,
    Method,
    Url,
    UrlScheme,
    UrlHost,
    UrlPort,
    UrlPath,
    Peer,
    PeerName,
    PeerPort,
    MediaType,
    Sni,
    /// `%>h` without a name: all headers of the request.
    RequestHeaders,
    /// `%<h` without a name: all headers of the reply.
    ReplyHeaders,
    Referer,
    UserAgent,
    Host,
    Cookie,
    ContentType,
    ContentRange,
    Server,
    SetCookie,
}

/// How many codes there are.
pub(super) const CODES: usize = Code::SetCookie as usize + 1;

impl Code {
    /// The code as `squid.conf` has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Seconds => "%ts",
            Self::Subsecond => "%tu",
            Self::Clock => "%tl",
            Self::Start => "%tS",
            Self::Elapsed => "%tr",
            Self::Client => "%>a",
            Self::ClientName => "%>A",
            Self::ClientPort => "%>p",
            Self::Status => "%>Hs",
            Self::ServerStatus => "%<Hs",
            Self::Size => "%<st",
            Self::Method => "%rm",
            Self::Url => "%ru",
            Self::UrlScheme => "%>rs",
            Self::UrlHost => "%>rd",
            Self::UrlPort => "%>rP",
            Self::UrlPath => "%>rp",
            Self::Peer => "%<a",
            Self::PeerName => "%<A",
            Self::PeerPort => "%<p",
            Self::MediaType => "%mt",
            Self::Sni => "%ssl::>sni",
            Self::RequestHeaders => "%>h",
            Self::ReplyHeaders => "%<h",
            Self::Referer => "%{Referer}>h",
            Self::UserAgent => "%{User-Agent}>h",
            Self::Host => "%{Host}>h",
            Self::Cookie => "%{Cookie}>h",
            Self::ContentType => "%{Content-Type}<h",
            Self::ContentRange => "%{Content-Range}<h",
            Self::Server => "%{Server}<h",
            Self::SetCookie => "%{Set-Cookie}<h",
        }
    }

    /// Whether its text may be an IPv6 address and so hold colons.
    pub(super) fn is_address(self) -> bool {
        matches!(self, Self::Client | Self::ClientName | Self::Peer | Self::PeerName | Self::UrlHost)
    }
}

/// What the text of a code looks like, which says where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// No spaces.
    Word,
    /// Anything, even the text that comes after it in the format.
    Loose,
    /// The 26 characters of `21/Nov/2026:00:05:13 +0000`.
    Clock,
    /// Up to the next `"` that no `\` precedes.
    Quoted,
    /// Up to the next `]`; neither bracket is in it.
    Bracketed,
    /// A word, or a text in quotes when it has spaces.
    Shell,
}

/// A code by its name, with whatever follows it in the format.
///
/// Gives the code, its shape and the length of its name. As in Squid the longest name wins.
pub(super) fn named(text: &str, argument: Option<&str>) -> Option<(Option<Code>, Shape, usize)> {
    let prefix = ["http::", "ssl::", "tls::", "icap::", "adapt::"].into_iter().find(|prefix| text.starts_with(prefix));
    let at = prefix.map_or(0, str::len);
    let rest = text.get(at..)?;
    if let Some("ssl::" | "tls::") = prefix
        && rest.starts_with(">sni")
    {
        return Some((Some(Code::Sni), Shape::Word, at + 4));
    }
    if matches!(prefix, None | Some("http::")) {
        let handshake = rest.starts_with(">handshake");
        if rest.starts_with(">ha") && !handshake {
            return Some((None, Shape::Loose, at + 3));
        }
        if rest.starts_with(">h") && !handshake {
            return Some((request_header(argument), Shape::Loose, at + 2));
        }
        if rest.starts_with("<h") {
            return Some((reply_header(argument), Shape::Loose, at + 2));
        }
        let known = KNOWN.iter().filter(|(name, ..)| rest.starts_with(name)).max_by_key(|(name, ..)| name.len());
        if let Some((name, code, shape)) = known {
            return Some((*code, *shape, at + name.len()));
        }
    }
    // Not known to us: some other version's code, told by its letters.
    let arrow = usize::from(rest.starts_with(['<', '>']));
    let letters = rest.bytes().skip(arrow).take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'_').count();
    (letters > 0).then_some((None, Shape::Loose, at + arrow + letters))
}

fn request_header(argument: Option<&str>) -> Option<Code> {
    const NAMED: [(&str, Code); 5] = [
        ("Referer", Code::Referer),
        ("Referrer", Code::Referer),
        ("User-Agent", Code::UserAgent),
        ("Host", Code::Host),
        ("Cookie", Code::Cookie),
    ];
    header(argument, Code::RequestHeaders, &NAMED)
}

fn reply_header(argument: Option<&str>) -> Option<Code> {
    const NAMED: [(&str, Code); 4] = [
        ("Content-Type", Code::ContentType),
        ("Content-Range", Code::ContentRange),
        ("Server", Code::Server),
        ("Set-Cookie", Code::SetCookie),
    ];
    header(argument, Code::ReplyHeaders, &NAMED)
}

/// The code of one header, or of all without an argument. `{Name:element}` is only a part of a header: none.
fn header(argument: Option<&str>, all: Code, named: &[(&str, Code)]) -> Option<Code> {
    let Some(name) = argument else { return Some(all) };
    named.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}

/// Names without a `%`, the code each fills, and its shape.
const KNOWN: &[(&str, Option<Code>, Shape)] = &[
    ("ts", Some(Code::Seconds), Shape::Word),
    ("tu", Some(Code::Subsecond), Shape::Word),
    ("tl", Some(Code::Clock), Shape::Clock),
    ("tg", Some(Code::Clock), Shape::Clock),
    ("tS", Some(Code::Start), Shape::Word),
    ("tr", Some(Code::Elapsed), Shape::Word),
    (">a", Some(Code::Client), Shape::Word),
    (">A", Some(Code::ClientName), Shape::Word),
    (">p", Some(Code::ClientPort), Shape::Word),
    ("SRC", Some(Code::Client), Shape::Word),
    ("SRCPORT", Some(Code::ClientPort), Shape::Word),
    ("SRCEUI48", None, Shape::Word),
    ("SRCEUI64", None, Shape::Word),
    (">Hs", Some(Code::Status), Shape::Word),
    ("Hs", Some(Code::Status), Shape::Word),
    ("<Hs", Some(Code::ServerStatus), Shape::Word),
    ("<st", Some(Code::Size), Shape::Word),
    ("rm", Some(Code::Method), Shape::Word),
    (">rm", Some(Code::Method), Shape::Word),
    ("METHOD", Some(Code::Method), Shape::Word),
    ("ru", Some(Code::Url), Shape::Loose),
    (">ru", Some(Code::Url), Shape::Loose),
    ("URI", Some(Code::Url), Shape::Loose),
    (">rs", Some(Code::UrlScheme), Shape::Word),
    ("PROTO", Some(Code::UrlScheme), Shape::Word),
    (">rd", Some(Code::UrlHost), Shape::Word),
    ("DST", Some(Code::UrlHost), Shape::Word),
    (">rP", Some(Code::UrlPort), Shape::Word),
    ("PORT", Some(Code::UrlPort), Shape::Word),
    ("rp", Some(Code::UrlPath), Shape::Loose),
    (">rp", Some(Code::UrlPath), Shape::Loose),
    ("PATH", Some(Code::UrlPath), Shape::Loose),
    ("<a", Some(Code::Peer), Shape::Word),
    ("<A", Some(Code::PeerName), Shape::Word),
    ("<p", Some(Code::PeerPort), Shape::Word),
    ("mt", Some(Code::MediaType), Shape::Word),
    ("Ss", None, Shape::Word),
    ("Sh", None, Shape::Word),
    ("un", None, Shape::Word),
    ("ul", None, Shape::Word),
    ("ui", None, Shape::Word),
    ("ue", None, Shape::Word),
    ("us", None, Shape::Word),
    ("rv", None, Shape::Word),
    (">rv", None, Shape::Word),
    ("<rv", None, Shape::Word),
    (">v", None, Shape::Word),
    ("rG", None, Shape::Word),
    ("<rm", None, Shape::Word),
    ("<ru", None, Shape::Loose),
    ("<rs", None, Shape::Word),
    ("<rd", None, Shape::Word),
    ("<rP", None, Shape::Word),
    ("<rp", None, Shape::Loose),
    (">st", None, Shape::Word),
    (">sh", None, Shape::Word),
    ("<sH", None, Shape::Word),
    ("<sS", None, Shape::Word),
    ("<sh", None, Shape::Word),
    ("<bs", None, Shape::Word),
    ("st", None, Shape::Word),
    ("sn", None, Shape::Word),
    ("la", None, Shape::Word),
    (">la", None, Shape::Word),
    ("<la", None, Shape::Word),
    ("oa", None, Shape::Word),
    ("lp", None, Shape::Word),
    (">lp", None, Shape::Word),
    ("<lp", None, Shape::Word),
    ("<pt", None, Shape::Word),
    ("<tt", None, Shape::Word),
    ("dt", None, Shape::Word),
    (">eui", None, Shape::Word),
    (">qos", None, Shape::Word),
    ("<qos", None, Shape::Word),
    (">nfmark", None, Shape::Word),
    ("<nfmark", None, Shape::Word),
    (">handshake", None, Shape::Word),
    ("err_code", None, Shape::Word),
    ("err_detail", None, Shape::Word),
    ("et", None, Shape::Loose),
    ("ea", None, Shape::Loose),
    ("note", None, Shape::Loose),
    ("credentials", None, Shape::Loose),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(named("<pt", None), Some((None, Shape::Word, 3)));
        assert_eq!(named("<p ", None), Some((Some(Code::PeerPort), Shape::Word, 2)));
        assert_eq!(named("SRCPORT", None), Some((Some(Code::ClientPort), Shape::Word, 7)));
        assert_eq!(named(">handshake", None), Some((None, Shape::Word, 10)));
    }

    #[test]
    fn headers_by_name() {
        assert_eq!(named(">h", Some("user-agent")).unwrap().0, Some(Code::UserAgent));
        assert_eq!(named("http::>h", None), Some((Some(Code::RequestHeaders), Shape::Loose, 8)));
        assert_eq!(named(">h", Some("Cookie:;session")).unwrap().0, None);
        assert_eq!(named("<h", Some("Host")).unwrap().0, None);
        assert_eq!(named("<h", Some("Server")).unwrap().0, Some(Code::Server));
    }

    #[test]
    fn names_of_other_namespaces_and_versions() {
        assert_eq!(named("ssl::>sni", None).unwrap().0, Some(Code::Sni));
        assert_eq!(named("icap::<st ", None), Some((None, Shape::Loose, 9)));
        assert_eq!(named("byte_count]", None), Some((None, Shape::Loose, 10)));
        assert_eq!(named("!", None), None);
        assert_eq!(named("", None), None);
    }

    #[test]
    fn codes_know_their_own_names() {
        for (name, code, _) in KNOWN {
            if let Some(code) = code {
                let (found, ..) = named(code.name().trim_start_matches('%'), None).unwrap();
                assert_eq!(found, Some(*code), "{name}");
            }
        }
    }
}
