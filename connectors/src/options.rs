//! A scan's settings, as the glue gives them in JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::Error;
use crate::filter::Condition;

/// What happens to a record that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Mode {
    /// It is kept out and counted; its text can be asked for.
    #[default]
    Permissive,
    /// It is kept out and counted.
    DropMalformed,
    /// The scan ends with an error.
    FailFast,
}

/// Settings of one scan of one file or split.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ScanOptions {
    /// Name or alias of the connector.
    pub connector: String,
    /// The file's path: only for messages.
    pub path: String,
    /// First byte of the split. Above 0 the bytes fed begin one byte earlier.
    pub split_start: u64,
    /// Bytes of the split; negative: to the end of the file, which may then be compressed.
    pub split_length: i64,
    /// Columns wanted, in order.
    pub columns: Vec<String>,
    /// Counts of groups wanted instead of rows: the columns to group by. `columns` is then not looked at.
    pub group_by: Option<Vec<String>>,
    /// What is counted in each group: the rows (`None`), or those where a column is not null.
    pub counts: Vec<Option<String>>,
    /// Rows wanted; all when absent.
    pub filter: Option<Condition>,
    /// Most rows wanted; negative: all.
    pub limit: i64,
    pub mode: Mode,
    /// Name of the column that holds the text of bad lines.
    pub corrupt_column: String,
    /// Whether bad records are kept for [`crate::scan::Scan::take_bad_records`].
    pub keep_bad_records: bool,
    pub batch_rows: usize,
    pub batch_bytes: usize,
    pub max_line_bytes: usize,
    /// The reader's options as the user gave them.
    #[serde(rename = "options")]
    pub given: Options,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self {
            connector: String::new(),
            path: String::new(),
            split_start: 0,
            split_length: -1,
            columns: Vec::new(),
            group_by: None,
            counts: Vec::new(),
            filter: None,
            limit: -1,
            mode: Mode::default(),
            corrupt_column: "_corrupt_record".to_owned(),
            keep_bad_records: false,
            batch_rows: 8192,
            batch_bytes: 8 << 20,
            max_line_bytes: 4 << 20,
            given: Options::default(),
        }
    }
}

impl ScanOptions {
    /// Settings out of their JSON form.
    ///
    /// # Errors
    /// The text is not such an object.
    pub fn from_json(json: &[u8]) -> Result<Self, Error> {
        serde_json::from_slice(json)
            .map_err(|error| Error::option(format!("The scan's settings are not valid: {error}.")))
    }
}

/// A reader's options as the user gave them.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Options(BTreeMap<String, String>);

impl Options {
    /// The names given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The user's option of this name, however it is capitalised.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The user's option of this name as a truth value.
    ///
    /// # Errors
    /// It is neither `true` nor `false`.
    pub fn flag(&self, name: &str, default: bool) -> Result<bool, Error> {
        match self.text(name) {
            None => Ok(default),
            Some(value) if value.eq_ignore_ascii_case("true") => Ok(true),
            Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
            Some(value) => Err(Error::option(format!("The option {name} is true or false, not {value}."))),
        }
    }

    /// The user's option of this name as a whole number above 0.
    ///
    /// # Errors
    /// It is no such number.
    pub fn positive(&self, name: &str, default: u64) -> Result<u64, Error> {
        let Some(text) = self.text(name) else { return Ok(default) };
        text.trim()
            .parse()
            .ok()
            .filter(|number| *number > 0)
            .ok_or_else(|| Error::option(format!("The option {name} is a whole number above 0, not {text}.")))
    }

    /// The user's option of this name as one of `choices`; the first is the default.
    ///
    /// # Errors
    /// It is none of them.
    pub fn choice<C: Copy>(&self, name: &str, choices: &[(&str, C)], default: C) -> Result<C, Error> {
        let Some(value) = self.text(name) else { return Ok(default) };
        choices.iter().find(|(choice, _)| choice.eq_ignore_ascii_case(value)).map(|(_, choice)| *choice).ok_or_else(
            || {
                let all = choices.iter().map(|(choice, _)| *choice).collect::<Vec<_>>().join(", ");
                Error::option(format!("The option {name} is one of {all}, not {value}."))
            },
        )
    }

    /// The names of the columns of a log without a header: the option `fields`, which was called `columns`.
    ///
    /// # Errors
    /// One of the names is empty.
    pub(crate) fn fields(&self) -> Result<Option<Vec<&str>>, Error> {
        let given = |name| self.text(name).map(|names| (name, names));
        let Some((option, names)) = given("fields").or_else(|| given("columns")) else { return Ok(None) };
        let fields = names.split(',').map(str::trim).collect::<Vec<_>>();
        if fields.contains(&"") {
            return Err(Error::option(format!("The option {option} has an empty name: {names}.")));
        }
        Ok(Some(fields))
    }
}

impl FromIterator<(String, String)> for Options {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(options: I) -> Self {
        Self(options.into_iter().collect())
    }
}
