//! The columns that an estimator learns from and its kernel scores.

use netlytics_kernel::model::{self, Feature};
use netlytics_kernel::{Error, message};

/// What a column has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Vectors, arrays of doubles, or doubles.
    Features,
    /// Doubles.
    Number,
    /// Texts.
    Text,
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub kind: Kind,
}

impl Input {
    pub(crate) fn all(names: &[String], kind: Kind) -> Vec<Self> {
        names.iter().map(|name| Self { name: name.clone(), kind }).collect()
    }
}

/// The columns of features: those that are named, or those that the model was learned from, or `features`.
///
/// # Errors
/// The model is none.
pub(crate) fn features(named: &[String], model: Option<&[u8]>) -> Result<Vec<String>, Error> {
    match (named, model) {
        ([], Some(model)) => Ok(model::features(model)?.into_iter().map(|feature| feature.name).collect()),
        ([], None) => Ok(vec!["features".to_owned()]),
        (named, _) => Ok(named.to_vec()),
    }
}

/// Refuses columns of vectors whose numbers have other names than those that the model was learned from.
///
/// # Errors
/// They have.
pub(crate) fn same_members(model: &[u8], given: &[Feature]) -> Result<(), Error> {
    let learned = model::features(model)?;
    for (learned, given) in learned.iter().zip(given) {
        let known = !learned.members.is_empty() && !given.members.is_empty();
        if known && learned.members != given.members {
            let (expected, found) = (learned.members.join(", "), given.members.join(", "));
            return Err(Error::parameter(format!(
                "The column {} has the features {found}: the model was learned from {expected}. Make them by the transform \
                 that the model was learned with.",
                given.name
            ))
            .of(&given.name));
        }
    }
    Ok(())
}

/// The bytes of the model that a kernel needs.
///
/// # Errors
/// There is none.
pub(crate) fn needed<'a>(kernel: &str, model: Option<&'a [u8]>) -> Result<&'a [u8], Error> {
    model.ok_or_else(|| Error::parameter(format!("{kernel} needs a model: fit one first, or load one.")))
}

/// A model's contents, decoded once a process.
///
/// # Errors
/// There is none, or one of another algorithm or version.
pub(crate) fn contents<M>(
    kernel: &str,
    name: &str,
    version: u32,
    model: Option<&[u8]>,
) -> Result<std::sync::Arc<M>, Error>
where
    M: serde::de::DeserializeOwned + Send + Sync + 'static,
{
    netlytics_kernel::decoded::shared(needed(kernel, model)?, |bytes| message::decode(name, version, bytes))
}
