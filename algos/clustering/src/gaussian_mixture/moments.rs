//! Weighted sums about the means: shares, differences, and products of two differences.

use multiversion::multiversion;
use netlytics_sums::{Grid, Total};

use super::state::Mixture;
use crate::error::Error;
use crate::extent::{Extent, grid};

/// The sums of some rows for every component: the shares, then the differences, then the products. Of these, a full
/// covariance has its lower triangle, row after row.
pub struct Moments {
    width: usize,
    full: bool,
    components: Vec<About>,
    chosen: Vec<usize>,
    shares: Vec<f64>,
    weighted: Vec<f64>,
    differences: Vec<f64>,
}

struct About {
    mean: Vec<f64>,
    grids: Vec<Grid>,
    totals: Vec<Total>,
}

/// The grids of a component's sums, in their order.
fn grids(extent: &Extent, mean: &[f64], full: bool) -> Result<Vec<Grid>, Error> {
    let reach = extent.reach(mean).collect::<Vec<_>>();
    let products = reach.iter().enumerate().flat_map(|(at, one)| {
        let others = reach.iter().take(at + 1).skip(if full { 0 } else { at });
        others.map(move |other| one * other)
    });
    std::iter::once(1.0).chain(reach.iter().copied()).chain(products).map(grid).collect()
}

impl Moments {
    /// # Errors
    /// The extent or the means are not of a fit.
    pub fn new(extent: &Extent, means: &[Vec<f64>], full: bool) -> Result<Self, Error> {
        let about = |mean: &Vec<f64>| {
            let grids = grids(extent, mean, full)?;
            Ok(About { mean: mean.clone(), totals: vec![Total::default(); grids.len()], grids })
        };
        let components = means.iter().map(about).collect::<Result<Vec<_>, Error>>()?;
        let (chosen, shares, weighted, differences) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { width: extent.width(), full, components, chosen, shares, weighted, differences })
    }

    /// Adds rows, [`netlytics_sums::AT_ONCE`] at most, with each row's share in every component.
    pub fn push(&mut self, rows: &[f64], shares: &[f64]) {
        let count = self.components.len();
        for (at, about) in self.components.iter_mut().enumerate() {
            self.chosen.clear();
            self.shares.clear();
            for (row, &share) in shares.iter().skip(at).step_by(count).enumerate().filter(|(_, share)| **share > 0.0) {
                self.chosen.push(row);
                self.shares.push(share);
            }
            if self.chosen.is_empty() {
                continue;
            }
            self.differences.clear();
            for (feature, mean) in about.mean.iter().enumerate() {
                let value = |row: &usize| rows.get(row * self.width + feature).copied().unwrap_or(0.0);
                self.differences.extend(self.chosen.iter().map(|row| value(row) - mean));
            }
            self.weighted.resize(self.chosen.len(), 0.0);
            add(about, self.full, &self.shares, &self.differences, &mut self.weighted);
        }
    }

    /// Components.
    #[must_use]
    pub fn count(&self) -> usize {
        self.components.len()
    }

    /// All sums, component after component.
    pub(crate) fn finish(self) -> Vec<Total> {
        self.components.into_iter().flat_map(|about| about.totals).collect()
    }
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn add(about: &mut About, full: bool, shares: &[f64], differences: &[f64], weighted: &mut [f64]) {
    let mut cells = about.grids.iter().zip(&mut about.totals);
    if let Some((grid, total)) = cells.next() {
        *total += grid.sum(shares.iter().copied());
    }
    for ((grid, total), column) in cells.by_ref().zip(differences.chunks_exact(shares.len())).take(about.mean.len()) {
        *total += grid.sum(shares.iter().zip(column).map(|(share, difference)| share * difference));
    }
    for (at, column) in differences.chunks_exact(shares.len()).enumerate() {
        for ((weighted, share), difference) in weighted.iter_mut().zip(shares).zip(column) {
            *weighted = share * difference;
        }
        let others = differences.chunks_exact(shares.len()).take(at + 1).skip(if full { 0 } else { at });
        for other in others {
            let Some((grid, total)) = cells.next() else { return };
            *total += grid.sum(weighted.iter().zip(other).map(|(weighted, difference)| weighted * difference));
        }
    }
}

/// The components that make the rows most likely. Those without rows stay as `before` has them.
///
/// # Errors
/// The sums are of other components.
pub(super) fn maximised(extent: &Extent, before: &Mixture, totals: &[Total], reg: f64) -> Result<Mixture, Error> {
    let width = extent.width();
    let mut after = before.clone();
    let mut rest = totals.iter();
    for ((mean, covariance), weight) in after.means.iter_mut().zip(&mut after.covariances).zip(&mut after.weights) {
        let grids = grids(extent, mean, before.full)?;
        let sums = grids.iter().zip(rest.by_ref()).map(|(grid, total)| grid.value(*total)).collect::<Vec<_>>();
        let (Some((&rows, sums)), true) = (sums.split_first(), sums.len() == grids.len()) else {
            return Err(Error::Foreign("sums of other components"));
        };
        *weight = rows;
        if rows <= 0.0 {
            continue;
        }
        let moved = sums.iter().take(width).map(|sum| sum / rows).collect::<Vec<_>>();
        mean.iter_mut().zip(&moved).for_each(|(mean, moved)| *mean += moved);
        let mut products = sums.iter().skip(width);
        for (row, one) in moved.iter().enumerate() {
            for (column, other) in moved.iter().enumerate().take(row + 1).skip(if before.full { 0 } else { row }) {
                let product = products.next().copied().unwrap_or(f64::NAN) / rows - one * other;
                let value = if row == column { product.max(0.0) + reg } else { product };
                let cells = if before.full { [row * width + column, column * width + row] } else { [row, row] };
                for cell in cells {
                    if let Some(slot) = covariance.get_mut(cell) {
                        *slot = value;
                    }
                }
            }
        }
    }
    let all = after.weights.iter().fold(0.0, |sum, weight| sum + weight);
    after.weights.iter_mut().for_each(|weight| *weight /= all);
    Ok(after)
}
