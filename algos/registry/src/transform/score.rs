//! The kernel: the features of each row as a vector.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, Float64Array, Int8Array, Int32Array, ListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use netlytics_features::categories::Slots;
use netlytics_features::{Encoded, Encoder};
use netlytics_kernel::{Error, Kernel, decoded, params as json, vector};
use serde::Deserialize;

use super::SCORE;
use super::columns::Columns;
use super::model::Model;
use crate::inputs;

/// Where the kernel finds the columns. Those absent have the names that the model knows.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    numerical: Option<Vec<String>>,
    categorical: Option<Vec<String>>,
}

/// A model, ready to make features.
struct Prepared {
    model: Model,
    encoder: Encoder,
    /// Of each categorical column.
    slots: Vec<Slots>,
}

impl Prepared {
    fn of(bytes: &[u8]) -> Result<Self, Error> {
        let model = Model::decode(bytes)?;
        let slots = model.categories.iter().map(|tally| Slots::new(&tally.values)).collect();
        Ok(Self { encoder: model.encoder()?, slots, model })
    }

    /// Once a process, however many kernels have the model.
    fn shared(model: Option<&[u8]>) -> Result<Arc<Self>, Error> {
        decoded::shared(inputs::needed(SCORE, model)?, Self::of)
    }
}

/// The numerical and the categorical columns of a kernel with these parameters.
pub(super) fn columns(params: &str, model: Option<&[u8]>) -> Result<[Vec<String>; 2], Error> {
    let params = json::parse::<Params>(SCORE, params)?;
    let Prepared { model, .. } = &*Prepared::shared(model)?;
    let numerical = named(params.numerical, &model.numerical, "numerical")?;
    Ok([numerical, named(params.categorical, &model.categorical, "categorical")?])
}

pub(crate) struct FeaturesKernel {
    columns: Columns,
    prepared: Arc<Prepared>,
    output: SchemaRef,
    ready: Option<RecordBatch>,
}

impl FeaturesKernel {
    /// # Errors
    /// The model or a parameter is not valid, or a column is missing or not of the type it must have.
    pub(crate) fn open(params: &str, model: Option<&[u8]>, schema: &SchemaRef) -> Result<Self, Error> {
        let [numerical, categorical] = columns(params, model)?;
        let prepared = Prepared::shared(model)?;
        let model = &prepared.model;
        let called = [model.numerical.as_slice(), model.categorical.as_slice()];
        let columns = Columns::new(schema, [&numerical, &categorical], called, model.policy()?)?;
        let field = vector::field("features");
        let described = (vector::SPARK_METADATA.to_owned(), model.metadata()?);
        let metadata = field.metadata().clone().into_iter().chain([described]).collect::<HashMap<_, _>>();
        let output = Arc::new(Schema::new(vec![field.with_metadata(metadata)]));
        Ok(Self { columns, prepared, output, ready: None })
    }

    /// The vectors of encoded rows, null where rows are not kept.
    fn vectors(&self, rows: usize, encoded: Encoded, kept: Option<NullBuffer>) -> Result<RecordBatch, Error> {
        let lists = |item: DataType, offsets: Vec<i32>, values: ArrayRef, nulls| {
            let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
            let lists = ListArray::try_new(Arc::new(Field::new_list_field(item, false)), offsets, values, nulls);
            lists.map(|lists| Arc::new(lists) as ArrayRef).map_err(Error::internal)
        };
        let Encoded { offsets, places, values } = encoded;
        let (kind, size, place_offsets, no_places) = match self.prepared.encoder.is_sparse() {
            true => (
                vector::SPARSE,
                Some(i32::try_from(self.prepared.encoder.width()).map_err(Error::internal)?),
                offsets.clone(),
                None,
            ),
            false => (vector::DENSE, None, vec![0; rows + 1], Some(NullBuffer::new_null(rows))),
        };
        let members: Vec<ArrayRef> = vec![
            Arc::new(Int8Array::from(vec![kind; rows])),
            Arc::new(Int32Array::from(vec![size; rows])),
            lists(DataType::Int32, place_offsets, Arc::new(Int32Array::from(places)), no_places)?,
            lists(DataType::Float64, offsets, Arc::new(Float64Array::from(values)), None)?,
        ];
        let vectors = StructArray::try_new(vector::members(), members, kept).map_err(Error::internal)?;
        RecordBatch::try_new(Arc::clone(&self.output), vec![Arc::new(vectors)]).map_err(Error::internal)
    }
}

/// The names of a model's columns where the kernel finds them.
fn named(given: Option<Vec<String>>, known: &[String], what: &str) -> Result<Vec<String>, Error> {
    let given = given.unwrap_or_else(|| known.to_vec());
    if given.len() == known.len() {
        return Ok(given);
    }
    let (found, expected) = (given.len(), known.len());
    Err(Error::parameter(format!("{found} {what} columns are named: the model has {expected}.")))
}

impl Kernel for FeaturesKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let batch = self.columns.read(batch)?;
        let numbers = batch.numbers.iter().map(|numbers| &**numbers).collect::<Vec<_>>();
        let slots = batch.texts.iter().zip(&self.prepared.slots).map(|(texts, slots)| match texts.nulls() {
            None => (0..texts.len()).map(|row| slots.of(Some(texts.value(row)))).collect::<Vec<_>>(),
            Some(_) => texts.iter().map(|text| slots.of(text)).collect(),
        });
        let encoded = self.prepared.encoder.encode(batch.rows, &numbers, &slots.collect::<Vec<_>>());
        let encoded = encoded.map_err(|error| Error::input(format!("{error}.")))?;
        self.ready = Some(self.vectors(batch.rows, encoded, batch.kept)?);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.take())
    }
}
