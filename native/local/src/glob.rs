//! Paths with wildcards: `*`, `?`, `[a-z]`, `[^a]`, `{a,b}`, none of which stands for a slash.

use netlytics_connectors::error::Error;

use crate::storage::{self, Entry, Storage};

/// What a path with wildcards stands for.
#[derive(Default)]
pub(crate) struct Matches {
    /// The part of the path before its first wildcard; empty if it begins with one.
    pub(crate) root: String,
    /// Files and directories, by name.
    pub(crate) entries: Vec<Entry>,
    /// Paths that match but have names that cannot be read ([`storage::Directory::unreadable`]).
    pub(crate) unreadable: Vec<String>,
}

/// The files and directories that a path with wildcards stands for. Braces may not span a slash.
///
/// # Errors
/// A wildcard is not complete, or a directory cannot be read.
pub(crate) fn matches(storage: &dyn Storage, glob: &str) -> Result<Matches, Error> {
    let path = glob.strip_prefix(storage.root()).unwrap_or(glob);
    let mut found = vec![format!("{}{}", storage.root(), if path.starts_with('/') { "/" } else { "" })];
    let mut root = None;
    let mut unreadable = Vec::new();
    for component in path.split('/').filter(|component| !component.is_empty()) {
        let pattern = Pattern::new(component).map_err(|error| error.at(glob))?;
        if pattern.is_some() && root.is_none() {
            root = found.first().cloned();
        }
        let mut next = Vec::new();
        for parent in found {
            match &pattern {
                Some(pattern) => next.extend(children(storage, &parent, pattern, &mut unreadable)?),
                None => next.push(join(&parent, component)),
            }
        }
        found = next;
    }
    // A plain name after a wildcard need not be in every folder.
    let entries = found.iter().filter_map(|path| storage.status(path).transpose()).collect::<Result<_, _>>()?;
    Ok(Matches { root: root.unwrap_or_default(), entries, unreadable })
}

fn join(parent: &str, name: &str) -> String {
    let slash = if parent.is_empty() || parent.ends_with('/') { "" } else { "/" };
    format!("{parent}{slash}{name}")
}

fn children(
    storage: &dyn Storage,
    parent: &str,
    pattern: &Pattern,
    unreadable: &mut Vec<String>,
) -> Result<Vec<String>, Error> {
    let found = storage.list(if parent.is_empty() { "." } else { parent })?;
    unreadable.extend(found.unreadable.into_iter().filter(|path| pattern.fits(storage::name(path))));
    let names = found.entries.iter().map(Entry::name).filter(|name| pattern.fits(name));
    Ok(names.map(|name| join(parent, name)).collect())
}

/// One component of a path with wildcards: what each alternative of its braces looks like.
struct Pattern(Vec<Vec<Piece>>);

enum Piece {
    Is(char),
    Any,
    Many,
    /// One of these ranges, or (`true`) none of them.
    Class(bool, Vec<(char, char)>),
}

impl Pattern {
    /// The pattern that a component is; `None` if it has no wildcard.
    fn new(component: &str) -> Result<Option<Self>, Error> {
        if !component.contains(['*', '?', '[', '{', '\\']) {
            return Ok(None);
        }
        let texts = alternatives(component)?;
        Ok(Some(Self(texts.iter().map(|text| pieces(text)).collect::<Result<_, _>>()?)))
    }

    fn fits(&self, name: &str) -> bool {
        let name = name.chars().collect::<Vec<_>>();
        self.0.iter().any(|pieces| fits(pieces, &name))
    }
}

fn incomplete(component: &str, sign: char) -> Error {
    Error::option(format!("The wildcard {component} is not complete: its {sign} is not closed."))
}

/// The texts that the first pair of braces stands for, those inside them replaced as well.
fn alternatives(text: &str) -> Result<Vec<String>, Error> {
    let mut depth = 0_usize;
    let (mut open, mut cuts) = (0, Vec::new());
    let mut escaped = false;
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => {
                depth += 1;
                if depth == 1 {
                    (open, cuts) = (at, vec![at]);
                }
            }
            ',' if depth == 1 => cuts.push(at),
            '}' if depth == 1 => {
                cuts.push(at);
                let (before, after) = (text.get(..open).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
                let members = cuts.iter().zip(cuts.iter().skip(1));
                let members = members.map(|(from, to)| text.get(from + 1..*to).unwrap_or_default());
                let all = members.map(|member| alternatives(&format!("{before}{member}{after}")));
                return Ok(all.collect::<Result<Vec<_>, _>>()?.concat());
            }
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if depth > 0 { Err(incomplete(text, '{')) } else { Ok(vec![text.to_owned()]) }
}

fn pieces(text: &str) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        pieces.push(match sign {
            '*' => Piece::Many,
            '?' => Piece::Any,
            '\\' => Piece::Is(signs.next().unwrap_or('\\')),
            '[' => {
                let none = signs.next_if(|sign| matches!(sign, '^' | '!')).is_some();
                let mut ranges = Vec::new();
                loop {
                    let from = signs.next().ok_or_else(|| incomplete(text, '['))?;
                    // A bracket that comes first is a member.
                    if from == ']' && !ranges.is_empty() {
                        break;
                    }
                    let mut to = from;
                    if signs.next_if_eq(&'-').is_some() {
                        match signs.peek() {
                            Some(']') | None => ranges.push(('-', '-')),
                            Some(_) => to = signs.next().unwrap_or(from),
                        }
                    }
                    ranges.push((from, to));
                }
                Piece::Class(none, ranges)
            }
            other => Piece::Is(other),
        });
    }
    Ok(pieces)
}

