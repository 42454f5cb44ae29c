//! New columns for every row of features, from a model.

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use netlytics_features::Rows;
use netlytics_kernel::model::Feature;
use netlytics_kernel::{Error, Kernel};
use netlytics_learning as learning;

use crate::inputs;
use crate::learned::refused;
use crate::vectors::{FeatureColumns, Spare};

/// What a model says of rows.
pub(crate) trait Score: Send {
    /// The new columns.
    fn schema(&self) -> Schema;

    /// # Errors
    /// The rows are not as wide as the model.
    fn score(&mut self, rows: &Rows<'_>) -> Result<Vec<ArrayRef>, learning::Error>;
}

/// The column `prediction`, the cluster of each row, which a function appends to those of the rows before.
pub(crate) struct Predicted<F>(pub(crate) F);

impl<F> Score for Predicted<F>
where
    F: FnMut(&Rows<'_>, &mut Vec<i64>) -> Result<(), learning::Error> + Send,
{
    fn schema(&self) -> Schema {
        Schema::new(vec![Field::new("prediction", DataType::Int64, false)])
    }

    fn score(&mut self, rows: &Rows<'_>) -> Result<Vec<ArrayRef>, learning::Error> {
        let mut clusters = Vec::with_capacity(rows.len());
        (self.0)(rows, &mut clusters)?;
        Ok(vec![Arc::new(Int64Array::from(clusters))])
    }
}

/// The kernel of a score: one row for each row given, in order.
pub(crate) struct Scored<S> {
    score: S,
    schema: SchemaRef,
    columns: FeatureColumns,
    feature: String,
    spare: Spare,
    ready: Option<RecordBatch>,
}

impl<S: Score> Scored<S> {
    /// The score of these columns; without names, of those that the model was learned from.
    ///
    /// # Errors
    /// A column is not there, not of a type that holds features, or tells that its features are not the model's.
    pub(crate) fn new(score: S, schema: &SchemaRef, features: &[String], model: Option<&[u8]>) -> Result<Self, Error> {
        let features = &inputs::features(features, model)?;
        if let Some(model) = model {
            let given = features.iter().filter_map(|name| schema.field_with_name(name).ok()).map(Feature::of);
            inputs::same_members(model, &given.collect::<Vec<_>>())?;
        }
        let output = Arc::new(score.schema());
        let feature = features.first().cloned().unwrap_or_default();
        let columns = FeatureColumns::new(schema, features)?;
        Ok(Self { score, schema: output, columns, feature, spare: Spare::default(), ready: None })
    }
}

impl<S: Score> Kernel for Scored<S> {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let rows = self.columns.rows(batch, &mut self.spare)?;
        let columns = self.score.score(&rows).map_err(|error| refused(&error, &self.feature))?;
        self.ready = Some(RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(Error::internal)?);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.take())
    }
}
