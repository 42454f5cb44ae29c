//! What is learned of the columns, and how it is told.

use netlytics_features::categories::{Tally, slots};
use netlytics_features::{Column, Encoder, Norm, Scaling};
use netlytics_kernel::{Error, message};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::params::{NullPolicy, Order};

pub(super) const MESSAGE: &str = "features.transform.model";
pub(super) const VERSION: u32 = 1;

/// Features whose names are written into the column's metadata; that of a column with more only tells how many.
const MOST_NAMED: usize = 10_000;

/// The features of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Model {
    pub(super) numerical: Vec<String>,
    pub(super) categorical: Vec<String>,
    pub(super) scale: String,
    /// Of each numerical column.
    pub(super) scalings: Vec<Scaling>,
    /// Of each categorical column its values and how often each occurs, by rank.
    pub(super) categories: Vec<Tally>,
    /// The p that rows are normalised by.
    pub(super) normalize_p: Option<f64>,
    pub(super) null_policy: String,
    pub(super) order: String,
    /// Names of the features: `column`, or `column=value`.
    pub(super) features: Vec<String>,
    /// How many rows it was learned from.
    pub(super) rows: u64,
    /// How many rows the null policy left out.
    pub(super) left_out: u64,
}

impl Model {
    /// # Errors
    /// It cannot be encoded, which would be a fault of ours.
    pub(super) fn encode(&self) -> Result<Vec<u8>, Error> {
        message::encode(MESSAGE, VERSION, self)
    }

    /// # Errors
    /// The bytes are no such model.
    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Error> {
        message::decode(MESSAGE, VERSION, bytes)
    }

    /// # Errors
    /// The order is none that there is.
    pub(super) fn encoder(&self) -> Result<Encoder, Error> {
        let scaling = |at: usize| self.scalings.get(at).copied().unwrap_or_default();
        let slots = |at: usize| self.categories.get(at).map_or(0, |tally| slots(&tally.values));
        let columns = self.parts()?.into_iter().map(|part| match part {
            Part::Numerical(at) => Column::Number(scaling(at)),
            Part::Categorical(at) => Column::Slots(slots(at)),
        });
        Ok(Encoder::new(&columns.collect::<Vec<_>>(), self.normalize_p.and_then(Norm::new)))
    }

    fn parts(&self) -> Result<Vec<Part>, Error> {
        Ok(parts(&self.numerical, &self.categorical, parameter(&self.order)?))
    }

    /// # Errors
    /// It is none of the policies.
    pub(super) fn policy(&self) -> Result<NullPolicy, Error> {
        parameter(&self.null_policy)
    }

    /// What the fit tells people, as JSON.
    pub(super) fn summary(&self) -> String {
        let categories = self.categorical.iter().zip(&self.categories);
        let categories = categories.map(|(name, tally)| (name.clone(), Value::from(tally.values.len())));
        json!({
            "rows": self.rows,
            "rows_left_out": self.left_out,
            "features": self.features.len(),
            "categories": categories.collect::<serde_json::Map<_, _>>(),
        })
        .to_string()
    }

    /// The metadata of the column of vectors, in the form of Spark ML's `AttributeGroup`.
    ///
    /// # Errors
    /// The order is none that there is.
    pub(super) fn metadata(&self) -> Result<String, Error> {
        let count = self.features.len();
        if count > MOST_NAMED {
            return Ok(json!({"ml_attr": {"num_attrs": count}}).to_string());
        }
        let mut attributes = serde_json::Map::new();
        let mut features = self.features.iter().enumerate();
        for part in self.parts()? {
            let (kind, count) = match part {
                Part::Numerical(_) => ("numeric", 1),
                Part::Categorical(at) => ("binary", self.categories.get(at).map_or(0, |tally| slots(&tally.values))),
            };
            let named = features.by_ref().take(count).map(|(at, name)| json!({"idx": at, "name": name}));
            let named = named.collect::<Vec<_>>();
            // Spark takes an empty list for one of numbers.
            if named.is_empty() {
                continue;
            }
            if let Value::Array(all) = attributes.entry(kind).or_insert_with(|| json!([])) {
                all.extend(named);
            }
        }
        Ok(json!({"ml_attr": {"num_attrs": count, "attrs": attributes}}).to_string())
    }
}

/// Which column comes next in a row: the number of it among those of its kind.
enum Part {
    Numerical(usize),
    Categorical(usize),
}

fn parts(numerical: &[String], categorical: &[String], order: Order) -> Vec<Part> {
    let numerical = numerical.iter().enumerate().map(|(at, name)| (name, Part::Numerical(at)));
    let categorical = categorical.iter().enumerate().map(|(at, name)| (name, Part::Categorical(at)));
    let mut parts = numerical.chain(categorical).collect::<Vec<_>>();
    if order == Order::Name {
        parts.sort_by_key(|(name, _)| *name);
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

/// Names of the features: of each number its column's, of each slot `column=value`.
pub(super) fn names(numerical: &[String], categorical: &[String], categories: &[Tally], order: Order) -> Vec<String> {
    let mut names = Vec::new();
    for part in parts(numerical, categorical, order) {
        match part {
            Part::Numerical(at) => names.extend(numerical.get(at).cloned()),
            Part::Categorical(at) => {
                if let (Some(column), Some(tally)) = (categorical.get(at), categories.get(at)) {
                    let values = tally.values.iter().take(slots(&tally.values));
                    names.extend(values.map(|value| format!("{column}={value}")));
                }
            }
        }
    }
    names
}

/// The word that a parameter is written with.
///
/// # Errors
/// It is not written with a word, which would be a fault of ours.
pub(super) fn word(parameter: impl Serialize) -> Result<String, Error> {
    let word = serde_json::to_value(parameter).map_err(Error::internal)?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}

/// The parameter that a word stands for.
fn parameter<P: DeserializeOwned>(word: &str) -> Result<P, Error> {
    serde_json::from_value(Value::from(word)).map_err(Error::internal)
}
