//! Words of a header and the few shapes they have.

/// The text up to the next space or tab, and what follows that one character.
pub(super) fn word(text: &str) -> (&str, &str) {
    let end = text.bytes().position(is_blank).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (word, rest.get(1..).unwrap_or_default())
}

/// The text without blanks at its start.
pub(super) fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Whether this may name a host: a name, an address, or a chain of them (`relay/ns1`, `src@ns1`).
pub(super) fn is_host(word: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:%@/~".contains(&byte);
    word.bytes().all(is_part) && word.bytes().any(|byte| byte.is_ascii_alphanumeric()) && !word.ends_with(':')
}

/// Whether this is a syslog facility and severity, such as `daemon.info` or `local0.notice`.
pub(super) fn is_level(word: &str) -> bool {
    const FACILITIES: [&str; 17] = [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
        "security", "console", "audit", "clock",
    ];
    const SEVERITIES: [&str; 12] =
        ["emerg", "panic", "alert", "crit", "critical", "err", "error", "warn", "warning", "notice", "info", "debug"];
    let Some((facility, severity)) = word.split_once(['.', ':']) else { return false };
    let is_among = |known: &[&str], word: &str| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    let is_local = facility.len() == 6
        && facility.get(..5).is_some_and(|local| local.eq_ignore_ascii_case("local"))
        && facility.as_bytes().last().is_some_and(|digit| (b'0'..=b'7').contains(digit));
    (is_local || is_among(&FACILITIES, facility)) && is_among(&SEVERITIES, severity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_one_blank() {
        assert_eq!(word("a  b"), ("a", " b"));
        assert_eq!(word("a\tb c"), ("a", "b c"));
        assert_eq!((word("a"), word("")), (("a", ""), ("", "")));
    }

    #[test]
    fn hosts() {
        for host in ["ns1", "192.0.2.53", "2001:db8::53", "fe80::1%eth0", "ns1.example.org", "s_net@relay/ns1"] {
            assert!(is_host(host), "{host}");
        }
        for word in ["", "-", "named:", "2001:db8::", "@0x7f3c#1", "(a)", "192.0.2.1#53", "a=\"b\""] {
            assert!(!is_host(word), "{word}");
        }
    }

    #[test]
    fn levels() {
        for level in ["daemon.info", "local0.notice", "Daemon.Info", "local7.err", "daemon:info", "kern.warn"] {
            assert!(is_level(level), "{level}");
        }
        for word in ["", "daemon", "example.org", "local8.info", "locals.info", "a.info", "daemon.x"] {
            assert!(!is_level(word), "{word}");
        }
    }
}
