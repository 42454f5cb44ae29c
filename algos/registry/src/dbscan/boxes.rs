//! `clustering.dbscan.boxes`: how space is cut, by a sample of the points, and then the bounds of the points in each box.

use arrow_array::RecordBatch;
use arrow_schema::{DataType, SchemaRef};
use netlytics_clustering::dbscan::boxes::{Boxes, Extents};
use netlytics_clustering::dbscan::sample::{self, Sample};
use netlytics_clustering::dbscan::{Parameters, cuts, estimate};
use netlytics_kernel::message::{decode, encode};
use netlytics_kernel::{Error, Estimator, Next, Pass};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::params::{Params, refused};
use super::points::{KEY, KeyColumns, WEIGHT, place, weights};
use crate::vectors::{FeatureColumns, Spare};

pub(crate) const NAME: &str = "clustering.dbscan.boxes";

const STATE: &str = "clustering.dbscan.boxes.state";
const SAMPLE: &str = "clustering.dbscan.boxes.sample";
const EXTENTS: &str = "clustering.dbscan.boxes.extents";
const MODEL: &str = "clustering.dbscan.boxes.model";
const VERSION: u32 = 1;

/// Points of the sample: enough to cut several hundred boxes.
const SAMPLED: usize = 16_384;

/// What is known before a pass: nothing before the first one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct State {
    boxes: Option<Boxes>,
    points: u64,
    rows: u64,
    pairs: f64,
    copies: f64,
}

pub(crate) struct BoxesEstimator {
    columns: Columns,
    params: Params,
    parameters: Parameters,
}

#[derive(Clone)]
struct Columns {
    features: FeatureColumns,
    key: KeyColumns,
    weight: usize,
}

/// The boxes of a model.
///
/// # Errors
/// It is none of this estimator's.
pub(super) fn decode_model(model: &[u8]) -> Result<Boxes, Error> {
    decode(MODEL, VERSION, model)
}

impl BoxesEstimator {
    /// # Errors
    /// A parameter is not valid, or a column is missing or not of the type it must have.
    pub(crate) fn open(params: &str, schema: &SchemaRef) -> Result<Self, Error> {
        let params = Params::parse(NAME, params)?;
        let columns = Columns {
            features: FeatureColumns::new(schema, &params.features)?,
            key: KeyColumns::new(schema, KEY)?,
            weight: place(schema, WEIGHT, &DataType::Int64)?,
        };
        Ok(Self { columns, parameters: params.checked()?, params })
    }

    fn sampled(&self, partial: &[u8]) -> Result<Sample, Error> {
        let mut sample = Sample::new(SAMPLED);
        sample.merge(&decode(SAMPLE, VERSION, partial)?);
        Ok(sample)
    }
}

impl Estimator for BoxesEstimator {
    fn start(&self) -> Result<Vec<u8>, Error> {
        encode(STATE, VERSION, &State::default())
    }

    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error> {
        let columns = self.columns.clone();
        Ok(match decode::<State>(STATE, VERSION, state)?.boxes {
            None => Box::new(SamplePass { columns, spare: Spare::default(), sample: Sample::new(SAMPLED) }),
            Some(boxes) => {
                let extents = Extents::new(&boxes);
                Box::new(ExtentsPass { columns, spare: Spare::default(), boxes, extents, row: Vec::new() })
            }
        })
    }

    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        if let (Ok(mut all), Ok(other)) =
            (decode::<Extents>(EXTENTS, VERSION, left), decode::<Extents>(EXTENTS, VERSION, right))
        {
            all.merge(&other);
            return encode(EXTENTS, VERSION, &all);
        }
        let mut all = self.sampled(left)?;
        let other = decode::<sample::Partial>(SAMPLE, VERSION, right)?;
        same_width(all.width, other.width)?;
        all.merge(&other);
        encode(SAMPLE, VERSION, &all.partial())
    }

    fn advance(&self, state: &[u8], partial: &[u8]) -> Result<Next, Error> {
        let mut state = decode::<State>(STATE, VERSION, state)?;
        if let Some(boxes) = &mut state.boxes {
            boxes.bound(&decode(EXTENTS, VERSION, partial)?);
            return done(&state);
        }
        let sample = self.sampled(partial)?;
        state.pairs =
            estimate::checked(&sample, &self.parameters, self.params.max_pairs).map_err(|error| refused(&error))?;
        let plan = cuts::plan(&sample, &self.parameters, self.params.box_points);
        (state.points, state.rows, state.copies) = (sample.count, sample.rows, plan.copies);
        let count = plan.boxes.count;
        state.boxes = Some(plan.boxes);
        if count <= 1 {
            return done(&state);
        }
        let (points, pairs) = (state.points, state.pairs);
        let progress = format!("{points} distinct points, about {pairs:.1e} pairs of neighbours, {count} boxes");
        Ok(Next::Again { state: encode(STATE, VERSION, &state)?, progress })
    }
}

fn done(state: &State) -> Result<Next, Error> {
    let boxes = state.boxes.as_ref().ok_or_else(|| Error::internal("no boxes"))?;
    let summary = json!({
        "rows": state.rows, "points": state.points, "pairs": state.pairs, "boxes": boxes.count, "copies": state.copies,
    });
    Ok(Next::Done { model: encode(MODEL, VERSION, boxes)?, summary: summary.to_string() })
}

/// Rows of one width, 0 being that of no rows.
fn same_width(one: u64, other: u64) -> Result<(), Error> {
    if one == 0 || other == 0 || one == other {
        return Ok(());
    }
    let (few, many) = (one.min(other), one.max(other));
    Err(Error::input(format!("Some rows have {few} features and others {many}: expected rows of one length.")))
}

struct SamplePass {
    columns: Columns,
    spare: Spare,
    sample: Sample,
}

impl Pass for SamplePass {
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let rows = self.columns.features.rows(batch, &mut self.spare)?;
        same_width(self.sample.width, rows.width() as u64)?;
        self.sample.width = self.sample.width.max(rows.width() as u64);
        let others = self.columns.key.of(batch)?.zip(weights(batch, self.columns.weight)?);
        for (row, (key, weight)) in rows.iter().zip(others) {
            self.sample.push(&row, key, weight);
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error> {
        encode(SAMPLE, VERSION, &self.sample.partial())
    }
}

struct ExtentsPass {
    columns: Columns,
    spare: Spare,
    boxes: Boxes,
    extents: Extents,
    row: Vec<f64>,
}

impl Pass for ExtentsPass {
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let rows = self.columns.features.rows(batch, &mut self.spare)?;
        for row in rows.iter() {
            self.row.clear();
            self.row.resize(rows.width(), 0.0);
            row.write_to(&mut self.row);
            self.extents.push(&self.boxes, &self.row);
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error> {
        encode(EXTENTS, VERSION, &self.extents)
    }
}
