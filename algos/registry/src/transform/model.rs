//! What is learned of the columns, and how it is told.

use netlytics_features::categories::{Tally, slots};
use netlytics_features::{Encoder, Norm, Scaling};
use netlytics_kernel::{Error, message};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::params::NullPolicy;

const MESSAGE: &str = "features.transform.model";
const VERSION: u32 = 1;

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
    /// Names of the features, in order: `column`, or `column=value`.
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

    pub(super) fn encoder(&self) -> Encoder {
        let slots = self.categories.iter().map(|tally| slots(&tally.values)).collect::<Vec<_>>();
        Encoder::new(self.scalings.clone(), &slots, self.normalize_p.and_then(Norm::new))
    }

    /// # Errors
    /// It is none of the policies.
    pub(super) fn policy(&self) -> Result<NullPolicy, Error> {
        serde_json::from_value(Value::from(self.null_policy.as_str())).map_err(Error::internal)
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
    pub(super) fn metadata(&self) -> String {
        let mut group = json!({"num_attrs": self.features.len()});
        if self.features.len() <= MOST_NAMED {
            let attributes = self.features.iter().enumerate().map(|(at, name)| json!({"idx": at, "name": name}));
            let mut numeric = attributes.collect::<Vec<_>>();
            let binary = numeric.split_off(self.numerical.len().min(numeric.len()));
            let mut attributes = serde_json::Map::new();
            for (kind, attributes_of_it) in [("numeric", numeric), ("binary", binary)] {
                if !attributes_of_it.is_empty() {
                    attributes.insert(kind.to_owned(), attributes_of_it.into());
                }
            }
            if let Some(group) = group.as_object_mut() {
                group.insert("attrs".to_owned(), attributes.into());
            }
        }
        json!({"ml_attr": group}).to_string()
    }
}

/// Names of the features: of each number its column's, of each slot `column=value`.
pub(super) fn names(numerical: &[String], categorical: &[String], categories: &[Tally]) -> Vec<String> {
    let slots = categorical.iter().zip(categories).flat_map(|(column, tally)| {
        let values = tally.values.iter().take(slots(&tally.values));
        values.map(move |value| format!("{column}={value}"))
    });
    numerical.iter().cloned().chain(slots).collect()
}

/// The word that a parameter is written with.
///
/// # Errors
/// It is not written with a word, which would be a fault of ours.
pub(super) fn word(parameter: impl Serialize) -> Result<String, Error> {
    let word = serde_json::to_value(parameter).map_err(Error::internal)?;
    Ok(word.as_str().unwrap_or_default().to_owned())
}
