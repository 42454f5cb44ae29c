//! Every kernel by name, `<family>.<algorithm>`: each module puts an algorithm behind the protocol of [`netlytics_kernel`].

mod bisecting_kmeans;
mod dbscan;
#[cfg(test)]
mod fits;
mod gaussian_mixture;
mod key;
mod kmeans;
mod learned;
mod s_h_esd;
mod scored;
mod transform;
mod univariate;
mod vectors;

use arrow_schema::SchemaRef;
use netlytics_kernel::{Error, Estimator, Kernel};

/// The names that [`open`] knows.
const KERNELS: &[&str] = &[
    bisecting_kmeans::SCORE,
    dbscan::KEY,
    dbscan::LABEL,
    dbscan::LOCAL,
    dbscan::ROUTE,
    gaussian_mixture::SCORE,
    kmeans::SCORE,
    s_h_esd::NAME,
    transform::SCORE,
    univariate::GROUPS,
];
/// The names that [`estimator`] knows.
const ESTIMATORS: &[&str] = &[
    bisecting_kmeans::NAME,
    dbscan::BOXES,
    dbscan::MERGE,
    gaussian_mixture::NAME,
    kmeans::NAME,
    transform::NAME,
    univariate::NAME,
];

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
    match name {
        bisecting_kmeans::SCORE => bisecting_kmeans::open(params, model, schema),
        dbscan::KEY => Ok(Box::new(dbscan::KeyKernel::open(params, schema)?)),
        dbscan::LABEL => Ok(Box::new(dbscan::LabelKernel::open(model, schema)?)),
        dbscan::LOCAL => Ok(Box::new(dbscan::LocalKernel::open(params, schema)?)),
        dbscan::ROUTE => Ok(Box::new(dbscan::RouteKernel::open(params, model, schema)?)),
        gaussian_mixture::SCORE => gaussian_mixture::open(params, model, schema),
        kmeans::SCORE => kmeans::open(params, model, schema),
        s_h_esd::NAME => Ok(Box::new(s_h_esd::SeriesKernel::open(params, schema)?)),
        transform::SCORE => Ok(Box::new(transform::FeaturesKernel::open(params, model, schema)?)),
        univariate::GROUPS => Ok(Box::new(univariate::GroupsKernel::open(params, schema)?)),
        other => Err(Error::parameter(format!("There is no kernel {other}. The kernels are {}.", KERNELS.join(", ")))),
    }
}

/// An estimator, of rows in batches of this schema.
///
/// # Errors
/// There is no such estimator, or a parameter or the schema does not fit it.
pub fn estimator(name: &str, params: &str, schema: &SchemaRef) -> Result<Box<dyn Estimator>, Error> {
    match name {
        bisecting_kmeans::NAME => bisecting_kmeans::estimator(params, schema),
        dbscan::BOXES => Ok(Box::new(dbscan::BoxesEstimator::open(params, schema)?)),
        dbscan::MERGE => Ok(Box::new(dbscan::MergeEstimator::open(schema)?)),
        gaussian_mixture::NAME => gaussian_mixture::estimator(params, schema),
        kmeans::NAME => kmeans::estimator(params, schema),
        transform::NAME => Ok(Box::new(transform::Transform::open(params, schema)?)),
        univariate::NAME => univariate::estimator(params, schema),
        other => {
            let known = ESTIMATORS.join(", ");
            Err(Error::parameter(format!("There is no estimator {other}. The estimators are {known}.")))
        }
    }
}
