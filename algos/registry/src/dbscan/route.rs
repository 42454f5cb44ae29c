//! `clustering.dbscan.route`: each point for each box that must know it.
//!
//! Rows come with a key, a weight and features, no two of the same key. They go with the number of the box, whether it
//! owns the point, whether other boxes find the point in their clusters too, and what they came with.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, UInt32Array};
use arrow_schema::{DataType, Schema, SchemaRef};
use arrow_select::take::take;
use netlytics_clustering::dbscan::boxes::Boxes;
use netlytics_kernel::{Error, Kernel};

use super::params::Params;
use super::points::{BOX, KEY, OWNED, SHARED, WEIGHT, field, place};
use super::{boxes, no_model};
use crate::vectors::{FeatureColumns, Spare};

pub(crate) const NAME: &str = "clustering.dbscan.route";

pub(crate) struct RouteKernel {
    features: FeatureColumns,
    eps: f64,
    boxes: Boxes,
    /// The columns that points keep.
    kept: Vec<usize>,
    spare: Spare,
    output: SchemaRef,
    ready: VecDeque<RecordBatch>,
}

impl RouteKernel {
    /// # Errors
    /// A parameter or the model is not valid, or a column is missing or not of the type it must have.
    pub(crate) fn open(params: &str, model: Option<&[u8]>, schema: &SchemaRef) -> Result<Self, Error> {
        let params = Params::parse(NAME, params)?;
        let boxes = boxes::decode_model(model.ok_or_else(|| no_model(NAME, boxes::NAME))?)?;
        let features = FeatureColumns::new(schema, &params.features)?;
        let mut kept = Vec::new();
        for name in [KEY.as_slice(), &[WEIGHT]].concat() {
            kept.push(place(schema, name, &DataType::Int64)?);
        }
        for name in &params.features {
            kept.push(schema.index_of(name).map_err(Error::internal)?);
        }
        let mut fields =
            vec![field(BOX, DataType::Int64), field(OWNED, DataType::Boolean), field(SHARED, DataType::Boolean)];
        fields.extend(kept.iter().filter_map(|&place| schema.fields().get(place)).map(|field| field.as_ref().clone()));
        let output = Arc::new(Schema::new(fields));
        let (spare, ready) = (Spare::default(), VecDeque::new());
        Ok(Self { features, eps: params.checked()?.eps(), boxes, kept, spare, output, ready })
    }
}

impl Kernel for RouteKernel {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.output)
    }

    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let (mut places, mut numbers, mut owned, mut shared) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let rows = self.features.rows(batch, &mut self.spare)?;
        let (mut dense, mut visits) = (vec![0.0; rows.width()], Vec::new());
        for (place, row) in (0_u32..).zip(rows.iter()) {
            dense.fill(0.0);
            row.write_to(&mut dense);
            self.boxes.route(&dense, self.eps, &mut visits);
            for visit in &visits {
                places.push(place);
                numbers.push(visit.number.cast_signed());
                owned.push(visit.owned);
                shared.push(visit.shared);
            }
        }
        let places = UInt32Array::from(places);
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from(numbers)),
            Arc::new(BooleanArray::from(owned)),
            Arc::new(BooleanArray::from(shared)),
        ];
        for &kept in &self.kept {
            let column = batch.columns().get(kept).ok_or_else(|| Error::internal("a column is missing"))?;
            columns.push(take(column, &places, None).map_err(Error::internal)?);
        }
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
