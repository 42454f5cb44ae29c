//! Gaussian mixtures by expectation and maximisation (A. Dempster, N. Laird, D. Rubin, "Maximum likelihood from incomplete
//! data via the EM algorithm", 1977).
//!
//! Passes: a KMeans fit, or the rows that chance chooses, for the first components (each row belongs to the nearest
//! centre); then EM. A row's share in a component comes from logarithms of densities, so that rows far from all components
//! have shares too. Sums are taken about the means of the step before, which keeps the digits that sums about zero lose.
//! `reg_covar`, a share of each feature's variance over all rows, is added to the variances of the components, since
//! features that follow from others (all of one-hot) have none of their own.
//!
//! A share below 2^-95 counts as none: its part in any sum is less than the sums can hold. A component without rows keeps
//! its mean and covariance, with a weight of 0.

mod cholesky;
mod density;
mod learn;
mod moments;
mod params;
mod score;
mod state;
#[cfg(test)]
mod tests;

pub use self::density::Densities;
pub use self::learn::{GaussianMixture, MixturePass};
pub use self::moments::Moments;
pub use self::params::{Covariance, Init, Params, Regularisation, Stop};
pub use self::score::{Scored, Scorer};
pub use self::state::{Em, Mixture, Partial, State, Summary};
