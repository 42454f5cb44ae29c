//! `features.key`: names each row by the content of its features.
//!
//! Rows of equal numbers get the same `key_high` and `key_low`, the halves of 128 bits, however the numbers are laid out
//! and wherever the row lies; other rows get others.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch};
use arrow_schema::{DataType, Schema, SchemaRef};
use netlytics_clustering::dbscan::keys::Keys;
use netlytics_kernel::{Error, Kernel, params as json};
use serde::Deserialize;

use super::points::{KEY, field};
use crate::vectors::{FeatureColumns, Spare};

pub(crate) const NAME: &str = "features.key";

#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Params {
    /// Columns of the features.
    features: Vec<String>,
    /// Another seed gives other keys.
    seed: i64,
}

impl Default for Params {
    fn default() -> Self {
        Self { features: vec!["features".to_owned()], seed: 0 }
    }
}

pub(crate) struct KeyKernel {
    features: FeatureColumns,
    seed: u64,
    spare: Spare,
    output: SchemaRef,
    ready: VecDeque<RecordBatch>,
}

impl KeyKernel {
    /// # Errors
    /// A parameter is not valid, or a column is missing or holds no features.
    pub(crate) fn open(params: &str, schema: &SchemaRef) -> Result<Self, Error> {
        let params = json::parse::<Params>(NAME, params)?;
        Ok(Self {
            features: FeatureColumns::new(schema, &params.features)?,
            seed: params.seed.cast_unsigned(),
            spare: Spare::default(),
            output: Arc::new(Schema::new(KEY.map(|name| field(name, DataType::Int64)).to_vec())),
            ready: VecDeque::new(),
        })
    }
}

impl Kernel for KeyKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let rows = self.features.rows(batch, &mut self.spare)?;
        let Keys { high, low } = rows.iter().map(|row| row.key(self.seed)).collect();
        let columns = [high, low].map(|half| Arc::new(Int64Array::from(half)) as ArrayRef).to_vec();
        self.ready.push_back(RecordBatch::try_new(self.schema(), columns).map_err(Error::internal)?);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.pop_front())
    }
}
