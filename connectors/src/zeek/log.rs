//! The lines of one log: header, comments and records, ASCII or JSON.

use netlytics_schema::Table;

use super::dialect::Dialect;
use super::field::Field;
use super::header::Header;
use super::json_row::{self, JsonRow, Wanted};
use super::log_name;
use super::logs::{self, KnownLog};
use super::same_name::same_name;
use super::skipped;
use super::times::Times;
use super::tsv_row::TsvRow;
use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

/// Names the fields wanted of a log: a constant with the place of each, and `FIELDS` with their names. Fields behind a
/// semicolon are wanted only for what they tell of the log ([`KnownLog`]).
macro_rules! fields {
    ($($place:ident = $name:literal),* $(,)? $(; $($telling:literal),*)?) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "names of the log's fields")]
        enum Place { $($place),* }
        $(const $place: usize = Place::$place as usize;)*
        const FIELDS: &[&str] = &[$($name,)* $($($telling),*)?];
    };
}
pub(super) use fields;

/// What a table needs of one log, or of several that are read as one.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) logs: &'static [&'static KnownLog],
    /// Fields wanted, as Zeek names them.
    pub(super) fields: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Told line by line.
    Auto,
    Tsv,
    Json,
}

/// Reads the lines of a log.
pub(crate) struct Log {
    stream: &'static Stream,
    form: Form,
    times: Times,
    dialect: Dialect,
    header: Option<Header>,
    places: Vec<u32>,
    /// For each field wanted, the log whose own it is.
    telling: Vec<Option<usize>>,
    /// See [`JsonRow::parse`].
    scope: String,
    at_start: bool,
    /// Whether a line was JSON.
    seen_json: bool,
}

/// What a record turns out to be that has none of the fields wanted that tell its log.
enum Untold {
    /// A record of this log of the stream.
    Log(usize),
    /// A record of another log, which is counted as of this kind.
    Another(&'static str),
    Unknown,
}

/// One record of a log.
pub(crate) struct Row<'l> {
    fields: Fields<'l>,
    /// Which of the stream's logs it is of.
    pub(super) log: usize,
}

enum Fields<'l> {
    Tsv(TsvRow<'l>),
    Json(JsonRow<'l>),
}

impl Row<'_> {
    /// The field at this place among those of the stream.
    #[inline]
    pub(super) fn field(&self, wanted: usize) -> Field<'_> {
        match &self.fields {
            Fields::Tsv(row) => row.field(wanted),
            Fields::Json(row) => row.field(wanted),
        }
    }

    /// A `count`, `int` or `port`; `name` is for the fault.
    #[inline]
    pub(super) fn count(&self, wanted: usize, name: &'static str) -> Result<Value<'_>, Fault> {
        Ok(self.field(wanted).count(name)?.into())
    }

    /// A `string`, `addr` or `enum`.
    #[inline]
    pub(super) fn text(&self, wanted: usize) -> Value<'_> {
        self.field(wanted).text().into()
    }
}

impl<T: Table> Parser<T> for Log
where
    for<'l> Row<'l>: Record<T>,
{
    type Record<'l> = Row<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        self.read(line)
    }

    fn learn(&mut self, head: &str) {
        self.learn_header(head);
    }
}

impl Log {
    /// A log of this stream, with the user's options.
    ///
    /// # Errors
    /// An option is not valid.
    pub(super) fn new(stream: &'static Stream, options: &ScanOptions) -> Result<Self, Error> {
        let form = options.given.choice(
            "format",
            &[("auto", Form::Auto), ("tsv", Form::Tsv), ("json", Form::Json)],
            Form::Auto,
        )?;
        let times =
            [("auto", Times::Auto), ("epoch", Times::Epoch), ("millis", Times::Millis), ("iso8601", Times::Iso8601)];
        let own = |field: &&str| stream.logs.iter().position(|log| log.owns(field));
        let mut log = Self {
            stream,
            form,
            times: options.given.choice("jsonTimestamps", &times, Times::Auto)?,
            dialect: Dialect::new(options)?,
            header: None,
            places: Vec::new(),
            telling: stream.fields.iter().map(own).collect(),
            scope: String::new(),
            at_start: true,
            seen_json: false,
        };
        if let Some(fields) = options.given.fields()? {
            log.header = Some(log.header_of(fields.into_iter()));
        }
        Ok(log)
    }

    /// Takes the header of the file whose first lines these are.
    pub(super) fn learn_header(&mut self, head: &str) {
        for line in head.lines() {
            // Faults of these lines are told where the lines are read as records.
            if !matches!(self.read(line), Ok(Parsed::NoRecord)) {
                break;
            }
        }
    }

