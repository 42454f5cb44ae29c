//! `clustering.dbscan.label`: the label of each point, −1 for noise.
//!
//! Takes the columns `root_high` and `root_low` of `clustering.dbscan.local`, and gives `prediction` for each row.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{Int64Array, RecordBatch};
use arrow_schema::{DataType, Schema, SchemaRef};
use netlytics_clustering::dbscan::keys::whole;
use netlytics_kernel::{Error, Kernel};

use super::points::{ROOT, field, place};
use super::{merge, no_model};

pub(crate) const NAME: &str = "clustering.dbscan.label";

/// The label of points of no cluster.
const NOISE: i64 = -1;

pub(crate) struct LabelKernel {
    root: [usize; 2],
    labels: HashMap<u128, i64>,
    output: SchemaRef,
    ready: VecDeque<RecordBatch>,
}

impl LabelKernel {
    /// # Errors
    /// The model is not valid, or a column is missing or not of integers.
    pub(crate) fn open(model: Option<&[u8]>, schema: &SchemaRef) -> Result<Self, Error> {
        let labels = merge::decode_model(model.ok_or_else(|| no_model(NAME, merge::NAME))?)?;
        let [high, low] = ROOT;
        Ok(Self {
            root: [place(schema, high, &DataType::Int64)?, place(schema, low, &DataType::Int64)?],
            labels: labels.iter().collect(),
            output: Arc::new(Schema::new(vec![field("prediction", DataType::Int64)])),
            ready: VecDeque::new(),
        })
    }
}

impl Kernel for LabelKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let [high, low] = self.root.map(|place| {
            let column = batch.columns().get(place).and_then(|column| column.as_primitive_opt::<Int64Type>());
            column.ok_or_else(|| Error::internal("no integers"))
        });
        let label = |(high, low): (Option<i64>, Option<i64>)| match high.zip(low) {
            None => Ok(NOISE),
            Some((high, low)) => self.labels.get(&whole(high, low)).copied().ok_or_else(|| {
                Error::input(format!("The labels know no cluster {high} {low}: they are of other points."))
            }),
        };
        let labels = high?.iter().zip(low?).map(label).collect::<Result<Vec<_>, _>>()?;
        let batch = RecordBatch::try_new(self.schema(), vec![Arc::new(Int64Array::from(labels))]);
        self.ready.push_back(batch.map_err(Error::internal)?);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Error> {
        Ok(self.ready.pop_front())
    }
}
