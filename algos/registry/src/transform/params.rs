//! Parameters of the estimator and of its kernel.

use netlytics_features::{Norm, Scale};
use netlytics_kernel::Error;
use serde::{Deserialize, Serialize};

/// What becomes of rows whose number is null.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum NullPolicy {
    /// They are an error.
    #[default]
    Error,
    /// They are not learned from, and their features are null.
    Drop,
    /// The number is 0.
    Zero,
}

/// The order of the features in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    /// Numerical, then categorical, as they are named.
    #[default]
    Given,
    /// By the names of their columns.
    Name,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Columns of doubles.
    pub(super) numerical: Vec<String>,
    /// Columns of texts.
    pub(super) categorical: Vec<String>,
    pub(super) order: Order,
    normalize: bool,
    normalize_p: Power,
    pub(super) scale: Scale,
    pub(super) null_policy: NullPolicy,
    /// Most different values that a column of texts may have.
    pub(super) max_categories: usize,
}

/// JSON has no infinity.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Power {
    Number(f64),
    Text(String),
}

impl Default for Params {
    fn default() -> Self {
        Self {
            numerical: Vec::new(),
            categorical: Vec::new(),
            order: Order::default(),
            normalize: true,
            normalize_p: Power::Number(2.0),
            scale: Scale::default(),
            null_policy: NullPolicy::default(),
            max_categories: 1_000_000,
        }
    }
}

/// Places in a row are 32-bit integers, which every column of the row must share.
const MOST_CATEGORIES: usize = 100_000_000;

impl Params {
    /// # Errors
    /// They contradict each other, or are out of range.
    pub(super) fn check(&self) -> Result<(), Error> {
        let mut names = self.numerical.iter().chain(&self.categorical).collect::<Vec<_>>();
        if names.is_empty() {
            return Err(Error::parameter("No feature is named: expected numerical or categorical ones."));
        }
        names.sort_unstable();
        if let Some((name, _)) = names.iter().zip(names.iter().skip(1)).find(|(name, next)| name == next) {
            return Err(Error::parameter(format!("The feature {name} is named twice.")).of(name));
        }
        if !(1..=MOST_CATEGORIES).contains(&self.max_categories) {
            let found = self.max_categories;
            return Err(Error::parameter(format!("max_categories is {found}: expected 1 to {MOST_CATEGORIES}.")));
        }
        self.p().map(drop)
    }

    /// The p that rows are normalised by, if they are.
    ///
    /// # Errors
    /// It is below 1, or no number.
    pub(super) fn p(&self) -> Result<Option<f64>, Error> {
        let p = match &self.normalize_p {
            Power::Number(p) => Some(*p),
            Power::Text(text) => matches!(text.to_lowercase().as_str(), "inf" | "infinity").then_some(f64::INFINITY),
        };
        match p.filter(|p| Norm::new(*p).is_some()) {
            Some(p) => Ok(self.normalize.then_some(p)),
            None => Err(Error::parameter("normalize_p: expected a number from 1, or \"inf\".")),
        }
    }
}
