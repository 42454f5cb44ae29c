//! Whether a name is that of a log: of its file, of the stream that wrote it, or what a record of it says.

/// What packages and programs call the summaries, samples and snapshots of a log that they write beside it: `conn_long`,
/// `conn-summary`, `conn_agg`. They repeat its records, or are none of Zeek's logs at all.
const BESIDE: [&str; 9] = ["long", "summary", "burst", "agg", "open", "stats", "count", "counts", "top"];

/// Whether `name` is `log`, or a part of it: `dns`, `dns.22:00:00-23:00:00`, `dns-2017-03-01`, `dns__2017-03-01-00-00-00`,
/// `dns_red`. `conn_long`, `conn-summary` and the like are other logs.
pub(crate) fn is_of(name: &str, log: &str) -> bool {
    let Some(rest) = name.strip_prefix(log) else { return false };
    let follows = match rest.as_bytes() {
        [] | [b'.' | b'_', ..] => true,
        // Zeek's own names have no hyphen: behind one there is a date or a number.
        [b'-', next, ..] => next.is_ascii_digit(),
        _ => false,
    };
    follows && !rest.split(['.', '_', '-']).any(|word| BESIDE.iter().any(|beside| beside.eq_ignore_ascii_case(word)))
}

/// Whether a record that says `name` is one of `log`: as [`is_of`], or `DNS::LOG`, as Zeek's scripts call the stream.
pub(super) fn says(name: &str, log: &str) -> bool {
    let stream = name.strip_suffix("::LOG").unwrap_or(name);
    stream.eq_ignore_ascii_case(log) || is_of(name, log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_whole() {
        for name in [
            "dns",
            "dns.22:00:00-23:00:00",
            "dns.2017-03-01-22-00-00",
            "dns-2017-03-01",
            "dns_red",
            "dns_20170301",
            "dns__2017-03-01-00-00-00__2017-03-01-01-00-00__",
        ] {
            assert!(is_of(name, "dns"), "{name}");
        }
        for name in [
            "dnsx",
            "dn",
            "",
            "dns2",
            "dns-summary",
            "dns_summary",
            "dns.summary.00:00:00-01:00:00",
            "dns_long",
            "dns_long.00:00:00-01:00:00",
            "dns-ext",
            "dns_agg",
            "dns-",
            "open_dns",
        ] {
            assert!(!is_of(name, "dns"), "{name}");
        }
    }

    #[test]
    fn streams_are_named_by_scripts_too() {
        assert!(says("dns", "dns") && says("DNS", "dns") && says("DNS::LOG", "dns") && says("dns_red", "dns"));
        assert!(!says("Conn::LOG", "dns") && !says("dnsx::LOG", "dns") && !says("conn_long", "conn"));
    }
}
