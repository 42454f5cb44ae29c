//! Parameters of Gaussian mixtures.

use netlytics_learning::{Error, parameter};

/// What a component's covariance may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Covariance {
    Full,
    /// Variances only.
    Diagonal,
}

/// What the components start from.
#[derive(Debug, Clone, PartialEq)]
pub enum Init {
    /// The clusters of KMeans.
    KMeans,
    /// The rows nearest to distinct rows that chance chooses.
    Random,
    /// The rows nearest to these means.
    Means(Vec<Vec<f64>>),
    /// These components. A precision, the inverse of a covariance, has its rows one after the other, or is its diagonal.
    Components { weights: Vec<f64>, means: Vec<Vec<f64>>, precisions: Vec<Vec<f64>> },
}

/// What `tol` is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The change of the mean log-likelihood of a row, as in scikit-learn.
    Mean,
    /// The change of the log-likelihood of all rows, as in MLlib.
    Total,
}

/// What `reg_covar` is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Regularisation {
    /// The variance of each feature over all rows: units do not matter. A constant feature counts as one of variance 1.
    Relative,
    /// Nothing: the number itself is added, as in scikit-learn, which drowns features that vary by less.
    Absolute,
}

/// Parameters, with scikit-learn's defaults and the reference's five components.
#[derive(Debug, Clone, PartialEq)]
pub struct Params {
    pub k: usize,
    pub seed: u64,
    /// EM steps at most.
    pub max_iter: u64,
    /// A change below this ends the fit.
    pub tol: f64,
    pub stop: Stop,
    pub covariance: Covariance,
    /// Added to the variances of the components, so that features that follow from others do no harm.
    pub reg_covar: f64,
    pub regularisation: Regularisation,
    pub init: Init,
}

/// Features of full covariances at most: beyond, a component has half a million numbers.
pub(super) const WIDEST: usize = 1000;

impl Default for Params {
    fn default() -> Self {
        Self {
            k: 5,
            seed: 1,
            max_iter: 100,
            tol: 1e-3,
            stop: Stop::Mean,
            covariance: Covariance::Full,
            reg_covar: 1e-6,
            regularisation: Regularisation::Absolute,
            init: Init::KMeans,
        }
    }
}

impl Params {
    /// # Errors
    /// A parameter is out of its range.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.max_iter == 0 {
            return parameter("max_iter", "1 or more", self.max_iter);
        }
        if !(self.tol >= 0.0 && self.tol.is_finite()) {
            return parameter("tol", "0 or more", self.tol);
        }
        if !(self.reg_covar >= 0.0 && self.reg_covar.is_finite()) {
            return parameter("reg_covar", "0 or more", self.reg_covar);
        }
        let Init::Components { weights, means, precisions } = &self.init else { return Ok(()) };
        let positive = weights.iter().all(|weight| *weight >= 0.0);
        if weights.len() != means.len() || !positive || (weights.iter().sum::<f64>() - 1.0).abs() > 1e-6 {
            let expected = format!("{} weights of 0 or more that add up to 1", means.len());
            return parameter("initial_weights", expected, format!("{weights:?}"));
        }
        let width = means.first().map_or(0, Vec::len);
        let numbers = if self.covariance == Covariance::Full { width * width } else { width };
        if precisions.len() != means.len() || precisions.iter().any(|precision| precision.len() != numbers) {
            let expected = format!("{} precisions of {numbers} numbers", means.len());
            return parameter("initial_precisions", expected, "others");
        }
        Ok(())
    }
}
