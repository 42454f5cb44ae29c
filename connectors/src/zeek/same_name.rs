//! Names of fields, whose scope separator differs from log to log.

/// Whether two field names are the same, whatever their scope separator (`id.orig_h`, `id_orig_h`, `id$orig_h`).
pub(super) fn same_name(a: &str, b: &str) -> bool {
    a == b || letters(a).eq(letters(b))
}

/// Whether `name` is the field `key` of the records that `scope` names one inside the other: `id.` and `orig_h`.
pub(super) fn same_scoped_name(name: &str, scope: &str, key: &str) -> bool {
    letters(name).eq(letters(scope).chain(letters(key)))
}

/// Whether `name` is a field inside the record `key` of `scope`.
pub(super) fn is_inside(name: &str, scope: &str, key: &str) -> bool {
    let mut rest = letters(name);
    letters(scope).chain(letters(key)).all(|letter| rest.next() == Some(letter)) && rest.next().is_some()
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scope_separators_do_not_matter() {
        for name in ["id.orig_h", "id_orig_h", "id$orig_h", "id.orig.h"] {
            assert!(same_name("id.orig_h", name), "{name}");
        }
        for name in ["id.orig_p", "id.orig", "id.orig_hx", "ID.orig_h", ""] {
            assert!(!same_name("id.orig_h", name), "{name}");
        }
    }

    #[test]
    fn names_inside_names() {
        assert!(same_scoped_name("id.orig_h", "id.", "orig_h") && same_scoped_name("id.orig_h", "id.orig.", "h"));
        assert!(!same_scoped_name("id.orig_h", "id.", "orig_p") && !same_scoped_name("id.orig_h", "", "orig_h"));
        assert!(is_inside("id.orig_h", "", "id") && is_inside("id.orig_h", "id.", "orig"));
        assert!(!is_inside("id.orig_h", "", "orig") && !is_inside("id.orig_h", "id.", "orig_h"));
    }
}
