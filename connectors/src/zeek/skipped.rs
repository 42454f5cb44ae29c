//! Names of logs whose records are skipped, as they are counted.

use std::sync::Mutex;

/// Most names told apart; records of further logs are counted together. Names come from logs, which may hold anything.
const MOST: usize = 256;
/// Longest name told apart, in bytes.
const LONGEST: usize = 64;

/// How a record of the log `name` is counted. The same name gives the same text, which is never freed: there are few.
pub(super) fn kind(name: &str) -> &'static str {
    static KNOWN: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());
    const OTHERS: &str = "another log";
    if name.is_empty() || name.len() > LONGEST || name.chars().any(char::is_control) {
        return OTHERS;
    }
    let Ok(mut known) = KNOWN.lock() else { return OTHERS };
    if let Some(kind) = known.iter().find(|kind| **kind == name) {
        return kind;
    }
    if known.len() == MOST {
        return OTHERS;
    }
    let kind = Box::leak(Box::from(name));
    known.push(kind);
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_and_bounded() {
        assert_eq!(kind("conn"), "conn");
        assert!(std::ptr::eq(kind("conn"), kind("conn")));
        for odd in ["", "a\nb", &"x".repeat(65)] {
            assert_eq!(kind(odd), "another log");
        }
    }
}
