//! Arrow record batches of a Data Table, built row by row.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, ListBuilder, StringBuilder};
use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::filter::filter_record_batch;
use netlytics_schema::{Kind, Table};

use crate::bad::Fault;
use crate::error::Error;
use crate::list_sink::ListSink;
use crate::value::{Record, Value};

/// A column asked for.
enum Column<T> {
    Of(T, Kind),
    /// The text of bad lines.
    Corrupt,
    /// Where the row's line starts.
    Offset,
}

/// Name of the column that holds the byte offset of a row's line in the text of its file.
pub const OFFSET: &str = "_offset";

enum Builder {
    Long(Int64Builder),
    Double(Float64Builder),
    Text(StringBuilder),
    Longs(ListBuilder<Int64Builder>),
    Texts(ListBuilder<StringBuilder>),
}

/// Builds batches with the columns asked for, in the order asked for.
pub struct TableBuilder<T> {
    columns: Vec<(Column<T>, Builder)>,
    schema: SchemaRef,
    rows: usize,
    /// Rows begun and then found to be bad: taken out when the batch is finished.
    dropped: Vec<usize>,
    wants_corrupt: bool,
}

impl<T: Table> TableBuilder<T> {
    /// A builder of the columns named; `corrupt` is the name of the column that holds the text of bad lines.
    ///
    /// # Errors
    /// A name is no column of the table.
    pub fn new(names: &[String], corrupt: &str) -> Result<Self, Error> {
        let mut columns = Vec::with_capacity(names.len());
        let mut fields = Vec::with_capacity(names.len());
        for name in names {
            if let Some(column) = T::named(name) {
                let definition = column.definition();
                fields.push(definition.field());
                columns.push((Column::Of(column, definition.kind), Builder::new(definition.kind)));
            } else if name == corrupt {
                fields.push(Field::new(name, DataType::Utf8, true));
                columns.push((Column::Corrupt, Builder::new(Kind::Text)));
            } else if name == OFFSET {
                fields.push(Field::new(name, DataType::Int64, true));
                columns.push((Column::Offset, Builder::new(Kind::Long)));
            } else {
                return Err(Error::option(format!("The table {} has no column {name}.", T::NAME)));
            }
        }
        let wants_corrupt = columns.iter().any(|(column, _)| matches!(column, Column::Corrupt));
        Ok(Self { columns, schema: Arc::new(Schema::new(fields)), rows: 0, dropped: Vec::new(), wants_corrupt })
    }

    /// Schema of the batches.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Rows in the batch so far.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows - self.dropped.len()
    }

    /// Adds one row, whose line starts at `offset` if it is of one line. Where the text of bad lines is asked for, every column of the table is checked, so that what is bad
    /// does not depend on the other columns of the query.
    ///
    /// # Errors
    /// A field cannot be read; no row is added.
    pub fn push(&mut self, record: &impl Record<T>, offset: Option<u64>) -> Result<(), Fault> {
        if self.wants_corrupt {
            check(record)?;
        }
        let row = self.rows;
        self.rows += 1;
        let mut columns = self.columns.iter_mut();
        while let Some((column, builder)) = columns.next() {
            let appended = match *column {
                Column::Corrupt => {
                    builder.append_null();
                    Ok(())
                }
                Column::Offset => {
                    builder.append_offset(offset);
                    Ok(())
                }
                Column::Of(column, Kind::Long | Kind::Double | Kind::Text) => builder.append_scalar(record, column),
                Column::Of(column, Kind::Longs | Kind::Texts) => builder.append_list(record, column),
            };
            if let Err(fault) = appended {
                columns.for_each(|(_, builder)| builder.append_null());
                self.dropped.push(row);
                return Err(fault);
            }
        }
        Ok(())
    }

    /// Adds a row that holds nothing but the text of a bad line and where it starts.
    pub fn push_corrupt(&mut self, text: &str, offset: u64) {
        self.rows += 1;
        for (column, builder) in &mut self.columns {
            match column {
                Column::Corrupt => {
                    if let Builder::Text(builder) = builder {
                        builder.append_value(text);
                    }
                }
                Column::Offset => builder.append_offset(Some(offset)),
                Column::Of(..) => builder.append_null(),
            }
        }
    }

    /// Whether the text of bad lines was asked for.
    #[must_use]
    pub fn wants_corrupt(&self) -> bool {
        self.wants_corrupt
    }

    /// Gives the rows so far as a batch and starts the next.
    ///
    /// # Errors
    /// Arrow refuses the columns, which would be a fault of ours.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let arrays = self.columns.iter_mut().map(|(_, builder)| builder.finish()).collect::<Vec<_>>();
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let batch = RecordBatch::try_new_with_options(self.schema(), arrays, &options)?;
        let rows = std::mem::take(&mut self.rows);
        if self.dropped.is_empty() {
            return Ok(batch);
        }
        let mut kept = vec![true; rows];
        for row in self.dropped.drain(..) {
            if let Some(flag) = kept.get_mut(row) {
                *flag = false;
            }
        }
        filter_record_batch(&batch, &BooleanArray::from(kept))
    }
}

