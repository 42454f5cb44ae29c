//! Bounds by mean and standard deviation: one pass for moments.

use arrow_array::RecordBatch;
use netlytics_anomaly::univariate::{Bounds, Moments};
use netlytics_kernel::message::{decode, encode};
use netlytics_kernel::{Error, Estimator, Next, Pass};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Model;
use super::column::{Column, Seen};

const STATE: &str = "anomaly.univariate.gaussian.state";
const PARTIAL: &str = "anomaly.univariate.gaussian.partial";
const VERSION: u32 = 1;

pub(super) struct Gaussian {
    pub(super) column: Column,
    pub(super) factor: f64,
}

/// There is one pass.
#[derive(Serialize, Deserialize)]
struct State {
    passes: u64,
}

#[derive(Default, Serialize, Deserialize)]
struct Partial {
    seen: Seen,
    moments: Moments,
}

impl Estimator for Gaussian {
    fn is_one_pass(&self) -> bool {
        true
    }

    fn start(&self) -> Result<Vec<u8>, Error> {
        encode(STATE, VERSION, &State { passes: 0 })
    }

    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error> {
        decode::<State>(STATE, VERSION, state)?;
        Ok(Box::new(Rows { column: self.column.clone(), found: Partial::default() }))
    }

    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        let mut all = decode::<Partial>(PARTIAL, VERSION, left)?;
        let other = decode::<Partial>(PARTIAL, VERSION, right)?;
        all.seen.merge(other.seen);
        all.moments.merge(&other.moments);
        encode(PARTIAL, VERSION, &all)
    }

    fn advance(&self, _state: &[u8], partial: &[u8]) -> Result<Next, Error> {
        let Partial { seen, moments } = decode(PARTIAL, VERSION, partial)?;
        let bounds = Bounds::gaussian(&moments, self.factor).map_err(|error| self.column.refused(&error))?;
        let summary = json!({
            "method": "gaussian", "factor": self.factor, "low": bounds.low, "high": bounds.high,
            "mean": moments.mean(), "standard_deviation": moments.population_std(),
            "least": moments.min, "greatest": moments.max, "values": seen.values, "nulls": seen.nulls,
        });
        Ok(Next::Done { model: Model::of(bounds).message()?, summary: summary.to_string() })
    }
}

struct Rows {
    column: Column,
    found: Partial,
}

impl Pass for Rows {
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let values = self.column.values(batch, &mut self.found.seen)?;
        self.found.moments.add(&values).map_err(|error| self.column.refused(&error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error> {
        encode(PARTIAL, VERSION, &self.found)
    }
}
