//! DBSCAN as kernels, each a step of the plan that `netlytics_clustering::dbscan` describes.
//!
//! | name | takes | gives |
//! |---|---|---|
//! | `features.key` | rows with features | for each its key, of two integers |
//! | `clustering.dbscan.boxes` (fit) | distinct points: key, weight, features | boxes of space; refuses too much work |
//! | `clustering.dbscan.route` | the same, and the boxes | each point for each box that must know it |
//! | `clustering.dbscan.local` | these, sorted by box | what each point is, clusters, and what joins them |
//! | `clustering.dbscan.merge` (fit) | clusters and what joins them | the label of each cluster of a box |
//! | `clustering.dbscan.label` | what each point is, and the labels | its label, −1 for noise |

mod boxes;
mod key;
mod label;
mod local;
mod merge;
mod params;
mod points;
mod route;
#[cfg(test)]
mod tests;

use netlytics_kernel::Error;

use self::boxes::{BoxesEstimator, NAME as BOXES};
use self::key::{KeyKernel, NAME as KEY};
use self::label::{LabelKernel, NAME as LABEL};
use self::local::{LocalKernel, NAME as LOCAL};
use self::merge::{MergeEstimator, NAME as MERGE};
use self::route::{NAME as ROUTE, RouteKernel};
use crate::entry::Entry;

pub(crate) const ENTRIES: &[Entry] = &[
    Entry::kernel(KEY, |params, _, schema| Ok(Box::new(KeyKernel::open(params, schema)?))),
    Entry::estimator(BOXES, |params, schema| Ok(Box::new(BoxesEstimator::open(params, schema)?))),
    Entry::kernel(ROUTE, |params, model, schema| Ok(Box::new(RouteKernel::open(params, model, schema)?))),
    Entry::kernel(LOCAL, |params, _, schema| Ok(Box::new(LocalKernel::open(params, schema)?))),
    Entry::estimator(MERGE, |_, schema| Ok(Box::new(MergeEstimator::open(schema)?))),
    Entry::kernel(LABEL, |_, model, schema| Ok(Box::new(LabelKernel::open(model, schema)?))),
];

/// A model that is not there.
fn no_model(kernel: &str, estimator: &str) -> Error {
    Error::parameter(format!("{kernel} takes the model that {estimator} finds."))
}