    /// Parses a line.
    ///
    /// # Errors
    /// It is neither a record of the stream or of another log, nor a header line, nor empty.
    #[inline]
    pub(super) fn read<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let line = if self.at_start { self.start(line) } else { line };
        if line.is_empty() {
            return Ok(Parsed::NoRecord);
        }
        if let Some(meta) = self.dialect.meta(line) {
            self.take_header_line(meta);
            return Ok(Parsed::NoRecord);
        }
        let json = match self.form {
            Form::Auto => self.is_json(line),
            form => form == Form::Json,
        };
        if json { self.json(line) } else { self.tsv(line) }
    }

    /// The file's first line, without the mark of its encoding.
    fn start<'l>(&mut self, line: &'l str) -> &'l str {
        self.at_start = false;
        line.strip_prefix('\u{feff}').unwrap_or(line)
    }

    /// Whether a line of a log of either form is JSON. A log may have lines of both, put together from files of a day on
    /// which Zeek was given another format.
    fn is_json(&mut self, line: &str) -> bool {
        if !line.starts_with('{') {
            return self.header.is_none() && self.seen_json;
        }
        let separator = &self.dialect.separator;
        let is_tsv = self.header.as_ref().is_some_and(|header| {
            separator.find(line.as_bytes(), &mut self.places);
            header.width > 1 && self.places.len() + 1 == header.width
        });
        self.seen_json |= !is_tsv;
        !is_tsv
    }

    #[cold]
    fn take_header_line(&mut self, meta: &str) {
        if let Some(fields) = self.dialect.learn(meta) {
            self.header = Some(self.header_of(self.dialect.names(fields)));
        }
    }

    fn header_of<'n>(&self, names: impl Iterator<Item = &'n str> + Clone) -> Header {
        let log = logs::told_by(self.stream.logs, names.clone());
        Header::new(self.stream.fields, names, log)
    }

    /// Which of the stream's logs goes by this name.
    fn log_called(&self, name: &str) -> Option<usize> {
        self.stream.logs.iter().position(|log| log_name::says(name, log.name))
    }

    fn json<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let wanted = Wanted { fields: self.stream.fields, logs: self.stream.logs };
        let row = JsonRow::parse(line, &wanted, self.times, &mut self.scope)?;
        let named = match row.path.as_deref() {
            None => row.wrapped_as,
            Some(path) => match self.log_called(path) {
                None => return Ok(Parsed::Skipped(skipped::kind(path))),
                named => named,
            },
        };
        let told = named.or_else(|| row.there().find_map(|place| self.telling.get(place).copied().flatten()));
        let log = match told {
            Some(log) => log,
            None => match self.untold(line)? {
                Untold::Log(log) => log,
                Untold::Another(kind) => return Ok(Parsed::Skipped(kind)),
                Untold::Unknown => return Err(self.another_log("an object without any of them")),
            },
        };
        Ok(Parsed::Record(Row { fields: Fields::Json(row), log }))
    }

    /// Looks at all keys of a record that has none of the fields wanted that tell its log.
    #[cold]
    fn untold(&self, line: &str) -> Result<Untold, Fault> {
        let keys = json_row::keys(line)?;
        if let Some(log) = logs::told_by(self.stream.logs, keys.iter().map(|(key, _)| key.as_ref())) {
            return Ok(Untold::Log(log));
        }
        // Nobody wraps a record but to tell the logs of one stream apart.
        let mut others = keys.iter().filter(|(key, _)| !key.starts_with(['_', '@']));
        Ok(match (others.next(), others.next()) {
            (Some((key, true)), None) => Untold::Another(skipped::kind(key)),
            _ => Untold::Unknown,
        })
    }

    fn tsv<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let escaped = self.dialect.separator.find(line.as_bytes(), &mut self.places);
        if self.header.is_none() && self.is_line_of_names(line) {
            self.header = Some(self.header_of(self.dialect.names(line)));
            return Ok(Parsed::NoRecord);
        }
        let Some(header) = &self.header else {
            return Err(Fault::line("a #fields line before the first record (or the option fields)", line));
        };
        if self.places.len() + 1 != header.width {
            let expected = format!("{} fields, as the header says", header.width);
            return Err(Fault::line(expected, (self.places.len() + 1).to_string()));
        }
        let Some(log) = header.log else {
            return Err(self.another_log("a header without any of them"));
        };
        let row = TsvRow { line, places: &self.places, columns: &header.columns, dialect: &self.dialect, escaped };
        Ok(Parsed::Record(Row { fields: Fields::Tsv(row), log }))
    }

    /// `tsv` mode of Zeek's writer: one line of names and no `#`.
    fn is_line_of_names(&self, line: &str) -> bool {
        let known = |name: &str| self.stream.fields.iter().any(|field| same_name(field, name));
        self.dialect.names(line).filter(|name| known(name)).count() >= 3
    }

    fn another_log(&self, found: &str) -> Fault {
        let logs = self.stream.logs.iter().map(|log| format!("{}.log", log.name)).collect::<Vec<_>>();
        let fields = self.stream.logs.iter().flat_map(|log| log.examples()).collect::<Vec<_>>();
        Fault::line(format!("a {}, with a field like {}", logs.join(" or "), fields.join(", ")), found)
    }
}
