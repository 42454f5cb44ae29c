//! Rows of one key after the other.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_row::{OwnedRow, RowConverter, SortField};
use arrow_schema::{Fields, SchemaRef};

use crate::error::Error;

/// Cuts batches, whose rows are sorted by key, where the key changes. Without key columns all rows are of one key.
pub struct Runs {
    columns: Vec<usize>,
    converter: RowConverter,
    /// The key of the last row.
    current: Option<OwnedRow>,
    begun: bool,
}

/// A part of a batch whose rows have the same key.
pub struct Run {
    pub rows: RecordBatch,
    /// Whether the key is another than that of the rows before.
    pub begins: bool,
}

impl Runs {
    /// Cuts batches of this schema by these of their columns.
    ///
    /// # Errors
    /// There is no such column, or one of a type that cannot be a key.
    pub fn new(schema: &SchemaRef, key: &[String]) -> Result<Self, Error> {
        let columns = key
            .iter()
            .map(|name| {
                schema.index_of(name).map_err(|_| Error::parameter(format!("There is no column {name} to group by.")))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let fields = schema.project(&columns).map_err(Error::internal)?;
        let sorts = fields.fields().iter().map(|field| SortField::new(field.data_type().clone())).collect();
        let converter = RowConverter::new(sorts)
            .map_err(|error| Error::parameter(format!("The columns cannot be grouped by: {error}.")))?;
        Ok(Self { columns, converter, current: None, begun: false })
    }

    /// The fields of the key, of batches of this schema.
    ///
    /// # Errors
    /// The schema is another than the one given before.
    pub fn key_fields(&self, schema: &SchemaRef) -> Result<Fields, Error> {
        Ok(schema.project(&self.columns).map_err(Error::internal)?.fields)
    }

    /// The key's columns of a batch.
    ///
    /// # Errors
    /// The batch is of another schema.
    pub fn key(&self, batch: &RecordBatch) -> Result<Vec<ArrayRef>, Error> {
        Ok(batch.project(&self.columns).map_err(Error::internal)?.columns().to_vec())
    }

    /// The runs of a batch, in order.
    ///
    /// # Errors
    /// The batch is of another schema.
    pub fn of(&mut self, batch: &RecordBatch) -> Result<Vec<Run>, Error> {
        let mut runs = Vec::new();
        if batch.num_rows() == 0 {
            return Ok(runs);
        }
        if self.columns.is_empty() {
            runs.push(Run { rows: batch.clone(), begins: !std::mem::replace(&mut self.begun, true) });
            return Ok(runs);
        }
        let keys = self.converter.convert_columns(&self.key(batch)?).map_err(Error::internal)?;
        let mut from = 0;
        for row in 0..batch.num_rows() {
            let last = row + 1 == batch.num_rows();
            if last || keys.row(row) != keys.row(row + 1) {
                let key = keys.row(row);
                let begins = self.current.as_ref().is_none_or(|current| current.row() != key);
                if begins {
                    self.current = Some(key.owned());
                }
                runs.push(Run { rows: batch.slice(from, row + 1 - from), begins });
                from = row + 1;
            }
        }
        Ok(runs)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Int64Array, StringArray};

    use super::*;

    fn batch(hosts: &[Option<&str>]) -> RecordBatch {
        let values: ArrayRef = Arc::new(Int64Array::from_iter_values(0..hosts.len() as i64));
        let hosts: ArrayRef = Arc::new(StringArray::from(hosts.to_vec()));
        RecordBatch::try_from_iter_with_nullable([("host", hosts, true), ("value", values, true)]).unwrap()
    }

    #[test]
    fn a_run_goes_on_in_the_next_batch() {
        let batches = [batch(&[None, None, Some("a")]), batch(&[]), batch(&[Some("a"), Some("b")])];
        let mut runs = Runs::new(&batches[0].schema(), &["host".to_owned()]).unwrap();
        let found = batches.iter().flat_map(|batch| runs.of(batch).unwrap());
        let found = found.map(|run| (run.rows.num_rows(), run.begins)).collect::<Vec<_>>();
        assert_eq!(found, [(2, true), (1, true), (1, false), (1, true)]);
    }

    #[test]
    fn without_a_key_all_is_one_run() {
        let batch = batch(&[Some("a"), Some("b")]);
        let mut runs = Runs::new(&batch.schema(), &[]).unwrap();
        let begins = [&batch, &batch].map(|batch| runs.of(batch).unwrap()[0].begins);
        assert_eq!(begins, [true, false]);
    }

    #[test]
    fn unknown_columns_are_refused() {
        assert!(Runs::new(&batch(&[]).schema(), &["hots".to_owned()]).is_err());
    }
}
