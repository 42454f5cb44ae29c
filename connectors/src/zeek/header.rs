//! The `#` lines of an ASCII log: how values are written, and which columns there are.

use super::escape::unescape;
use super::separators::Separator;
use crate::error::Error;
use crate::options::ScanOptions;

/// How values are written (`LogAscii::*` of the Zeek that wrote the log).
pub(super) struct Dialect {
    pub(super) separator: Separator,
    separator_text: String,
    pub(super) set_separator: String,
    pub(super) empty_field: String,
    unset_field: String,
    meta_prefix: String,
}

/// Which column of the log holds which field that a table needs.
pub(super) struct Header {
    /// Columns of every line.
    pub(super) width: usize,
    /// For each field wanted, its column.
    pub(super) columns: Vec<Option<usize>>,
}

impl Dialect {
    /// Zeek's defaults, changed by the options.
    ///
    /// # Errors
    /// The separator is empty.
    pub(super) fn new(options: &ScanOptions) -> Result<Self, Error> {
        let text = |name, default: &str| {
            options.given.text(name).map_or_else(|| default.to_owned(), |text| unescape(text).into_owned())
        };
        let separator_text = text("separator", "\t");
        let separator =
            Separator::new(&separator_text).ok_or_else(|| Error::option("The option separator is empty."))?;
        let set_separator = text("setSeparator", ",");
        if set_separator.is_empty() {
            return Err(Error::option("The option setSeparator is empty."));
        }
        Ok(Self {
            separator,
            separator_text,
            set_separator,
            empty_field: text("emptyField", "(empty)"),
            unset_field: text("unsetField", "-"),
            meta_prefix: text("metaPrefix", "#"),
        })
    }

    /// Whether this is how a missing value is written.
    #[inline]
    pub(super) fn is_unset(&self, text: &str) -> bool {
        match (text.as_bytes(), self.unset_field.as_bytes()) {
            ([byte], [unset]) => byte == unset,
            (text, unset) => text == unset,
        }
    }

    /// What follows the prefix of header lines, if this is one. A data line never begins with `#`: Zeek escapes it.
    pub(super) fn meta<'l>(&self, line: &'l str) -> Option<&'l str> {
        line.strip_prefix(self.meta_prefix.as_str()).or_else(|| line.strip_prefix('#'))
    }

    /// Takes a header line, given without its prefix. Gives the rest of a `fields` line.
    pub(super) fn learn<'l>(&mut self, meta: &'l str) -> Option<&'l str> {
        // The separator's own line has one space in it always; a log seen in the field has the separator.
        if let Some(written) = meta.strip_prefix("separator").and_then(|rest| rest.strip_prefix([' ', '\t', ','])) {
            let text = unescape(written).into_owned();
            if let Some(separator) = Separator::new(&text) {
                (self.separator, self.separator_text) = (separator, text);
            }
            return None;
        }
        let (key, value) = meta.split_once(self.separator_text.as_str())?;
        match key {
            "set_separator" if !value.is_empty() => self.set_separator = unescape(value).into_owned(),
            "empty_field" => value.clone_into(&mut self.empty_field),
            "unset_field" => value.clone_into(&mut self.unset_field),
            "fields" => return Some(value),
            _ => {}
        }
        None
    }

    /// The names of a line of names.
    pub(super) fn names<'l>(&'l self, fields: &'l str) -> impl Iterator<Item = &'l str> {
        fields.split(self.separator_text.as_str())
    }
}

impl Header {
    /// Finds the fields wanted among the log's columns.
    pub(super) fn new<'n>(wanted: &[&str], names: impl Iterator<Item = &'n str>) -> Self {
        let mut columns = vec![None; wanted.len()];
        let mut width = 0;
        for name in names {
            for (column, wanted) in columns.iter_mut().zip(wanted) {
                if column.is_none() && same_name(wanted, name) {
                    *column = Some(width);
                }
            }
            width += 1;
        }
        Self { width, columns }
    }

    /// Whether the log has any of these fields, given by their place among those wanted.
    pub(super) fn has_any(&self, fields: &[usize]) -> bool {
        fields.iter().any(|&field| matches!(self.columns.get(field), Some(Some(_))))
    }
}

/// Whether two field names are the same, whatever their scope separator (`id.orig_h`, `id_orig_h`, `id$orig_h`).
pub(super) fn same_name(a: &str, b: &str) -> bool {
    let letters = |name: &str| -> Vec<u8> { name.bytes().filter(u8::is_ascii_alphanumeric).collect() };
    a == b || letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect() -> Dialect {
        Dialect::new(&ScanOptions::default()).ok().unwrap()
    }

    #[test]
    fn header_lines_change_the_dialect() {
        let mut dialect = dialect();
        for line in
            ["separator \\x7c", "set_separator|\\xc2\\xae", "empty_field|EMPTY", "unset_field|NOT-SET", "path|dns"]
        {
            assert_eq!(dialect.learn(line), None);
        }
        assert_eq!(dialect.learn("fields|ts|uid"), Some("ts|uid"));
        assert_eq!(dialect.set_separator, "®");
        assert_eq!((dialect.empty_field.as_str(), dialect.unset_field.as_str()), ("EMPTY", "NOT-SET"));
        assert_eq!(dialect.names("ts|uid").collect::<Vec<_>>(), ["ts", "uid"]);
    }

    #[test]
    fn fields_are_found_by_name() {
        let header = Header::new(&["ts", "query", "id.orig_h"], ["id_orig_h", "uid", "ts"].into_iter());
        assert_eq!((header.width, header.columns.as_slice()), (3, [Some(2), None, Some(0)].as_slice()));
        assert!(header.has_any(&[1, 2]) && !header.has_any(&[1]));
    }
}
