//! Every kernel by name, `<family>.<algorithm>`: each module puts an algorithm behind the protocol of [`netlytics_kernel`].

mod bisecting_kmeans;
mod dbscan;
mod described;
mod entry;
#[cfg(test)]
mod fits;
mod gaussian_mixture;
mod inputs;
mod key;
mod kmeans;
mod learned;
mod s_h_esd;
mod scored;
mod transform;
mod univariate;
mod vectors;

use arrow_schema::SchemaRef;
use netlytics_kernel::model::{self, Description};
use netlytics_kernel::{Error, Estimator, Kernel};

use self::described::Described;
use self::entry::{Entry, Makes};
pub use self::inputs::{Input, Kind};

/// Every algorithm's folder.
const ALGORITHMS: &[&[Entry]] = &[
    bisecting_kmeans::ENTRIES,
    dbscan::ENTRIES,
    gaussian_mixture::ENTRIES,
    kmeans::ENTRIES,
    s_h_esd::ENTRIES,
    transform::ENTRIES,
    univariate::ENTRIES,
];

fn entries() -> impl Iterator<Item = &'static Entry> + Clone {
    ALGORITHMS.iter().copied().flatten()
}

/// A kernel at its start.
///
/// # Arguments
/// - `name`: for instance `anomaly.s_h_esd`.
/// - `params`: its parameters as a JSON object.
/// - `model`: what its estimator found; none for a kernel that needs no model.
/// - `schema`: of the batches that it will be given.
///
/// # Errors
/// There is no such kernel, or a parameter, the model or the schema does not fit it.
pub fn open(name: &str, params: &str, model: Option<&[u8]>, schema: &SchemaRef) -> Result<Box<dyn Kernel>, Error> {
    let kernels = entries().filter_map(|entry| match entry.makes {
        Makes::Kernel(open) => Some((entry.name, open)),
        Makes::Estimator(_) => None,
    });
    match kernels.clone().find(|(known, _)| *known == name) {
        Some((_, open)) => open(params, model, schema),
        None => Err(unknown("kernel", name, kernels.map(|(known, _)| known))),
    }
}

/// An estimator, of rows in batches of this schema. Its model says what it is ([`netlytics_kernel::model`]).
///
/// # Errors
/// There is no such estimator, or a parameter or the schema does not fit it.
pub fn estimator(name: &str, params: &str, schema: &SchemaRef) -> Result<Box<dyn Estimator>, Error> {
    let estimators = entries().filter_map(|entry| match entry.makes {
        Makes::Estimator(fit) => Some((entry.name, fit)),
        Makes::Kernel(_) => None,
    });
    let Some((_, fit)) = estimators.clone().find(|(known, _)| *known == name) else {
        return Err(unknown("estimator", name, estimators.map(|(known, _)| known)));
    };
    let estimator = fit(params, schema)?;
    let columns = inputs(name, params, None)?.map(|inputs| inputs.into_iter().map(|input| input.name).collect());
    Ok(Box::new(Described::new(estimator, name, params, schema, columns)))
}

/// The columns that the estimator or the kernel of this name reads, given its parameters (a JSON object) and, for a kernel,
/// its model. `None` for one that reads all columns it is given.
///
/// # Errors
/// A parameter or the model is not valid.
pub fn inputs(name: &str, params: &str, model: Option<&[u8]>) -> Result<Option<Vec<Input>>, Error> {
    let entry = entries().find(|entry| entry.name == name);
    entry.and_then(|entry| entry.inputs).map(|inputs| inputs(params, model)).transpose()
}

/// What a model says of itself, if it is one that this NetLytics can score with.
///
/// # Errors
/// The bytes are no model of NetLytics, are damaged, or are a model that this version does not know.
pub fn description(model: &[u8]) -> Result<Description, Error> {
    let description = model::description(model)?;
    known(&description)?;
    Ok(description)
}

fn known(found: &Description) -> Result<(), Error> {
    let Some(entry) = entries().find(|entry| entry.name == found.estimator) else {
        let why = format!("This model was learned by {}, which this NetLytics does not have.", found.estimator);
        return Err(Error::parameter(why));
    };
    if let Some((name, version)) = entry.model.filter(|known| *known != (found.name.as_str(), found.version)) {
        let (found_name, found_version) = (&found.name, found.version);
        return Err(Error::parameter(format!(
            "This is a {found_name} of version {found_version}: this NetLytics reads {name} of version {version}."
        )));
    }
    found.transform.as_deref().map_or(Ok(()), known)
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let known = known.collect::<Vec<_>>().join(", ");
    Error::parameter(format!("There is no {what} {name}. The {what}s are {known}."))
}
