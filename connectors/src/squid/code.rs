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
    /// `%tl`, `%tg`: `21/Nov/2026:00:05:13 +0000`, or what the format's argument says.
    Clock,
    /// A second `%tl` or `%tg`, with what the first leaves out: the day apart from the clock, or the zone.
    ClockRest,
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
            Self::Clock | Self::ClockRest => "%tl",
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
    /// A word of digits, with a sign or a point, or `-`.
    Number,
    /// Digits that something else than a digit follows at once.
    Digits,
    /// A word of capitals, digits, `_` and `-`: a method or what Squid says of a transaction.
    Capitals,
    /// A URL. It has no spaces, unless `uri_whitespace allow` is set.
    Url,
    /// A user's name, which may have spaces.
    User,
    /// A media type. It has no spaces, unless a server is odd.
    Media,
    /// Up to the text that comes after it in the format, spaces and all.
    Spaced,
    /// Anything, even the text that comes after it in the format.
    Loose,
    /// `21/Nov/2026:00:05:13 +0000`, or a time in the form of the item's pattern.
    Clock,
    /// Up to the next `"` that no `\` precedes.
    Quoted,
    /// Up to the next `]`; neither bracket is in it.
    Bracketed,
    /// A word, or a text in quotes when it has spaces.
    Shell,
}

impl Shape {
    /// Whether a text may be of this shape. Where a field could end at several places, this tells the right one.
    pub(super) fn fits(self, text: &[u8]) -> bool {
        let all = |fits: fn(u8) -> bool| text.iter().all(|&byte| fits(byte));
        match self {
            Self::Number | Self::Digits => all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')),
            Self::Capitals => {
                all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-'))
            }
            _ => true,
        }
    }
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
    ("ts", Some(Code::Seconds), Shape::Number),
    ("tu", Some(Code::Subsecond), Shape::Number),
    ("tl", Some(Code::Clock), Shape::Clock),
    ("tg", Some(Code::Clock), Shape::Clock),
    ("tS", Some(Code::Start), Shape::Number),
    ("tr", Some(Code::Elapsed), Shape::Number),
    (">a", Some(Code::Client), Shape::Word),
    (">A", Some(Code::ClientName), Shape::Word),
    (">p", Some(Code::ClientPort), Shape::Number),
    ("SRC", Some(Code::Client), Shape::Word),
    ("SRCPORT", Some(Code::ClientPort), Shape::Number),
    ("SRCEUI48", None, Shape::Word),
    ("SRCEUI64", None, Shape::Word),
    (">Hs", Some(Code::Status), Shape::Number),
    ("Hs", Some(Code::Status), Shape::Number),
    ("<Hs", Some(Code::ServerStatus), Shape::Number),
    ("<st", Some(Code::Size), Shape::Number),
    ("rm", Some(Code::Method), Shape::Capitals),
    (">rm", Some(Code::Method), Shape::Capitals),
    ("METHOD", Some(Code::Method), Shape::Capitals),
    ("ru", Some(Code::Url), Shape::Url),
    (">ru", Some(Code::Url), Shape::Url),
    ("URI", Some(Code::Url), Shape::Url),
    (">rs", Some(Code::UrlScheme), Shape::Word),
    ("PROTO", Some(Code::UrlScheme), Shape::Word),
    (">rd", Some(Code::UrlHost), Shape::Word),
    ("DST", Some(Code::UrlHost), Shape::Word),
    (">rP", Some(Code::UrlPort), Shape::Number),
    ("PORT", Some(Code::UrlPort), Shape::Number),
    ("rp", Some(Code::UrlPath), Shape::Loose),
    (">rp", Some(Code::UrlPath), Shape::Loose),
    ("PATH", Some(Code::UrlPath), Shape::Loose),
    ("<a", Some(Code::Peer), Shape::Word),
    ("<A", Some(Code::PeerName), Shape::Word),
    ("<p", Some(Code::PeerPort), Shape::Number),
    ("mt", Some(Code::MediaType), Shape::Media),
    ("Ss", None, Shape::Capitals),
    ("Sh", None, Shape::Capitals),
    ("un", None, Shape::User),
    ("ul", None, Shape::User),
    ("ui", None, Shape::User),
    ("ue", None, Shape::User),
    ("us", None, Shape::User),
    ("rv", None, Shape::Word),
    (">rv", None, Shape::Word),
    ("<rv", None, Shape::Word),
    (">v", None, Shape::Word),
    ("rG", None, Shape::Word),
    ("<rm", None, Shape::Capitals),
    ("<ru", None, Shape::Url),
    ("<rs", None, Shape::Word),
    ("<rd", None, Shape::Word),
    ("<rP", None, Shape::Number),
    ("<rp", None, Shape::Loose),
    (">st", None, Shape::Number),
    (">sh", None, Shape::Number),
    ("<sH", None, Shape::Number),
    ("<sS", None, Shape::Number),
    ("<sh", None, Shape::Number),
    ("<bs", None, Shape::Number),
    ("st", None, Shape::Number),
    ("sn", None, Shape::Number),
    ("la", None, Shape::Word),
    (">la", None, Shape::Word),
    ("<la", None, Shape::Word),
    ("oa", None, Shape::Word),
    ("lp", None, Shape::Number),
    (">lp", None, Shape::Number),
    ("<lp", None, Shape::Number),
    ("<pt", None, Shape::Number),
    ("<tt", None, Shape::Number),
    ("dt", None, Shape::Number),
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
        assert_eq!(named("<pt", None), Some((None, Shape::Number, 3)));
        assert_eq!(named("<p ", None), Some((Some(Code::PeerPort), Shape::Number, 2)));
        assert_eq!(named("SRCPORT", None), Some((Some(Code::ClientPort), Shape::Number, 7)));
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
    fn texts_that_fit() {
        for (shape, text) in [
            (Shape::Number, "-15"),
            (Shape::Number, "1795219513.658"),
            (Shape::Number, "-"),
            (Shape::Capitals, "TCP_MISS"),
            (Shape::Capitals, "M-SEARCH"),
            (Shape::Capitals, "-"),
            (Shape::Word, "a/b"),
        ] {
            assert!(shape.fits(text.as_bytes()), "{text}");
        }
        assert!(!Shape::Number.fits(b"smith") && !Shape::Capitals.fits(b"smith") && !Shape::Capitals.fits(b"a/b"));
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
