//! Domain names and the Public Suffix List.
//!
//! Source: the list and its rules, <https://publicsuffix.org/list/>; the crate `psl` has the list compiled in. Both of the
//! list's sections count, the registries' suffixes and the private ones (`github.io`).

use psl::Suffix;

/// The public suffix of a name, and the suffix with the label before it when there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts<'n> {
    pub(crate) suffix: &'n str,
    pub(crate) registered: Option<&'n str>,
    /// Whether the suffix is on the list. If not, it is the name's last label, by the list's rule for all others.
    pub(crate) is_listed: bool,
}

/// A name as it is compared: lower-case, because DNS ignores case and some resolvers mix it on purpose, and without a final
/// dot. None for what is no name: an empty text, or one with an empty label.
pub(crate) fn canonical<'n>(name: &'n str, scratch: &'n mut String) -> Option<&'n str> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let has_empty_label = name.is_empty() || name.starts_with('.') || name.ends_with('.') || name.contains("..");
    if has_empty_label {
        return None;
    }
    if name.is_ascii() {
        if !name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Some(name);
        }
        scratch.push_str(name);
        scratch.make_ascii_lowercase();
    } else {
        scratch.extend(name.chars().flat_map(char::to_lowercase));
    }
    Some(scratch)
}

/// The parts of a [canonical] name.
pub(crate) fn parts(name: &str) -> Option<Parts<'_>> {
    let suffix = psl::suffix(name.as_bytes())?;
    let from = |length: usize| name.len().checked_sub(length).and_then(|start| name.get(start..));
    let length = suffix.as_bytes().len();
    let before = name.len().checked_sub(length + 1).and_then(|end| name.get(..end));
    let label = before.map(|before| before.rsplit('.').next().unwrap_or(before).len());
    Some(Parts {
        suffix: from(length)?,
        registered: label.and_then(|label| from(length + 1 + label)),
        is_listed: Suffix::is_known(&suffix),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn canonical_of(name: &str) -> Option<String> {
        canonical(name, &mut String::new()).map(str::to_owned)
    }

    #[test]
    fn names_are_lower_case_without_the_final_dot() {
        for (name, expected) in [
            ("example.com", Some("example.com")),
            ("WwW.Example.COM.", Some("www.example.com")),
            ("ПРИМЕР.РФ", Some("пример.рф")),
            ("_dmarc.Example.com", Some("_dmarc.example.com")),
            ("com", Some("com")),
            ("", None),
            (".", None),
            (".com", None),
            ("example.com..", None),
            ("a..com", None),
        ] {
            assert_eq!(canonical_of(name).as_deref(), expected, "{name}");
        }
    }

    /// The list's own test vectors, lines `checkPublicSuffix('name', 'registered domain');` with null for none. They expect
    /// the rule for suffixes that are not on the list, so they are put to [`parts`], not to the function.
    #[test]
    fn the_official_vectors_pass() {
        let vectors = include_str!("../tests/test_psl.txt").lines().filter_map(|line| {
            let (name, expected) = line.strip_prefix("checkPublicSuffix(")?.strip_suffix(");")?.split_once(", ")?;
            let text = |quoted: &'static str| quoted.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
            Some((text(name), text(expected)))
        });
        let mut count = 0;
        for (name, expected) in vectors {
            let mut scratch = String::new();
            let found = name.and_then(|name| parts(canonical(name, &mut scratch)?)?.registered);
            assert_eq!(found, expected, "{name:?}");
            count += 1;
        }
        assert!(count > 70, "only {count} vectors were read");
    }

    #[test]
    fn suffixes_that_are_not_on_the_list_say_so() {
        let parts = |name| parts(name).map(|parts| (parts.suffix, parts.registered, parts.is_listed));
        assert_eq!(parts("a.example.co.uk"), Some(("co.uk", Some("example.co.uk"), true)));
        assert_eq!(parts("co.uk"), Some(("co.uk", None, true)));
        assert_eq!(parts("a.example.example"), Some(("example", Some("example.example"), false)));
        assert_eq!(parts("192.0.2.1:80"), Some(("1:80", Some("2.1:80"), false)));
        assert_eq!(parts("2001:db8::1"), Some(("2001:db8::1", None, false)));
    }

    proptest! {
        #[test]
        fn the_registered_part_is_one_label_before_the_suffix(name in "[a-zA-Z0-9_é.-]{0,20}(\\.(com|co\\.uk|ck|jp))?\\.?") {
            let mut scratch = String::new();
            if let Some(parts) = canonical(&name, &mut scratch).and_then(parts) {
                prop_assert!(name.to_lowercase().trim_end_matches('.').ends_with(parts.suffix));
                if let Some(registered) = parts.registered {
                    let label = registered.strip_suffix(parts.suffix).and_then(|rest| rest.strip_suffix('.'));
                    prop_assert!(label.is_some_and(|label| !label.is_empty() && !label.contains('.')), "{}", registered);
                }
            }
        }

        #[test]
        fn case_and_the_final_dot_do_not_matter(name in "[a-z0-9_.-]{1,30}") {
            prop_assume!(!name.ends_with('.'));
            prop_assert_eq!(canonical_of(&name), canonical_of(&format!("{}.", name.to_uppercase())));
        }

        #[test]
        fn any_text_is_taken(name in ".*") {
            let mut scratch = String::new();
            let _ = canonical(&name, &mut scratch).and_then(parts);
        }
    }
}
