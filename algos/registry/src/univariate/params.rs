//! Parameters of the estimator and the kernel.

use netlytics_anomaly::univariate::bounds::{BOXPLOT_FACTOR, GAUSSIAN_FACTOR};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Method {
    #[default]
    Gaussian,
    Boxplot,
}

/// The parameters. A factor that is absent, or null, is the method's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Column of the values.
    pub(super) value: String,
    pub(super) method: Method,
    factor: Option<f64>,
    /// Columns that name a group; rows come sorted by them.
    pub(super) group_by: Vec<String>,
}

impl Default for Params {
    fn default() -> Self {
        Self { value: "value".to_owned(), method: Method::default(), factor: None, group_by: Vec::new() }
    }
}

impl Params {
    /// What the standard deviation, or the distance of the quartiles, is multiplied by.
    pub(super) fn factor(&self) -> f64 {
        self.factor.unwrap_or(match self.method {
            Method::Gaussian => GAUSSIAN_FACTOR,
            Method::Boxplot => BOXPLOT_FACTOR,
        })
    }
}
