//! The header that a log's lines leave behind; see [`crate::heads`].

use super::dialect::{Dialect, key};
use super::escape::escape_all;
use crate::error::Error;
use crate::heads::heading::Heading;
use crate::options::ScanOptions;

/// How values are written, and which columns there are.
pub(crate) struct LogHeading {
    dialect: Dialect,
    /// Names of the columns.
    names: Option<Vec<String>>,
    /// The first line, if it may be a line of names without a `#`.
    opening: Option<String>,
}

impl LogHeading {
    /// The heading before the first line, with the user's options.
    ///
    /// # Errors
    /// An option is not valid.
    pub(crate) fn new(options: &ScanOptions) -> Result<Self, Error> {
        Ok(Self { dialect: Dialect::new(options)?, names: None, opening: None })
    }
}

impl Heading for LogHeading {
    fn prefixes(&self) -> Vec<String> {
        self.dialect.prefixes()
    }

    fn matters(&self, line: &str, opening: bool) -> bool {
        match self.dialect.meta(line) {
            Some(meta) => key(meta).is_some(),
            None => opening && !line.starts_with('{'),
        }
    }

    fn names_columns(&self, line: &str) -> bool {
        self.dialect.meta(line).and_then(key).is_some_and(|(key, _)| key == "fields")
    }

    fn learn(&mut self, line: &str) {
        let Some(meta) = self.dialect.meta(line) else {
            self.opening = Some(line.to_owned());
            return;
        };
        if let Some(fields) = self.dialect.learn(meta) {
            self.names = Some(self.dialect.names(fields).map(str::to_owned).collect());
        }
    }

    fn text(&self) -> String {
        let separator = self.dialect.separator_text();
        let value = |key, value: &str| format!("#{key}{separator}{}\n", escape_all(value));
        let mut text = format!("#separator {}\n", escape_all(separator));
        text += &value("set_separator", &self.dialect.set_separator);
        text += &value("empty_field", &self.dialect.empty_field);
        text += &value("unset_field", self.dialect.unset_field());
        match (&self.names, &self.opening) {
            (Some(names), _) => text += &format!("#fields{separator}{}\n", names.join(separator)),
            (None, Some(line)) => text += &format!("{line}\n"),
            (None, None) => {}
        }
        text
    }
}
