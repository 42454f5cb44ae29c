//! Header lines: `#15#c_ip:1 c_port:2 …`, `#c_ip:1 c_port:2 …`, `#C#c_ip:1<TAB>c_port:2 …`.

/// The mark between two `#` at the start of a header line, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    /// `#15#`: which column sets there are. The names that follow say it better: the header of log_tcp_nocomplete has
    /// the mark of log_tcp_complete and only the first set.
    Sets,
    /// `#C#`, of HTTP requests.
    Client,
    /// `#S#`, of HTTP responses.
    Server,
}

/// What a line that begins with `#` is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Marked<'l> {
    /// A header, with the names of its columns and what it puts between them.
    Header { mark: Mark, separator: u8, names: Vec<&'l str> },
    /// A remark that someone added. Tstat writes none.
    Remark,
    /// Neither: perhaps the second half of a line torn inside a name.
    Other,
}

/// Reads a line, given without its `#`.
pub(super) fn read(line: &str) -> Marked<'_> {
    if line.is_empty() || line.starts_with(['#', ' ', '\t']) {
        return Marked::Remark;
    }
    let (mark, rest) = match line.split_once('#') {
        Some(("C", rest)) => (Mark::Client, rest),
        Some(("S", rest)) => (Mark::Server, rest),
        Some((sets, rest)) if !sets.is_empty() && sets.bytes().all(|byte| byte.is_ascii_digit()) => (Mark::Sets, rest),
        _ => (Mark::None, line),
    };
    let separator = if rest.contains('\t') { '\t' } else { ' ' };
    let names = rest.trim_end_matches(separator).split(separator).map(name).collect::<Option<Vec<_>>>();
    match names {
        // Without places it is a header only if it has what all logs of flows and messages have.
        Some(names) if names.len() > 1 && (rest.contains(':') || names.contains(&"c_ip")) => {
            Marked::Header { mark, separator: if separator == '\t' { b'\t' } else { b' ' }, names }
        }
        _ => Marked::Other,
    }
}

/// `c_ip` of `c_ip:1`.
fn name(text: &str) -> Option<&str> {
    let (name, place) = text.split_once(':').unwrap_or((text, "0"));
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && !place.is_empty() && place.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(line: &str) -> (Mark, u8, Vec<&str>) {
        match read(line) {
            Marked::Header { mark, separator, names } => (mark, separator, names),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn headers_with_and_without_marks() {
        assert_eq!(header("15#c_ip:1 c_port:2"), (Mark::Sets, b' ', vec!["c_ip", "c_port"]));
        assert_eq!(header("c_ip:0 c_port:1"), (Mark::None, b' ', vec!["c_ip", "c_port"]));
        assert_eq!(header("c_ip c_port "), (Mark::None, b' ', vec!["c_ip", "c_port"]));
        assert_eq!(header("C#c_ip:1\tc_port:2"), (Mark::Client, b'\t', vec!["c_ip", "c_port"]));
        assert_eq!(header("S#c_ip:1\tHTTP:6"), (Mark::Server, b'\t', vec!["c_ip", "HTTP"]));
    }

    #[test]
    fn other_lines() {
        for line in ["", " merged by cron", "# merged", "\t"] {
            assert_eq!(read(line), Marked::Remark, "{line}");
        }
        for line in [
            "c_ip",
            "x. - IN A - 0x08 1 0 0 0 38",
            "half of a row",
            "15#",
            "a:b c:d",
            "c_ip:1  c_port:2",
            "15#c_ip:1 ü:2",
            "a: b:1",
        ] {
            assert_eq!(read(line), Marked::Other, "{line}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(line in any::<String>(), likely in "[0-9CS]{0,2}#?[a-z:0-9 \t]{0,30}") {
            let _ = (read(&line), read(&likely));
        }
    }
}
