//! `anomaly.univariate`: the bounds that outliers of a column of numbers are outside of.
//!
//! Rows without a value take no part and are counted. NaN and infinities are errors. Its model is the two bounds;
//! `anomaly.univariate.score` says of each row whether its value is outside of them.

mod boxplot;
mod column;
mod gaussian;
mod groups;
mod params;
mod score;

use arrow_schema::SchemaRef;
use netlytics_anomaly::univariate::Bounds;
use netlytics_kernel::message::encode;
use netlytics_kernel::{Error, Estimator, params as json};
use serde::{Deserialize, Serialize};

use self::boxplot::Boxplot;
use self::column::Column;
use self::gaussian::Gaussian;
use self::groups::{GroupsKernel, NAME as GROUPS};
use self::params::{Method, Params};
use self::score::ScoreKernel;
use crate::entry::Entry;
use crate::inputs::{Input, Kind};

const NAME: &str = "anomaly.univariate";
const SCORE: &str = "anomaly.univariate.score";

pub(crate) const ENTRIES: &[Entry] = &[
    Entry::estimator(NAME, estimator).reading(inputs).learning(MODEL, VERSION),
    Entry::kernel(GROUPS, |params, _, schema| Ok(Box::new(GroupsKernel::open(params, schema)?))),
    Entry::kernel(SCORE, |params, model, schema| Ok(Box::new(ScoreKernel::open(params, model, schema)?)))
        .reading(score_inputs),
];

const MODEL: &str = "anomaly.univariate.model";
const VERSION: u32 = 1;

/// # Errors
/// A parameter is not valid, or the column is missing or not of doubles.
fn estimator(params: &str, schema: &SchemaRef) -> Result<Box<dyn Estimator>, Error> {
    let params = json::parse::<Params>(NAME, params)?;
    if !params.group_by.is_empty() {
        return Err(Error::parameter(format!("{NAME} takes no group_by: the bounds of groups are found by {GROUPS}.")));
    }
    let (column, factor) = (Column::new(schema, &params.value)?, params.factor());
    Ok(match params.method {
        Method::Gaussian => Box::new(Gaussian { column, factor }),
        Method::Boxplot => Box::new(Boxplot { column, factor }),
    })
}

/// # Errors
/// A parameter is not valid.
fn inputs(params: &str, _model: Option<&[u8]>) -> Result<Vec<Input>, Error> {
    let params = json::parse::<Params>(NAME, params)?;
    Ok(Input::all(&[params.value], Kind::Number))
}

/// # Errors
/// A parameter or the model is not valid.
fn score_inputs(params: &str, model: Option<&[u8]>) -> Result<Vec<Input>, Error> {
    Ok(Input::all(&[score::column(params, model)?], Kind::Number))
}

/// Numbers below `low` or above `high` are outliers.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Model {
    low: f64,
    high: f64,
}

impl Model {
    fn of(bounds: Bounds) -> Self {
        Self { low: bounds.low, high: bounds.high }
    }

    fn message(&self) -> Result<Vec<u8>, Error> {
        encode(MODEL, VERSION, self)
    }
}

#[cfg(test)]
mod tests;
