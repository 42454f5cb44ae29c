//! Estimators whose models say what they are.

use arrow_schema::SchemaRef;
use netlytics_kernel::model::{self, Feature};
use netlytics_kernel::{Error, Estimator, Next, Pass};

/// An estimator that writes into its model its own name and parameters, the columns it learned from and how the fit went.
pub(crate) struct Described {
    estimator: Box<dyn Estimator>,
    name: String,
    params: String,
    features: Vec<Feature>,
}

impl Described {
    /// # Arguments
    /// - `columns`: names of the columns that are learned from, of this schema; all where there are none.
    pub(crate) fn new(
        estimator: Box<dyn Estimator>,
        name: &str,
        params: &str,
        schema: &SchemaRef,
        columns: Option<Vec<String>>,
    ) -> Self {
        let fields = match columns {
            Some(columns) => columns.iter().filter_map(|name| schema.field_with_name(name).ok()).collect::<Vec<_>>(),
            None => schema.fields().iter().map(AsRef::as_ref).collect(),
        };
        let features = fields.into_iter().map(Feature::of).collect();
        Self { estimator, name: name.to_owned(), params: params.to_owned(), features }
    }
}

impl Estimator for Described {
    fn is_one_pass(&self) -> bool {
        self.estimator.is_one_pass()
    }

    fn start(&self) -> Result<Vec<u8>, Error> {
        self.estimator.start()
    }

    fn pass(&self, state: &[u8]) -> Result<Box<dyn Pass>, Error> {
        self.estimator.pass(state)
    }

    fn merge(&self, left: &[u8], right: &[u8]) -> Result<Vec<u8>, Error> {
        self.estimator.merge(left, right)
    }

    fn advance(&self, state: &[u8], partial: &[u8]) -> Result<Next, Error> {
        let next = self.estimator.advance(state, partial)?;
        let Next::Done { model, summary } = next else { return Ok(next) };
        let model = model::annotate(&model, &self.name, &self.params, &self.features, &summary)?;
        Ok(Next::Done { model, summary })
    }
}
