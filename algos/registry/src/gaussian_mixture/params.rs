//! Parameters of the kernel, and what they mean to the algorithm.

use netlytics_clustering::gaussian_mixture::{self as mixture, Covariance, Init, Regularisation, Stop};
use netlytics_kernel::Error;
use serde::Deserialize;

/// The kernel's parameters. `k` is 5 unless initial means are given.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Params {
    /// Columns of the features; none for `features`, or for those that the model was learned from.
    pub(super) features: Vec<String>,
    /// Whether a score has the shares and the density as well.
    pub(super) details: bool,
    k: Option<usize>,
    seed: u64,
    max_iter: u64,
    tol: f64,
    /// What `tol` is a change of: "mean", the log-likelihood of a row on average, or "total", that of all rows.
    stop: String,
    /// "full" or "diag".
    covariance_type: String,
    reg_covar: f64,
    /// "absolute" or "relative".
    reg_covar_type: String,
    /// "kmeans" or "random".
    init: String,
    initial_weights: Option<Vec<f64>>,
    initial_means: Option<Vec<Vec<f64>>>,
    /// The rows of a precision one after the other; its diagonal where `covariance_type` is "diag".
    initial_precisions: Option<Vec<Vec<f64>>>,
}

impl Default for Params {
    fn default() -> Self {
        let mixture::Params { seed, max_iter, tol, reg_covar, .. } = mixture::Params::default();
        let [stop, covariance_type, init, reg_covar_type] = ["mean", "full", "kmeans", "absolute"].map(str::to_owned);
        let features = Vec::new();
        let (k, details) = (None, false);
        let (initial_weights, initial_means, initial_precisions) = (None, None, None);
        Self {
            features,
            details,
            k,
            seed,
            max_iter,
            tol,
            stop,
            covariance_type,
            reg_covar,
            reg_covar_type,
            init,
            initial_weights,
            initial_means,
            initial_precisions,
        }
    }
}

impl Params {
    /// # Errors
    /// A parameter is none of the words that it may be, or initial values lack others that belong to them.
    pub(super) fn learner(&self) -> Result<mixture::Params, Error> {
        let Self { seed, max_iter, tol, reg_covar, .. } = *self;
        let stop = match self.stop.as_str() {
            "mean" => Stop::Mean,
            "total" => Stop::Total,
            other => return Err(refused("stop", "mean or total", other)),
        };
        let covariance = match self.covariance_type.as_str() {
            "full" => Covariance::Full,
            "diag" => Covariance::Diagonal,
            other => return Err(refused("covariance_type", "full or diag", other)),
        };
        let regularisation = match self.reg_covar_type.as_str() {
            "relative" => Regularisation::Relative,
            "absolute" => Regularisation::Absolute,
            other => return Err(refused("reg_covar_type", "relative or absolute", other)),
        };
        let default = self.initial_means.as_ref().map_or(mixture::Params::default().k, Vec::len);
        let k = self.k.unwrap_or(default);
        Ok(mixture::Params { k, seed, max_iter, tol, stop, covariance, reg_covar, regularisation, init: self.init()? })
    }

    fn init(&self) -> Result<Init, Error> {
        match (&self.initial_weights, &self.initial_means, &self.initial_precisions, self.init.as_str()) {
            (None, None, None, "kmeans") => Ok(Init::KMeans),
            (None, None, None, "random") => Ok(Init::Random),
            (None, None, None, other) => Err(refused("init", "kmeans or random", other)),
            (None, Some(means), None, _) => Ok(Init::Means(means.clone())),
            (weights, Some(means), Some(precisions), _) => {
                let equal = || vec![1.0 / means.len() as f64; means.len()];
                let weights = weights.clone().unwrap_or_else(equal);
                Ok(Init::Components { weights, means: means.clone(), precisions: precisions.clone() })
            }
            (Some(_), _, None, _) => Err(refused("initial_precisions", "one a weight", "not given")),
            (_, None, _, _) => Err(refused("initial_means", "one a weight and precision", "not given")),
        }
    }
}

fn refused(name: &str, expected: &str, found: &str) -> Error {
    Error::parameter(format!("The parameter {name} is {found}: expected {expected}."))
}
