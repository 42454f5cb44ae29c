//! Where a combiner puts its rows.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use netlytics_schema::Table;

use crate::error::{Error, Kind};
use crate::filter::Filter;
use crate::options::ScanOptions;
use crate::table::TableBuilder;
use crate::value::Record;

/// Keeps the rows that a query asked for, with the columns that it asked for.
pub(crate) struct RowSink<T> {
    filter: Option<Filter<T>>,
    table: TableBuilder<T>,
    batch_rows: usize,
}

impl<T: Table> RowSink<T> {
    /// A sink for the columns and the filter of `options`.
    ///
    /// # Errors
    /// A column or the filter does not fit the table.
    pub(crate) fn new(options: &ScanOptions) -> Result<Self, Error> {
        Ok(Self {
            filter: options.filter.as_ref().map(Filter::bind).transpose()?,
            table: TableBuilder::new(&options.columns, &options.corrupt_column)?,
            batch_rows: options.batch_rows,
        })
    }

    pub(crate) fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    /// Adds a row, if the filter lets it pass.
    ///
    /// # Errors
    /// A value cannot be had, which would be a fault of ours: the parts' readers have checked every field.
    pub(crate) fn push(&mut self, row: &impl Record<T>) -> Result<(), Error> {
        let internal = |fault: crate::bad::Fault| Error::new(Kind::Internal, fault.to_string());
        if let Some(filter) = &self.filter
            && !filter.accepts(row).map_err(internal)?
        {
            return Ok(());
        }
        self.table.push(row, None).map_err(internal)
    }

    /// A batch, once it is full.
    ///
    /// # Errors
    /// Arrow refuses the columns, which would be a fault of ours.
    pub(crate) fn full(&mut self) -> Result<Option<RecordBatch>, Error> {
        if self.table.rows() >= self.batch_rows { self.rest() } else { Ok(None) }
    }

    /// The rows not yet given, if there are any.
    ///
    /// # Errors
    /// Arrow refuses the columns, which would be a fault of ours.
    pub(crate) fn rest(&mut self) -> Result<Option<RecordBatch>, Error> {
        if self.table.rows() == 0 {
            return Ok(None);
        }
        self.table.finish().map(Some).map_err(|error| Error::new(Kind::Internal, error.to_string()))
    }
}
