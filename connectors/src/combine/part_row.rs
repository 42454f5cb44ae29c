//! Rows of a part, read back from its batches.

use std::marker::PhantomData;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array as _, ArrayRef, RecordBatch};
use netlytics_schema::{Kind, Table};

use crate::bad::Fault;
use crate::list_sink::ListSink;
use crate::table::OFFSET;
use crate::value::{Record, Value};

/// A batch with all columns of table `T` in order, and then [`OFFSET`].
pub(crate) struct PartBatch<T> {
    batch: RecordBatch,
    table: PhantomData<T>,
}

impl<T: Table> PartBatch<T> {
    /// Names of the columns that the batch must have.
    pub(crate) fn columns() -> Vec<&'static str> {
        T::COLUMNS.iter().map(|column| column.definition().name).chain([OFFSET]).collect()
    }

    pub(crate) fn new(batch: &RecordBatch) -> Arc<Self> {
        Arc::new(Self { batch: batch.clone(), table: PhantomData })
    }

    pub(crate) fn rows(self: &Arc<Self>) -> impl Iterator<Item = PartRow<T>> {
        let rows = Arc::clone(self);
        (0..self.batch.num_rows()).map(move |row| PartRow { batch: Arc::clone(&rows), row })
    }
}

/// One row of a [`PartBatch`].
pub(crate) struct PartRow<T> {
    batch: Arc<PartBatch<T>>,
    row: usize,
}

impl<T> Clone for PartRow<T> {
    fn clone(&self) -> Self {
        Self { batch: Arc::clone(&self.batch), row: self.row }
    }
}

impl<T: Table> PartRow<T> {
    /// Where the row's line starts.
    pub(crate) fn offset(&self) -> i64 {
        let column = self.batch.batch.columns().last().and_then(|column| column.as_primitive_opt::<Int64Type>());
        column.filter(|column| self.row < column.len()).map_or(0, |column| column.value(self.row))
    }

    /// The value of a scalar column; null where the batch has no such column or row.
    pub(crate) fn scalar(&self, column: T) -> Value<'_> {
        let Some(array) = self.present(column) else { return Value::Null };
        match column.definition().kind {
            Kind::Long => array.as_primitive_opt::<Int64Type>().map(|array| array.value(self.row)).into(),
            Kind::Double => array.as_primitive_opt::<Float64Type>().map(|array| array.value(self.row)).into(),
            Kind::Text => array.as_string_opt::<i32>().map(|array| array.value(self.row)).into(),
            Kind::Longs | Kind::Texts => Value::Null,
        }
    }

    /// The value of a column of 64-bit floats.
    pub(crate) fn double(&self, column: T) -> Option<f64> {
        if let Value::Double(value) = self.scalar(column) { Some(value) } else { None }
    }

    /// Whether the column is not null.
    pub(crate) fn has(&self, column: T) -> bool {
        self.present(column).is_some()
    }

    /// Adds the members of a list column, if there is a list.
    pub(crate) fn members(&self, column: T, members: &mut ListSink<'_>) {
        let Some(list) = self.present(column).and_then(|array| array.as_list_opt::<i32>()) else { return };
        let list = list.value(self.row);
        members.begin();
        if let Some(longs) = list.as_primitive_opt::<Int64Type>() {
            longs.iter().for_each(|member| members.long(member));
        } else if let Some(texts) = list.as_string_opt::<i32>() {
            texts.iter().for_each(|member| members.text(member));
        }
    }

    fn present(&self, column: T) -> Option<&ArrayRef> {
        let array = self.batch.batch.columns().get(column.place())?;
        (self.row < array.len() && array.is_valid(self.row)).then_some(array)
    }
}

impl<T: Table> Record<T> for PartRow<T> {
    fn value(&self, column: T) -> Result<Value<'_>, Fault> {
        Ok(self.scalar(column))
    }

    fn list(&self, column: T, members: &mut ListSink<'_>) -> Result<(), Fault> {
        self.members(column, members);
        Ok(())
    }
}
