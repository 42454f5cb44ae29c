//! DBSCAN (Ester, Kriegel, Sander, Xu, KDD 1996), exact, over points that lie in several boxes of space.
//!
//! A point is *core* if the rows within ε of it, itself included, are at least `min_points`: scikit-learn's convention.
//! Core points within ε of each other are of one cluster. A point that is not core is a *border* point of the cluster of
//! its nearest core point within ε (of several at the same distance, the first one number by number), and *noise* if
//! there is none. Nothing of this depends on the order of rows or on the boxes.
//!
//! What runs it goes these ways:
//! 1. Rows of equal numbers become one [point](points::Member) with a weight, named by its [`netlytics_features::Row::key`].
//! 2. A [`sample`] of the points gives an [`estimate`] of the work, and [`cuts`] of space into [`boxes`] of about equally many.
//! 3. Each point goes to the box that owns it, and to each box whose points are within 2ε: so a box knows all neighbours
//!    of the points within ε of its own, hence which of those are core, without asking another box.
//! 4. [`local`] finds the clusters of each box by a [`tree`] of its points.
//! 5. [`merge`] joins the clusters of several boxes by the core points that they share, and numbers them.
//!
//! Distances are Euclidean, and the sum of squares is always taken in the order of the columns: two boxes that look at the
//! same two points see the same bits. Tests with boxes of points use that rounding is monotone: a bound made of the same
//! operations in the same order never contradicts a distance.

pub mod boxes;
mod components;
pub mod cuts;
pub mod estimate;
pub mod keys;
pub mod local;
pub mod merge;
pub mod points;
pub mod sample;
mod sets;
#[cfg(test)]
mod tests;
mod tree;

/// Most rows that may be asked to be around a core point.
const MOST_POINTS: u64 = 1 << 40;

/// What makes points neighbours, and neighbours a cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    eps: f64,
    min_points: u64,
}

/// Parameters that are not valid, and rows that are too many.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// A radius that is negative, not a number, or whose square is no finite number.
    #[error("eps is {0}: expected a number from 0 to 1e154")]
    Eps(f64),
    /// A number of neighbours that no point, or every point, has.
    #[error("min_points is {0}: expected a number from 1 to {MOST_POINTS}")]
    MinPoints(i64),
    /// More points in one box than can be numbered.
    #[error("a box has {0} points: expected less than {most}", most = u32::MAX)]
    TooMany(usize),
    /// More neighbours than may be looked at.
    #[error(
        "about {pairs:.1e} pairs of points are within eps {eps} of each other, more than max_pairs {max_pairs:.1e}: \
         take a smaller eps, fewer columns, a sample of the rows, or a greater max_pairs"
    )]
    Pairs { pairs: f64, max_pairs: f64, eps: f64 },
}

impl Parameters {
    /// # Arguments
    /// - `eps`: radius of a neighbourhood, in the units of the columns; 0 makes neighbours of equal rows only.
    /// - `min_points`: rows within that radius, the point itself included, that make it core.
    ///
    /// # Errors
    /// A value out of range.
    pub fn new(eps: f64, min_points: i64) -> Result<Self, Error> {
        if !(eps >= 0.0 && (eps * eps).is_finite()) {
            return Err(Error::Eps(eps));
        }
        let valid = u64::try_from(min_points).ok().filter(|points| (1..=MOST_POINTS).contains(points));
        Ok(Self { eps, min_points: valid.ok_or(Error::MinPoints(min_points))? })
    }

    /// The radius.
    #[must_use]
    pub fn eps(&self) -> f64 {
        self.eps
    }

    /// What a squared distance is compared with.
    #[must_use]
    pub fn squared(&self) -> f64 {
        self.eps * self.eps
    }

    /// Rows that make a point core.
    #[must_use]
    pub fn min_points(&self) -> u64 {
        self.min_points
    }
}
