//! The lines of one log: header, comments and records, ASCII or JSON.

use netlytics_schema::Table;

use super::field::Field;
use super::header::{Dialect, Header, same_name};
use super::json::{JsonRow, Times};
use super::tsv::TsvRow;
use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

/// Names the fields wanted of a log: a constant with the place of each, and `FIELDS` with their names.
macro_rules! fields {
    ($($place:ident = $name:literal),* $(,)?) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "names of the log's fields")]
        enum Place { $($place),* }
        $(const $place: usize = Place::$place as usize;)*
        const FIELDS: &[&str] = &[$($name),*];
    };
}
pub(super) use fields;

/// What a table needs of a log.
#[derive(Debug)]
pub(super) struct Stream {
    /// Names of the logs that have it: `dns` of `dns.log`.
    pub(super) logs: &'static [&'static str],
    /// Fields wanted, as Zeek names them.
    pub(super) fields: &'static [&'static str],
    /// Places in `fields` of those that no other log has: a log without any is another log.
    pub(super) telling: &'static [usize],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Not known before the first record.
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
    at_start: bool,
}

/// One record of a log.
pub(crate) enum Row<'l> {
    Tsv(TsvRow<'l>),
    Json(JsonRow<'l>),
}

impl Row<'_> {
    /// The field at this place among those of the stream.
    #[inline]
    pub(super) fn field(&self, wanted: usize) -> Field<'_> {
        match self {
            Self::Tsv(row) => row.field(wanted),
            Self::Json(row) => row.field(wanted),
        }
    }

    /// Whether the log, or a record of a JSON log, has any of these fields.
    #[inline]
    pub(super) fn has_any(&self, wanted: &[usize]) -> bool {
        match self {
            Self::Tsv(row) => row.header.has_any(wanted),
            Self::Json(row) => row.has_any(wanted),
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
        let header = match options.given.text("columns") {
            None => None,
            Some(columns) => {
                let names = columns.split(',').map(str::trim);
                if let Some(wrong) = names.clone().find(|name| name.is_empty()) {
                    return Err(Error::option(format!("The option columns has an empty name: {columns}{wrong}.")));
                }
                Some(Header::new(stream.fields, names))
            }
        };
        Ok(Self {
            stream,
            form,
            times: options.given.choice("jsonTimestamps", &times, Times::Auto)?,
            dialect: Dialect::new(options)?,
            header,
            places: Vec::new(),
            at_start: true,
        })
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
    /// It is neither a record of the stream, nor a header line, nor empty.
    #[inline]
    pub(super) fn read<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let line = if self.at_start { self.start(line) } else { line };
        if line.is_empty() {
            return Ok(Parsed::NoRecord);
        }
        if let Some(meta) = self.dialect.meta(line) {
            if let Some(fields) = self.dialect.learn(meta) {
                self.header = Some(Header::new(self.stream.fields, self.dialect.names(fields)));
            }
            return Ok(Parsed::NoRecord);
        }
        if self.form == Form::Auto {
            self.form = if line.starts_with('{') { Form::Json } else { Form::Tsv };
        }
        match self.form {
            Form::Json => self.json(line),
            Form::Auto | Form::Tsv => self.tsv(line),
        }
    }

    /// The file's first line, without the mark of its encoding.
    fn start<'l>(&mut self, line: &'l str) -> &'l str {
        self.at_start = false;
        line.strip_prefix('\u{feff}').unwrap_or(line)
    }

    fn json<'l>(&'l self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let row = JsonRow::parse(line, self.stream.fields, self.stream.logs, self.times)?;
        if !row.has_any(self.stream.telling) {
            return Err(self.another_log("an object without any of them"));
        }
        Ok(Parsed::Record(Row::Json(row)))
    }

    fn tsv<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let escaped = self.dialect.separator.find(line.as_bytes(), &mut self.places);
        if self.header.is_none() && self.is_line_of_names(line) {
            self.header = Some(Header::new(self.stream.fields, self.dialect.names(line)));
            return Ok(Parsed::NoRecord);
        }
        let Some(header) = &self.header else {
            return Err(Fault::line("a #fields line before the first record (or the option columns)", line));
        };
        if self.places.len() + 1 != header.width {
            let expected = format!("{} fields, as the header says", header.width);
            return Err(Fault::line(expected, (self.places.len() + 1).to_string()));
        }
        if !header.has_any(self.stream.telling) {
            return Err(self.another_log("a header without any of them"));
        }
        Ok(Parsed::Record(Row::Tsv(TsvRow { line, places: &self.places, header, dialect: &self.dialect, escaped })))
    }

    /// `tsv` mode of Zeek's writer: one line of names and no `#`.
    fn is_line_of_names(&self, line: &str) -> bool {
        let known = |name: &str| self.stream.fields.iter().any(|field| same_name(field, name));
        self.dialect.names(line).filter(|name| known(name)).count() >= 3
    }

    fn another_log(&self, found: &str) -> Fault {
        let telling = self.stream.telling.iter().filter_map(|&field| self.stream.fields.get(field)).copied();
        Fault::line(
            format!(
                "a {}.log, with a field like {}",
                self.stream.logs.join(".log or "),
                telling.collect::<Vec<_>>().join(", ")
            ),
            found,
        )
    }
}
