//! From one line to one row: what every tool's parser is wrapped in.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use netlytics_schema::Table;

use crate::bad::Fault;
use crate::error::Error;
use crate::filter::Filter;
use crate::groups::GroupCounter;
use crate::options::ScanOptions;
use crate::table::TableBuilder;
use crate::value::{Record, Value};

/// What a line holds.
pub(crate) enum Parsed<R> {
    /// A record of the log.
    Record(R),
    /// A header, a comment or an empty line.
    NoRecord,
    /// A line of this kind, which the table does not take: counted apart from bad ones.
    Skipped(&'static str),
}

impl<R> Parsed<R> {
    /// The record turned into another; lines without one stay what they are.
    pub(crate) fn map<S>(self, turn: impl FnOnce(R) -> S) -> Parsed<S> {
        match self {
            Self::Record(record) => Parsed::Record(turn(record)),
            Self::NoRecord => Parsed::NoRecord,
            Self::Skipped(kind) => Parsed::Skipped(kind),
        }
    }
}

/// Parses the lines of one tool's log into records of table `T`.
pub(crate) trait Parser<T: Table>: Send {
    /// A parsed line.
    type Record<'l>: Record<T>
    where
        Self: 'l;

    /// Parses one line, given without its line end.
    ///
    /// # Errors
    /// The line as a whole cannot be read. Its fields may still turn out to be faulty when they are asked for.
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Self::Record<'l>>, Fault>;

    /// Takes the first lines of the file that the split belongs to, from which a header is learnt.
    fn learn(&mut self, head: &str) {
        let _ = head;
    }
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The batch took it and grew by about so many bytes.
    Taken(usize),
    FilteredOut,
    NoRecord,
    /// It is of this kind, which the table does not take.
    Skipped(&'static str),
}

/// Reads lines into batches, whatever the tool and the table.
pub(crate) trait LineReader: Send {
    /// See [`Parser::learn`].
    fn learn(&mut self, head: &str);
    /// Reads one line, given without its line end, that starts at `offset` of the file's text.
    fn read(&mut self, line: &str, offset: u64) -> Result<Fate, Fault>;
    /// Adds a row for a bad line, if such rows were asked for.
    fn keep_corrupt(&mut self, text: &str, offset: u64);
    fn rows(&self) -> usize;
    fn schema(&self) -> SchemaRef;
    fn finish(&mut self) -> Result<RecordBatch, ArrowError>;
}

/// A parser together with the filter of a query and what it asks for.
pub(crate) struct TableReader<T, P> {
    parser: P,
    filter: Option<Filter<T>>,
    sink: Sink<T>,
    /// Whether the row of a bad line passes the filter.
    keeps_corrupt: bool,
}

/// Where the records wanted go.
enum Sink<T> {
    Rows(TableBuilder<T>),
    Groups(GroupCounter<T>),
}

/// The row of a bad line: every column is null.
struct NoValues;

impl<T: Table> Record<T> for NoValues {
    fn value(&self, _column: T) -> Result<Value<'_>, Fault> {
        Ok(Value::Null)
    }
}

/// Opens a reader of a table: what the list of descriptors calls.
///
/// # Errors
/// A column or the filter of `options` does not fit the table.
pub(crate) fn open<T: Table + Send, P: Parser<T> + 'static>(
    parser: P,
    options: &ScanOptions,
) -> Result<Box<dyn LineReader>, Error> {
    Ok(Box::new(TableReader::<T, P>::new(parser, options)?))
}

impl<T: Table, P: Parser<T>> TableReader<T, P> {
    /// A reader for the columns and the filter of `options`.
    ///
    /// # Errors
    /// A column or the filter does not fit the table.
    pub(crate) fn new(parser: P, options: &ScanOptions) -> Result<Self, Error> {
        let filter = options.filter.as_ref().map(Filter::bind).transpose()?;
        let sink = match &options.group_by {
            None => Sink::Rows(TableBuilder::new(&options.columns, &options.corrupt_column)?),
            Some(group_by) => Sink::Groups(GroupCounter::new(group_by, options)?),
        };
        let passes = filter.as_ref().is_none_or(|filter| filter.accepts(&NoValues).unwrap_or(false));
        let keeps_corrupt = passes && matches!(&sink, Sink::Rows(table) if table.wants_corrupt());
        Ok(Self { parser, filter, sink, keeps_corrupt })
    }
}

impl<T: Table + Send, P: Parser<T>> LineReader for TableReader<T, P> {
    fn learn(&mut self, head: &str) {
        self.parser.learn(head);
    }

    fn read(&mut self, line: &str, offset: u64) -> Result<Fate, Fault> {
        let record = match self.parser.parse(line)? {
            Parsed::Record(record) => record,
            Parsed::NoRecord => return Ok(Fate::NoRecord),
            Parsed::Skipped(kind) => return Ok(Fate::Skipped(kind)),
        };
        if let Some(filter) = &self.filter
            && !filter.accepts(&record)?
        {
            return Ok(Fate::FilteredOut);
        }
        match &mut self.sink {
            Sink::Rows(table) => table.push(&record, Some(offset)).map(|()| Fate::Taken(line.len())),
            Sink::Groups(groups) => groups.push(&record).map(Fate::Taken),
        }
    }

    fn keep_corrupt(&mut self, text: &str, offset: u64) {
        if let Sink::Rows(table) = &mut self.sink
            && self.keeps_corrupt
        {
            table.push_corrupt(text, offset);
        }
    }

    fn rows(&self) -> usize {
        match &self.sink {
            Sink::Rows(table) => table.rows(),
            Sink::Groups(groups) => groups.groups(),
        }
    }

    fn schema(&self) -> SchemaRef {
        match &self.sink {
            Sink::Rows(table) => table.schema(),
            Sink::Groups(groups) => groups.schema(),
        }
    }

    fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        match &mut self.sink {
            Sink::Rows(table) => table.finish(),
            Sink::Groups(groups) => groups.finish(),
        }
    }
}
