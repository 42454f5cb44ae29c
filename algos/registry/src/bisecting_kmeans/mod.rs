//! `clustering.bisecting_kmeans`: clusters split in two until there are k; and `clustering.bisecting_kmeans.score`, which
//! appends `prediction`, the cluster of each row from 0.

mod params;
#[cfg(test)]
mod tests;

use arrow_schema::SchemaRef;
use netlytics_clustering::bisecting::{Bisecting, Model, Scorer};
use netlytics_features::Rows;
use netlytics_kernel::{Error, Estimator, Kernel, params as json};

use self::params::Params;
use crate::entry::Entry;
use crate::inputs::{Input, Kind, contents, features};
use crate::learned::{Learned, Messages, refused};
use crate::scored::{Predicted, Scored};

const NAME: &str = "clustering.bisecting_kmeans";
const SCORE: &str = "clustering.bisecting_kmeans.score";

pub(crate) const ENTRIES: &[Entry] = &[
    Entry::estimator(NAME, estimator).reading(inputs).learning(MESSAGES.model, MESSAGES.version),
    Entry::kernel(SCORE, open).reading(inputs),
];

const MESSAGES: Messages = Messages {
    version: 1,
    state: "clustering.bisecting_kmeans.state",
    partial: "clustering.bisecting_kmeans.partial",
    model: "clustering.bisecting_kmeans.model",
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
    let learner = Bisecting::new(params.learner()).map_err(|error| refused(&error, ""))?;
    Ok(Box::new(Learned::new(learner, MESSAGES, schema, &features(&params.features, None)?)?))
}

/// # Errors
/// The model is none of this algorithm, a parameter is not valid, or a feature column does not fit.
fn open(params: &str, bytes: Option<&[u8]>, schema: &SchemaRef) -> Result<Box<dyn Kernel>, Error> {
    let params = json::parse::<Params>(SCORE, params)?;
    let model = contents::<Model>(SCORE, MESSAGES.model, MESSAGES.version, bytes)?;
    let mut scorer = Scorer::new(&model);
    let clusters = Predicted(move |rows: &Rows<'_>, clusters: &mut Vec<i64>| scorer.score(rows, clusters));
    Ok(Box::new(Scored::new(clusters, schema, &params.features, bytes)?))
}
