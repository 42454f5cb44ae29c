//! `features.transform`: columns of numbers and of texts as one column of vectors.
//!
//! Texts become one-hot slots, by frequency (equal ones by value; a missing text counts as `__NA__`), the rarest without
//! one; numbers may be scaled by column; rows may be normalised. Features stand as their columns are named, numerical
//! before categorical, or by the names of the columns. The kernel gives one vector for each row: all zeros in
//! the slots of a text that the model does not know; null where the null policy leaves the row out.

mod columns;
mod fit;
mod model;
mod params;
mod score;
#[cfg(test)]
mod tests;

use netlytics_kernel::{Error, params as json};

use self::params::Params;
use crate::entry::Entry;
use crate::inputs::{Input, Kind};

use self::fit::Transform;
use self::score::FeaturesKernel;

const NAME: &str = "features.transform";
const SCORE: &str = "features.transform.score";

pub(crate) const ENTRIES: &[Entry] = &[
    Entry::estimator(NAME, |params, schema| Ok(Box::new(Transform::open(params, schema)?)))
        .reading(inputs)
        .learning(model::MESSAGE, model::VERSION),
    Entry::kernel(SCORE, |params, model, schema| Ok(Box::new(FeaturesKernel::open(params, model, schema)?)))
        .reading(score_inputs),
];

/// # Errors
/// A parameter is not valid.
fn inputs(params: &str, _model: Option<&[u8]>) -> Result<Vec<Input>, Error> {
    let Params { numerical, categorical, .. } = json::parse(NAME, params)?;
    Ok([Input::all(&numerical, Kind::Number), Input::all(&categorical, Kind::Text)].concat())
}

/// # Errors
/// A parameter or the model is not valid.
fn score_inputs(params: &str, model: Option<&[u8]>) -> Result<Vec<Input>, Error> {
    let [numerical, categorical] = score::columns(params, model)?;
    Ok([Input::all(&numerical, Kind::Number), Input::all(&categorical, Kind::Text)].concat())
}