/// Decodes every column of the table.
fn check<T: Table>(record: &impl Record<T>) -> Result<(), Fault> {
    let mut nowhere = ListSink::nowhere();
    T::COLUMNS.iter().try_for_each(|&column| match column.definition().kind {
        Kind::Long | Kind::Double | Kind::Text => record.value(column).map(drop),
        Kind::Longs | Kind::Texts => record.list(column, &mut nowhere),
    })
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Long => Self::Long(Int64Builder::with_capacity(0)),
            Kind::Double => Self::Double(Float64Builder::with_capacity(0)),
            Kind::Text => Self::Text(StringBuilder::with_capacity(0, 0)),
            Kind::Longs => Self::Longs(ListBuilder::with_capacity(Int64Builder::with_capacity(0), 0)),
            Kind::Texts => Self::Texts(ListBuilder::with_capacity(StringBuilder::with_capacity(0, 0), 0)),
        }
    }

    /// Appends the record's value. A value of another kind than the column's is null: only a connector's own mistake can
    /// bring one, and the test of its table finds it. A faulty value takes the slot as a null.
    fn append_scalar<T: Table>(&mut self, record: &impl Record<T>, column: T) -> Result<(), Fault> {
        let value = match record.value(column) {
            Ok(value) => value,
            Err(fault) => {
                self.append_null();
                return Err(fault);
            }
        };
        match (self, value) {
            (Self::Long(builder), Value::Long(value)) => builder.append_value(value),
            (Self::Double(builder), Value::Double(value)) => builder.append_value(value),
            (Self::Text(builder), Value::Text(text)) => builder.append_value(text),
            (builder, _) => builder.append_null(),
        }
        Ok(())
    }

    /// Appends the record's list; a faulty one takes the slot as a null.
    fn append_list<T: Table>(&mut self, record: &impl Record<T>, column: T) -> Result<(), Fault> {
        let mut sink = match self {
            Self::Longs(builder) => ListSink::of_longs(builder.values()),
            Self::Texts(builder) => ListSink::of_texts(builder.values()),
            Self::Long(_) | Self::Double(_) | Self::Text(_) => return Ok(()),
        };
        let written = record.list(column, &mut sink);
        let present = sink.is_present() && written.is_ok();
        match self {
            Self::Longs(builder) => builder.append(present),
            Self::Texts(builder) => builder.append(present),
            Self::Long(_) | Self::Double(_) | Self::Text(_) => {}
        }
        written
    }

    fn append_offset(&mut self, offset: Option<u64>) {
        if let Self::Long(builder) = self {
            builder.append_option(offset.and_then(|offset| i64::try_from(offset).ok()));
        }
    }

    fn append_null(&mut self) {
        match self {
            Self::Long(builder) => builder.append_null(),
            Self::Double(builder) => builder.append_null(),
            Self::Text(builder) => builder.append_null(),
            Self::Longs(builder) => builder.append(false),
            Self::Texts(builder) => builder.append(false),
        }
    }

    /// The column's array; the next one starts with room for as much.
    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Long(builder) => {
                let array = builder.finish();
                *builder = Int64Builder::with_capacity(array.len());
                Arc::new(array)
            }
            Self::Double(builder) => {
                let array = builder.finish();
                *builder = Float64Builder::with_capacity(array.len());
                Arc::new(array)
            }
            Self::Text(builder) => {
                let array = builder.finish();
                *builder = StringBuilder::with_capacity(array.len(), array.value_data().len());
                Arc::new(array)
            }
            Self::Longs(builder) => Arc::new(builder.finish()),
            Self::Texts(builder) => Arc::new(builder.finish()),
        }
    }
}
