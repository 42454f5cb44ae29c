//! The other lines of a log: what kind each is of.

/// Kind of the lines that belong to no other.
const OTHER: &str = "other BIND messages";

/// Categories, and the kind of their lines. Those not listed are [`OTHER`].
const KINDS: [(&str, &str); 12] = [
    ("query-errors", "query-errors"),
    ("security", "security"),
    ("update-security", "security"),
    ("xfer-in", "zone transfers"),
    ("xfer-out", "zone transfers"),
    ("notify", "notify"),
    ("update", "updates"),
    ("rate-limit", "rate limit"),
    ("rpz", "rpz"),
    ("rpz-passthru", "rpz"),
    ("unmatched", "unmatched"),
    ("lame-servers", "lame servers"),
];
/// The other categories of BIND 9.0 to 9.21.
const OTHER_CATEGORIES: [&str; 31] = [
    "cname",
    "client",
    "cluster",
    "config",
    "database",
    "default",
    "delegation-only",
    "dispatch",
    "dnssec",
    "dnstap",
    "drop",
    "edns-disabled",
    "general",
    "insist",
    "load",
    "maintenance",
    "network",
    "nsid",
    "panic",
    "parser",
    "resolver",
    "response-checks",
    "serve-stale",
    "spill",
    "sslkeylog",
    "statistics",
    "trust-anchor-telemetry",
    "unknown",
    "update-policy",
    "zone",
    "zoneload",
];
const SEVERITIES: [&str; 6] = ["critical", "error", "warning", "notice", "info", "debug"];

/// What messages of a kind say, for channels that do not print the category.
const PHRASES: [(&str, &str); 10] = [
    ("rpz ", "rpz"),
    ("rate limit ", "rate limit"),
    ("would limit ", "rate limit"),
    ("query failed (", "query-errors"),
    (" denied", "security"),
    ("transfer of '", "zone transfers"),
    ("zone transfer", "zone transfers"),
    ("updating zone '", "updates"),
    ("notify", "notify"),
    ("no matching view", "unmatched"),
];

/// How messages begin that stand alone on a line, for channels that print nothing else.
const BEGINNINGS: [&str; 33] = [
    "adjusted limit",
    "all zones loaded",
    "automatic empty zone",
    "broken trust chain",
    "built ",
    "clients-per-query",
    "command channel",
    "configuring command channel",
    "couldn't",
    "DNS format error",
    "dumping",
    "error (",
    "exiting",
    "flushing",
    "found ",
    "general: ",
    "lame server",
    "listening on ",
    "loading ",
    "managed-keys-zone",
    "network unreachable",
    "no longer listening",
    "no valid",
    "query logging is now",
    "received ",
    "reloading",
    "resolver priming",
    "running",
    "set up managed keys",
    "shutting down",
    "starting BIND",
    "success resolving",
    "zone ",
];

/// What the words before a message say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    /// `queries` or `responses`, also as Infoblox NIOS calls them.
    Wanted,
    /// Any other, with the kind of its lines.
    Other(&'static str),
    /// Not printed.
    Unknown,
}

impl Category {
    /// The category among these words.
    pub(super) fn of(tags: &str) -> Self {
        words(tags)
            .find_map(|word| match word {
                "queries" | "responses" | "infoblox-queries" | "infoblox-responses" => Some(Self::Wanted),
                word => KINDS
                    .iter()
                    .find_map(|(category, kind)| (*category == word).then_some(Self::Other(kind)))
                    .or_else(|| OTHER_CATEGORIES.contains(&word).then_some(Self::Other(OTHER))),
            })
            .unwrap_or(Self::Unknown)
    }
}

/// The words without their colons.
fn words(tags: &str) -> impl Iterator<Item = &str> {
    tags.split_ascii_whitespace().map(|word| word.trim_end_matches(':'))
}

/// Whether these words, or the message after them, are of BIND.
pub(super) fn is_binds(tags: &str, message: &str) -> bool {
    Category::of(tags) != Category::Unknown
        || words(tags).any(|word| SEVERITIES.contains(&word))
        || BEGINNINGS.iter().any(|beginning| message.starts_with(beginning))
        || message.starts_with("client ")
}

/// Whether a line says that it is about a query or a response, wherever it says so: such a line is not one of the other
/// messages, whatever else it holds.
pub(super) fn says_query(line: &str) -> bool {
    ["query: ", "response: "].iter().any(|phrase| {
        line.match_indices(phrase).any(|(place, _)| {
            let before = line.get(..place).and_then(|before| before.chars().next_back());
            before.is_none_or(|before| before.is_ascii_whitespace())
        })
    })
}

/// The kind of a message, by what it says.
pub(super) fn of_message(message: &str) -> &'static str {
    PHRASES.iter().find(|(phrase, _)| message.contains(phrase)).map_or(OTHER, |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_by_category() {
        assert_eq!(Category::of("named: queries: info: "), Category::Wanted);
        assert_eq!(Category::of("xfer-out: debug 1: "), Category::Other("zone transfers"));
        assert_eq!(Category::of("zoneload: "), Category::Other(OTHER));
        assert_eq!(Category::of("info: "), Category::Unknown);
    }

    #[test]
    fn kinds_by_message() {
        for (message, kind) in [
            ("query failed (REFUSED) for a/IN/A at query.c:5708", "query-errors"),
            ("query (cache) 'a/A/IN' denied", "security"),
            ("zone transfer 'a/AXFR/IN' denied", "security"),
            ("transfer of 'example.com/IN': AXFR started (serial 1)", "zone transfers"),
            ("rate limit drop response to 192.0.2.0/24 for a IN A (0011)", "rate limit"),
            ("rpz QNAME NXDOMAIN rewrite a/A/IN via a.rpz", "rpz"),
            ("updating zone 'example.com/IN': adding an RR", "updates"),
            ("received notify for zone 'example.com'", "notify"),
            ("bad DNS cookie", OTHER),
        ] {
            assert_eq!(of_message(message), kind, "{message}");
        }
    }
}
