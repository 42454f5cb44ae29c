//! Bounds by quartiles: four passes of counts.

use arrow_array::RecordBatch;
use netlytics_anomaly::univariate::Bounds;
use netlytics_anomaly::univariate::quantile::{Counts, Search};
use netlytics_kernel::message::{decode, encode};
use netlytics_kernel::{Error, Estimator, Next, Pass};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Model;
use super::column::{Column, Seen};

pub(super) const QUARTILES: [f64; 2] = [0.25, 0.75];
/// The quartiles, and the ends of the column.
const SOUGHT: [f64; 4] = [0.0, 0.25, 0.75, 1.0];
const STATE: &str = "anomaly.univariate.boxplot.state";
const PARTIAL: &str = "anomaly.univariate.boxplot.partial";
const VERSION: u32 = 1;

pub(super) struct Boxplot {
    pub(super) column: Column,
    pub(super) factor: f64,
}

#[derive(Serialize, Deserialize)]
struct State {
    search: Search,
}

#[derive(Serialize, Deserialize)]
struct Partial {
    seen: Seen,
    counts: Counts,
}

impl Estimator for Boxplot {
    fn start(&self) -> Result<Vec<u8>, Error> {
        let search = Search::quantiles(&SOUGHT).map_err(Error::internal)?;
        encode(STATE, VERSION, &State { search })
    }

    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error> {
        let search = decode::<State>(STATE, VERSION, state)?.search;
        if search.is_done() {
            return Err(Error::internal("the search for the quartiles is over"));
        }
        let found = Partial { seen: Seen::default(), counts: search.no_counts() };
        Ok(Box::new(Rows { column: self.column.clone(), found }))
    }

    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        let mut all = decode::<Partial>(PARTIAL, VERSION, left)?;
        let other = decode::<Partial>(PARTIAL, VERSION, right)?;
        all.seen.merge(other.seen);
        all.counts.merge(&other.counts).map_err(Error::internal)?;
        encode(PARTIAL, VERSION, &all)
    }

    fn advance(&self, state: &[u8], partial: &[u8]) -> Result<Next, Error> {
        let State { mut search } = decode(STATE, VERSION, state)?;
        let Partial { seen, counts } = decode(PARTIAL, VERSION, partial)?;
        let (pass, passes) = search.progress();
        search.advance(&counts).map_err(|error| self.column.refused(&error))?;
        let Some(&[least, lower, upper, greatest]) = search.values().as_deref() else {
            let progress = format!("pass {pass} of {passes} for the quartiles of {} values", seen.values);
            return Ok(Next::Again { state: encode(STATE, VERSION, &State { search })?, progress });
        };
        let bounds = Bounds::boxplot(lower, upper, self.factor).map_err(|error| self.column.refused(&error))?;
        let summary = json!({
            "method": "boxplot", "factor": self.factor, "low": bounds.low, "high": bounds.high,
            "lower_quartile": lower, "upper_quartile": upper,
            "least": least, "greatest": greatest, "values": seen.values, "nulls": seen.nulls,
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
        self.found.counts.add(&values).map_err(|error| self.column.refused(&error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<u8>, Error> {
        encode(PARTIAL, VERSION, &self.found)
    }
}
