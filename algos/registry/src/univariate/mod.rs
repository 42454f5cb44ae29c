//! `anomaly.univariate`: the bounds that outliers of a column of numbers are outside of.
//!
//! Rows without a value take no part and are counted. NaN and infinities are errors. Its model is the two bounds, which the
//! side that has the rows compares with.

mod boxplot;
mod column;
mod gaussian;
mod groups;
mod params;

use arrow_schema::SchemaRef;
use netlytics_anomaly::univariate::Bounds;
use netlytics_kernel::message::encode;
use netlytics_kernel::{Error, Estimator, params as json};
use serde::{Deserialize, Serialize};

use self::boxplot::Boxplot;
use self::column::Column;
use self::gaussian::Gaussian;
pub(crate) use self::groups::{GroupsKernel, NAME as GROUPS};
use self::params::{Method, Params};

pub(crate) const NAME: &str = "anomaly.univariate";

/// # Errors
/// A parameter is not valid, or the column is missing or not of doubles.
pub(crate) fn estimator(params: &str, schema: &SchemaRef) -> Result<Box<dyn Estimator>, Error> {
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
        encode("anomaly.univariate.model", 1, self)
    }
}

#[cfg(test)]
mod tests;
