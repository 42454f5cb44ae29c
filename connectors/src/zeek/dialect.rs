//! How an ASCII log writes values, as the `#` lines before its records say.

use super::escape::unescape_header;
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

/// Keys of the header lines that change how a log is read.
const KEYS: [&str; 5] = ["separator", "set_separator", "empty_field", "unset_field", "fields"];

impl Dialect {
    /// Zeek's defaults, changed by the options.
    ///
    /// # Errors
    /// A separator or the prefix of header lines is empty.
    pub(super) fn new(options: &ScanOptions) -> Result<Self, Error> {
        let text = |name, default: &str| {
            options.given.text(name).map_or_else(|| default.to_owned(), |text| unescape_header(text).into_owned())
        };
        let not_empty = |name, default| {
            let text = text(name, default);
            if text.is_empty() { Err(Error::option(format!("The option {name} is empty."))) } else { Ok(text) }
        };
        let separator_text = not_empty("separator", "\t")?;
        let separator =
            Separator::new(&separator_text).ok_or_else(|| Error::option("The option separator is empty."))?;
        Ok(Self {
            separator,
            separator_text,
            set_separator: not_empty("setSeparator", ",")?,
            empty_field: text("emptyField", "(empty)"),
            unset_field: text("unsetField", "-"),
            // Every line begins with an empty prefix: all would be header lines.
            meta_prefix: not_empty("metaPrefix", "#")?,
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

    /// What header lines begin with: any of these.
    pub(super) fn prefixes(&self) -> Vec<String> {
        let mut prefixes = vec!["#".to_owned()];
        if !self.meta_prefix.starts_with('#') {
            prefixes.push(self.meta_prefix.clone());
        }
        prefixes
    }

    /// What follows the prefix of header lines, if this is one. A data line never begins with `#`: Zeek escapes it.
    pub(super) fn meta<'l>(&self, line: &'l str) -> Option<&'l str> {
        line.strip_prefix(self.meta_prefix.as_str()).or_else(|| line.strip_prefix('#'))
    }

    pub(super) fn separator_text(&self) -> &str {
        &self.separator_text
    }

    pub(super) fn unset_field(&self) -> &str {
        &self.unset_field
    }

    /// Takes a header line, given without its prefix. Gives the names of the columns, with separators between them, if it
    /// is the line that has them.
    pub(super) fn learn<'l>(&mut self, meta: &'l str) -> Option<&'l str> {
        let (key, rest) = key(meta)?;
        if key == "separator" {
            // One space comes before the separator, whatever it is; a log seen in the field has the separator there.
            if let Some(written) = rest.strip_prefix([' ', '\t', ',']) {
                self.separate_by(&unescape_header(written));
            }
            return None;
        }
        let value = match (rest.strip_prefix(self.separator_text.as_str()), rest.strip_prefix('\t')) {
            (Some(value), _) => value,
            // The line of the separator was not understood, or another program changed it.
            (None, Some(value)) => {
                self.separate_by("\t");
                value
            }
            (None, None) => return None,
        };
        let meant = || unescape_header(value).into_owned();
        match key {
            "set_separator" if !value.is_empty() => self.set_separator = meant(),
            "empty_field" => self.empty_field = meant(),
            "unset_field" => self.unset_field = meant(),
            "fields" => return Some(value),
            _ => {}
        }
        None
    }

    fn separate_by(&mut self, text: &str) {
        if let Some(separator) = Separator::new(text) {
            self.separator = separator;
            text.clone_into(&mut self.separator_text);
        }
    }

    /// The names of a line of names.
    pub(super) fn names<'l>(&'l self, fields: &'l str) -> impl Iterator<Item = &'l str> + Clone {
        fields.split(self.separator_text.as_str())
    }
}

/// The key of a header line that changes how a log is read, and the rest of the line, which is given without its prefix.
pub(super) fn key(meta: &str) -> Option<(&'static str, &str)> {
    KEYS.into_iter().find_map(|key| Some((key, meta.strip_prefix(key)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(given: &[(&str, &str)]) -> Result<Dialect, Error> {
        let given = given.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Dialect::new(&ScanOptions { given, ..ScanOptions::default() })
    }

    fn after(lines: &[&str]) -> Dialect {
        let mut dialect = dialect(&[]).unwrap();
        for line in lines {
            assert_eq!(dialect.learn(line), None, "{line}");
        }
        dialect
    }

    #[test]
    fn header_lines_change_the_dialect() {
        let mut dialect = after(&[
            "separator \\x7c",
            "set_separator|\\xc2\\xae",
            "empty_field|EMPTY",
            "unset_field|NOT-SET",
            "path|dns",
        ]);
        assert_eq!(dialect.learn("fields|ts|uid"), Some("ts|uid"));
        assert_eq!(dialect.set_separator, "®");
        assert_eq!((dialect.empty_field.as_str(), dialect.unset_field()), ("EMPTY", "NOT-SET"));
        assert_eq!(dialect.names("ts|uid").collect::<Vec<_>>(), ["ts", "uid"]);
    }

    #[test]
    fn separators_as_other_programs_write_them() {
        for (written, meant) in [
            ("separator \\t", "\t"),
            ("separator \\011", "\t"),
            ("separator \t", "\t"),
            ("separator\t\\t", "\t"),
            ("separator \\0", "\0"),
            ("separator \\\\", "\\"),
            ("separator  ", " "),
            ("separator ,", ","),
            ("separator ", "\t"),
            ("separator", "\t"),
        ] {
            assert_eq!(after(&[written]).separator_text(), meant, "{written:?}");
        }
        let dialect = after(&["separator \\t", "set_separator\t\\x3b", "empty_field\t\\t", "unset_field\t\\\\N"]);
        assert_eq!((dialect.set_separator.as_str(), dialect.empty_field.as_str()), (";", "\t"));
        assert_eq!(dialect.unset_field(), "\\N");
    }

    #[test]
    fn a_line_of_names_shows_a_separator_that_was_not_understood() {
        let mut dialect = after(&["separator TAB", "set_separator\t;"]);
        assert_eq!(dialect.learn("fields\tts\tuid"), Some("ts\tuid"));
        assert_eq!((dialect.separator_text(), dialect.set_separator.as_str()), ("\t", ";"));
        assert_eq!(dialect.learn("fields: a remark"), None);
    }

    #[test]
    fn some_options_must_not_be_empty() {
        for name in ["separator", "setSeparator", "metaPrefix"] {
            let error = dialect(&[(name, "")]).err().unwrap();
            assert_eq!(error.message, format!("The option {name} is empty."));
        }
        assert!(dialect(&[("emptyField", ""), ("unsetField", "")]).is_ok());
    }
}
