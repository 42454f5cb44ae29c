//! What container runtimes and their tools put before a line.

use super::words::{is_host, skip_blanks};

/// The stream and flag that follow the time in the log format of the container runtime interface, and the message.
///
/// The flag may have tags after it, apart by colons: `F`, `P`, `F:a:b`. Gives whether the message is but a part of its line,
/// which the runtime cut (flag `P`).
pub(super) fn after_time(text: &str) -> Option<(bool, &str)> {
    let rest = text.strip_prefix("stdout ").or_else(|| text.strip_prefix("stderr "))?;
    let (tags, message) = rest.split_once(' ').unwrap_or((rest, ""));
    match tags.split(':').next()? {
        "F" => Some((false, message)),
        "P" => Some((true, message)),
        _ => None,
    }
}

/// Takes off the name of a service or container: `bind-1  | ` of `docker compose logs` (also in colour), or
/// `[pod/bind-0/bind] ` of `kubectl logs --prefix`. Gives the name and the line.
pub(super) fn source(line: &str) -> Option<(&str, &str)> {
    if let Some(rest) = line.strip_prefix("[pod/") {
        let (name, line) = rest.split_once("] ")?;
        return Some((name, line));
    }
    let plain = without_colour(line);
    let end = plain.bytes().position(|byte| matches!(byte, b' ' | b'|' | 0x1b)).unwrap_or(plain.len());
    let (name, rest) = plain.split_at_checked(end)?;
    let rest = skip_blanks(without_colour(rest)).strip_prefix('|')?;
    let rest = without_colour(rest);
    let line = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
    is_host(name).then(|| (name, without_colour(line)))
}

/// Takes off one of the terminal's escapes for colours: `ESC [ 36 m`.
fn without_colour(text: &str) -> &str {
    let Some(inside) = text.strip_prefix("\u{1b}[") else { return text };
    let rest = inside.trim_start_matches(|character: char| character.is_ascii_digit() || character == ';');
    rest.strip_prefix('m').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn messages_of_the_runtime_interface() {
        assert_eq!(after_time("stdout F a b"), Some((false, "a b")));
        assert_eq!(after_time("stderr P  a"), Some((true, " a")));
        assert_eq!(after_time("stdout F:x:y a"), Some((false, "a")));
        assert_eq!(after_time("stdout F"), Some((false, "")));
        for text in ["", "stdout", "stdout X a", "F a", "stdin F a"] {
            assert_eq!(after_time(text), None, "{text}");
        }
    }

    #[test]
    fn names_of_services() {
        for (line, name) in [
            ("bind-1  | a | b", "bind-1"),
            ("bind_1 | a | b", "bind_1"),
            ("dns.1.x8k2@node-1    | a | b", "dns.1.x8k2@node-1"),
            ("[pod/bind-0/bind] a | b", "bind-0/bind"),
            ("\u{1b}[36mbind-1  |\u{1b}[0m a | b", "bind-1"),
            ("\u{1b}[36;1mbind-1  | \u{1b}[0ma | b", "bind-1"),
        ] {
            assert_eq!(source(line), Some((name, "a | b")), "{line}");
        }
        assert_eq!(source("bind-1  |"), Some(("bind-1", "")));
        for line in ["", "|", "a b | c", "client @0x | ", "bind-1 |x", "[pod/x", "[1] x", "\u{1b}[x"] {
            assert_eq!(source(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), likely in "(stdout |\u{1b}\\[3)?[FPm:| a\u{1b}]{0,12}") {
            for text in [&text, &likely] {
                let _ = (after_time(text), source(text));
            }
        }
    }
}
