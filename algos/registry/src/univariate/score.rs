//! `anomaly.univariate.score`: appends `outlier`, whether the value is below the lower or above the upper bound; null where
//! there is no value.

use std::sync::Arc;

use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use netlytics_kernel::{Error, Kernel, params as json};
use serde::Deserialize;

use super::column::Column;
use super::{MODEL, Model, SCORE, VERSION};
use crate::inputs;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// Column of the values; without a name, the one that the model was learned from.
    value: Option<String>,
}

/// The column of the values.
///
/// # Errors
/// A parameter or the model is not valid.
pub(super) fn column(params: &str, model: Option<&[u8]>) -> Result<String, Error> {
    let named = json::parse::<Params>(SCORE, params)?.value;
    let known = inputs::features(named.as_slice(), Some(inputs::needed(SCORE, model)?))?;
    known.into_iter().next().ok_or_else(|| Error::parameter("The model names no column of values."))
}

pub(crate) struct ScoreKernel {
    column: Column,
    model: Arc<Model>,
    output: SchemaRef,
    ready: Option<RecordBatch>,
}

impl ScoreKernel {
    /// # Errors
    /// The model is none of this algorithm, or the column is missing or not of doubles.
    pub(crate) fn open(params: &str, model: Option<&[u8]>, schema: &SchemaRef) -> Result<Self, Error> {
        let column = Column::new(schema, &column(params, model)?)?;
        let model = inputs::contents(SCORE, MODEL, VERSION, model)?;
        let output = Arc::new(Schema::new(vec![Field::new("outlier", DataType::Boolean, true)]));
        Ok(Self { column, model, output, ready: None })
    }
}

impl Kernel for ScoreKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let values = self.column.array(batch)?;
        let Model { low, high } = *self.model;
        let outliers = values.iter().map(|value| value.map(|value| value < low || value > high));
        let outliers = Arc::new(outliers.collect::<BooleanArray>());
        self.ready = Some(RecordBatch::try_new(Arc::clone(&self.output), vec![outliers]).map_err(Error::internal)?);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.take())
    }
}