/// Whether the pieces stand for the whole name: on a mismatch the last `*` takes one sign more, so the work is bounded by
/// the product of the lengths.
fn fits(pieces: &[Piece], name: &[char]) -> bool {
    let (mut piece, mut sign) = (0, 0);
    let mut last_star = None;
    loop {
        let fitting = match (pieces.get(piece), name.get(sign)) {
            (None, None) => return true,
            (Some(Piece::Many), _) => {
                last_star = Some((piece, sign));
                piece += 1;
                continue;
            }
            (Some(Piece::Is(wanted)), Some(found)) => wanted == found,
            (Some(Piece::Any), Some(_)) => true,
            (Some(Piece::Class(none, ranges)), Some(found)) => {
                ranges.iter().any(|(from, to)| (from..=to).contains(&found)) != *none
            }
            (None, Some(_)) | (Some(_), None) => false,
        };
        if fitting {
            (piece, sign) = (piece + 1, sign + 1);
            continue;
        }
        match last_star {
            Some((star, from)) if from < name.len() => {
                last_star = Some((star, from + 1));
                (piece, sign) = (star + 1, from + 1);
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;
    use crate::storage::Local;

    fn fits(pattern: &str, name: &str) -> bool {
        Pattern::new(pattern).unwrap().unwrap().fits(name)
    }

    #[test]
    fn wildcards() {
        for (pattern, yes, no) in [
            ("*.log", ".log", "a.logs"),
            ("dns*0?.log", "dns.10:00:0x.log", "dns.10:00:00.log.gz"),
            ("[a-cx]", "b", "d"),
            ("[^a-c]", "d", "b"),
            ("[!]]", "a", "]"),
            ("[]-]*", "-x", "x"),
            ("{dns,http}.{log,json}", "http.json", "ssl.log"),
            ("x{a,b{1,2}}", "xb2", "xa1"),
            (r"a\*b", "a*b", "aab"),
            ("ü?", "üß", "ü"),
        ] {
            assert!(fits(pattern, yes), "{pattern} {yes}");
            assert!(!fits(pattern, no), "{pattern} {no}");
        }
        assert!(!fits(&"*a".repeat(30), &"a".repeat(29)));
        assert!(Pattern::new("plain.log").unwrap().is_none());
        for wrong in ["[ab", "{a,b", "["] {
            assert!(Pattern::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn folders_are_gone_through_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        for day in ["2017-03-01", "2017-03-02"] {
            std::fs::create_dir(at(day)).unwrap();
        }
        std::fs::write(at("2017-03-02/dns.08:00:00.log"), "").unwrap();
        std::fs::write(at("2017-03-02/http.log"), "").unwrap();
        let found = |glob: &str| {
            let entries = matches(&Local, &at(glob)).unwrap().entries;
            entries.into_iter().map(|entry| entry.path).collect::<Vec<_>>()
        };
        assert_eq!(found("2017-03-*/dns*"), [at("2017-03-02/dns.08:00:00.log")]);
        assert_eq!(found("2017-03-0{1,2}"), [at("2017-03-01"), at("2017-03-02")]);
        assert_eq!(found("*/http.log"), [at("2017-03-02/http.log")]);
        assert!(found("2018*").is_empty());
        for (glob, root) in [("2017-*/dns*", ""), ("2017-03-02/{dns,http}*", "2017-03-02")] {
            let root = at(root).trim_end_matches('/').to_owned();
            assert_eq!(matches(&Local, &at(glob)).unwrap().root, root, "{glob}");
        }
        assert_eq!(matches(&Local, "no-such-file*").unwrap().root, "");
    }

    #[test]
    fn names_that_cannot_be_read_match_by_what_is_shown_of_them() {
        let folder = tempfile::tempdir().unwrap();
        for name in [b"dns.\xff.log", b"http\xff.log"] {
            std::fs::write(folder.path().join(OsStr::from_bytes(name)), "").unwrap();
        }
        let at = |name: &str| folder.path().join(name).display().to_string();
        let found = matches(&Local, &at("dns*")).unwrap();
        assert!(found.entries.is_empty());
        assert_eq!(found.unreadable, [at(r"dns.\xff.log")]);
    }
}
