//! Counts of groups instead of rows, for queries that want no more than these.

use std::sync::Arc;

use arrow_array::{Int64Array, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use hashbrown::HashMap;
use netlytics_schema::Table;

use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::table::TableBuilder;
use crate::value::{Record, Value};

/// Counts the rows of each group. A batch holds what was counted since the batch before: the same group may be in
/// several, and who reads them adds up.
pub struct GroupCounter<T> {
    group_by: Vec<T>,
    /// Encoded values of the group's columns, and the group's row in the batch.
    groups: HashMap<Box<[u8]>, usize>,
    /// One row a group.
    table: TableBuilder<T>,
    counts: Vec<Count<T>>,
    schema: SchemaRef,
    key: Vec<u8>,
}

struct Count<T> {
    /// Only rows where this is not null count; `None`: all do.
    column: Option<T>,
    of_group: Vec<i64>,
    /// Whether the record at hand counts.
    counts: bool,
}

impl<T: Table> GroupCounter<T> {
    /// A counter for the groups and counts of `options`.
    ///
    /// # Errors
    /// A column is unknown.
    pub fn new(group_by: &[String], options: &ScanOptions) -> Result<Self, Error> {
        let named = |name: &String| {
            T::named(name).ok_or_else(|| Error::option(format!("The table {} has no column {name}.", T::NAME)))
        };
        let count = |column: &Option<String>| {
            let column = column.as_ref().map(named).transpose()?;
            Ok(Count { column, of_group: Vec::new(), counts: true })
        };
        let table = TableBuilder::new(group_by, &options.corrupt_column)?;
        let counts = options.counts.iter().map(count).collect::<Result<Vec<_>, Error>>()?;
        let mut fields = table.schema().fields().to_vec();
        fields.extend(
            (0..counts.len()).map(|place| Arc::new(Field::new(format!("count{place}"), DataType::Int64, false))),
        );
        Ok(Self {
            group_by: group_by.iter().map(named).collect::<Result<_, _>>()?,
            groups: HashMap::new(),
            table,
            counts,
            schema: Arc::new(Schema::new(fields)),
            key: Vec::new(),
        })
    }

    /// Schema of the batches: the columns grouped by, then the counts.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// Groups in the batch so far.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Counts a record; gives the bytes by which the batch grew.
    ///
    /// # Errors
    /// A field cannot be read; nothing is counted.
    pub fn push(&mut self, record: &impl Record<T>) -> Result<usize, Fault> {
        self.key.clear();
        for &column in &self.group_by {
            record.value(column)?.encode(&mut self.key);
        }
        for count in &mut self.counts {
            count.counts = match count.column {
                Some(column) => record.value(column)? != Value::Null,
                None => true,
            };
        }
        let (group, grown) = match self.groups.get(self.key.as_slice()) {
            Some(&group) => (group, 0),
            None => {
                self.table.push(record, None)?;
                let group = self.groups.len();
                self.groups.insert(self.key.as_slice().into(), group);
                self.counts.iter_mut().for_each(|count| count.of_group.push(0));
                (group, self.key.len())
            }
        };
        for count in &mut self.counts {
            if let Some(number) = count.of_group.get_mut(group) {
                *number += i64::from(count.counts);
            }
        }
        Ok(grown)
    }

    /// Gives the groups so far as a batch and starts anew.
    ///
    /// # Errors
    /// Arrow refuses the columns, which would be a fault of ours.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.groups.clear();
        let groups = self.table.finish()?;
        let mut columns = groups.columns().to_vec();
        for count in &mut self.counts {
            columns.push(Arc::new(Int64Array::from(std::mem::take(&mut count.of_group))));
        }
        let options = RecordBatchOptions::new().with_row_count(Some(groups.num_rows()));
        RecordBatch::try_new_with_options(self.schema(), columns, &options)
    }
}
