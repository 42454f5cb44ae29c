//! What an algorithm's folder hands to the registry.

use arrow_schema::SchemaRef;
use netlytics_kernel::{Error, Estimator, Kernel};

use crate::inputs::Input;

type Open = fn(&str, Option<&[u8]>, &SchemaRef) -> Result<Box<dyn Kernel>, Error>;
type Fit = fn(&str, &SchemaRef) -> Result<Box<dyn Estimator>, Error>;
type Inputs = fn(&str, Option<&[u8]>) -> Result<Vec<Input>, Error>;

/// A name, and what it is the name of.
pub(crate) struct Entry {
    /// For instance `clustering.kmeans.score`.
    pub(crate) name: &'static str,
    pub(crate) makes: Makes,
    /// The columns that are read, given the parameters and the model; none for one that reads all it is given.
    pub(crate) inputs: Option<Inputs>,
    /// Name and version of the model that an estimator learns, if it is one that people keep.
    pub(crate) model: Option<(&'static str, u32)>,
}

/// What is opened under a name.
pub(crate) enum Makes {
    /// A kernel, of its parameters, its model and the schema of its batches.
    Kernel(Open),
    /// An estimator, of its parameters and the schema of its batches.
    Estimator(Fit),
}

impl Entry {
    pub(crate) const fn kernel(name: &'static str, open: Open) -> Self {
        Self { name, makes: Makes::Kernel(open), inputs: None, model: None }
    }

    pub(crate) const fn estimator(name: &'static str, fit: Fit) -> Self {
        Self { name, makes: Makes::Estimator(fit), inputs: None, model: None }
    }

    /// The entry of something that reads only some columns.
    pub(crate) const fn reading(self, inputs: Inputs) -> Self {
        Self { inputs: Some(inputs), ..self }
    }

    /// The entry of an estimator that learns models of this name and version.
    pub(crate) const fn learning(self, name: &'static str, version: u32) -> Self {
        Self { model: Some((name, version)), ..self }
    }
}
