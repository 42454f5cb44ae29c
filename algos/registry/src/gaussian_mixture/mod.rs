//! `clustering.gaussian_mixture`: EM; and `clustering.gaussian_mixture.score`, which appends `prediction`, the likeliest
//! component of each row from 0, and with `details` the shares `probability` and the logarithm `log_density` too.

mod params;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, ListArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, FieldRef, Schema, SchemaRef};
use netlytics_clustering::gaussian_mixture::{GaussianMixture, Mixture, Scorer};
use netlytics_features::Rows;
use netlytics_kernel::{Error, Estimator, Kernel, params as json};
use netlytics_learning::Error as Refused;

use self::params::Params;
use crate::entry::Entry;
use crate::inputs::{Input, Kind, contents, features};
use crate::learned::{Learned, Messages, refused};
use crate::scored::{Score, Scored};

const NAME: &str = "clustering.gaussian_mixture";
const SCORE: &str = "clustering.gaussian_mixture.score";

pub(crate) const ENTRIES: &[Entry] = &[
    Entry::estimator(NAME, estimator).reading(inputs).learning(MESSAGES.model, MESSAGES.version),
    Entry::kernel(SCORE, open).reading(inputs),
];

const MESSAGES: Messages = Messages {
    version: 1,
    state: "clustering.gaussian_mixture.state",
    partial: "clustering.gaussian_mixture.partial",
    model: "clustering.gaussian_mixture.model",
};

/// # Errors
/// A parameter or the model is not valid.
fn inputs(params: &str, model: Option<&[u8]>) -> Result<Vec<Input>, Error> {
    let params = json::parse::<Params>(NAME, params)?;
    Ok(Input::all(&features(&params.features, model)?, Kind::Features))
}

/// # Errors
/// A parameter is not valid, or a feature column is not there or of a type that holds no features.
fn estimator(params: &str, schema: &SchemaRef) -> Result<Box<dyn Estimator>, Error> {
    let params = json::parse::<Params>(NAME, params)?;
    let learner = GaussianMixture::new(params.learner()?).map_err(|error| refused(&error, ""))?;
    Ok(Box::new(Learned::new(learner, MESSAGES, schema, &features(&params.features, None)?)?))
}

/// # Errors
/// The model is none of this algorithm, a parameter is not valid, or a feature column does not fit.
fn open(params: &str, bytes: Option<&[u8]>, schema: &SchemaRef) -> Result<Box<dyn Kernel>, Error> {
    let params = json::parse::<Params>(SCORE, params)?;
    let model = contents::<Mixture>(SCORE, MESSAGES.model, MESSAGES.version, bytes)?;
    let scorer = Scorer::new(&model).map_err(|error| refused(&error, ""))?;
    let components = Components { scorer, details: params.details };
    Ok(Box::new(Scored::new(components, schema, &params.features, bytes)?))
}

struct Components {
    scorer: Scorer,
    details: bool,
}

fn member() -> FieldRef {
    Arc::new(Field::new("element", DataType::Float64, false))
}

impl Score for Components {
    fn schema(&self) -> Schema {
        let mut fields = vec![Field::new("prediction", DataType::Int64, false)];
        if self.details {
            fields.push(Field::new("probability", DataType::List(member()), false));
            fields.push(Field::new("log_density", DataType::Float64, false));
        }
        Schema::new(fields)
    }

    fn score(&mut self, rows: &Rows<'_>) -> Result<Vec<ArrayRef>, Refused> {
        let scored = self.scorer.score(rows)?;
        let lengths = OffsetBuffer::from_repeated_length(self.scorer.count(), scored.clusters.len());
        let mut columns: Vec<ArrayRef> = vec![Arc::new(Int64Array::from(scored.clusters))];
        if self.details {
            let shares = Arc::new(Float64Array::from(scored.shares));
            let lists = ListArray::try_new(member(), lengths, shares, None);
            columns.push(Arc::new(lists.map_err(|_| Refused::Foreign("shares of another number of rows"))?));
            columns.push(Arc::new(Float64Array::from(scored.log_densities)));
        }
        Ok(columns)
    }
}
