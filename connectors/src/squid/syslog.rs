//! What syslog puts before a line.

use crate::civil;

/// The line without `Nov 21 00:05:13 proxy squid[4711]: ` or `2026-11-21T00:05:13.123456+00:00 proxy (squid-1)[4711]: `,
/// each maybe after a `<priority>`.
///
/// The tag may be any word that ends in a colon: the name that `logger` or a relay was given is the site's own choice.
pub(super) fn strip(line: &str) -> &str {
    stripped(line).unwrap_or(line)
}

fn stripped(line: &str) -> Option<&str> {
    let line = match line.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        Some((priority, rest)) if priority.len() <= 3 && priority.parse::<u16>().is_ok() => rest,
        _ => line,
    };
    let after_time = if line.as_bytes().first()?.is_ascii_digit() { after_rfc3339(line) } else { after_date(line) }?;
    let (_host, rest) = after_time.split_once(' ')?;
    let (tag, message) = rest.trim_start().split_once(' ')?;
    tag.ends_with(':').then_some(message)
}

fn after_rfc3339(line: &str) -> Option<&str> {
    let (time, rest) = line.split_once(' ')?;
    (time.as_bytes().get(4) == Some(&b'-') && civil::rfc3339_micros(time).is_some()).then_some(rest)
}

/// `Mmm dd hh:mm:ss `, the day padded with a space.
fn after_date(line: &str) -> Option<&str> {
    civil::month_named(line.get(..3)?)?;
    let (day, clock) = (line.get(3..6)?, line.get(7..15)?);
    let day = day.trim_start();
    let is_day = !day.is_empty() && day.bytes().all(|byte| byte.is_ascii_digit());
    (is_day && civil::seconds_of_day(clock).is_some()).then(|| line.get(15..)?.strip_prefix(' ')).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_taken_off() {
        for prefix in [
            "Nov 21 00:05:13 proxy squid[4711]: ",
            "Nov  1 00:05:13 proxy (squid-1): ",
            "<134>Nov  1 00:05:13 proxy (squid-1)[99]: ",
            "2026-11-21T00:05:13.123456+00:00 proxy (squid-1)[99]: ",
            "2026-11-21T00:05:13Z proxy squid: ",
        ] {
            assert_eq!(strip(&format!("{prefix}1795219513.658      5 ::1")), "1795219513.658      5 ::1");
        }
    }

    #[test]
    fn other_lines_stay() {
        for line in [
            "",
            "1795219513.658 5 a b: c",
            "Nov",
            "Nov 21 00:05:13 proxy",
            "Nov 21 00:05:13 proxy squid x",
            "<1>",
            "127.0.0.1 - - [x]",
            "Növ 21 00:05:13 proxy squid: x",
        ] {
            assert_eq!(strip(line), line);
        }
    }
}
