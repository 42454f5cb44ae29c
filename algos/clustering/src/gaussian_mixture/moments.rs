//! Weighted sums about the means: shares, differences, and products of two differences.

use multiversion::multiversion;
use netlytics_sums::{Grid, Total};

use super::params::{Params, Regularisation};
use super::state::Mixture;
use netlytics_learning::Error;
use netlytics_learning::extent::{Extent, grid};

/// Where fewer than one row in so many has a share in a component, the others are left out.
const FEW: usize = 3;

/// The sums of some rows for every component: the shares, then the differences, then the products. Of these, a full
/// covariance has its lower triangle, row after row.
pub struct Moments {
    width: usize,
    full: bool,
    components: Vec<About>,
    /// The rows' numbers, feature after feature.
    columns: Vec<f64>,
    picked: Picked,
    weighted: Vec<f64>,
}

/// The rows that matter to a component: their shares, and feature after feature their differences from its mean.
#[derive(Default)]
struct Picked {
    rows: Vec<usize>,
    shares: Vec<f64>,
    differences: Vec<f64>,
}

impl Picked {
    fn all(&mut self, columns: &[f64], number: usize, mean: &[f64]) {
        self.differences.clear();
        for (column, mean) in columns.chunks_exact(number).zip(mean) {
            self.differences.extend(column.iter().map(|value| value - mean));
        }
    }

    /// Those with a share.
    fn some(&mut self, columns: &[f64], number: usize, mean: &[f64]) {
        self.rows.clear();
        self.rows.extend(self.shares.iter().enumerate().filter(|(_, share)| **share > 0.0).map(|(row, _)| row));
        self.shares.retain(|share| *share > 0.0);
        self.differences.clear();
        for (column, mean) in columns.chunks_exact(number).zip(mean) {
            let value = |row: &usize| column.get(*row).copied().unwrap_or(0.0);
            self.differences.extend(self.rows.iter().map(|row| value(row) - mean));
        }
    }
}

/// Numbers of rows, feature after feature.
fn turn(rows: &[f64], width: usize, columns: &mut Vec<f64>) {
    let number = rows.len() / width.max(1);
    columns.resize(rows.len(), 0.0);
    for (feature, column) in columns.chunks_exact_mut(number.max(1)).enumerate() {
        let values = rows.iter().skip(feature).step_by(width);
        column.iter_mut().zip(values).for_each(|(slot, value)| *slot = *value);
    }
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
        let (columns, picked, weighted) = (Vec::new(), Picked::default(), Vec::new());
        Ok(Self { width: extent.width(), full, components, columns, picked, weighted })
    }

    /// Adds rows, [`netlytics_sums::AT_ONCE`] at most, with each row's share in every component.
    pub fn push(&mut self, rows: &[f64], shares: &[f64]) {
        let Self { width, full, components, columns, picked, weighted } = self;
        turn(rows, *width, columns);
        let (number, count) = (rows.len() / (*width).max(1), components.len());
        for (at, about) in components.iter_mut().enumerate() {
            picked.shares.clear();
            picked.shares.extend(shares.iter().skip(at).step_by(count));
            let some = picked.shares.iter().filter(|share| **share > 0.0).count();
            match some {
                0 => continue,
                // A share of 0 adds 0: leaving such rows out pays where there are many.
                some if some < number / FEW => picked.some(columns, number, &about.mean),
                _ => picked.all(columns, number, &about.mean),
            }
            weighted.resize(picked.shares.len(), 0.0);
            add(about, *full, picked, weighted);
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
fn add(about: &mut About, full: bool, picked: &Picked, weighted: &mut [f64]) {
    let Picked { shares, differences, .. } = picked;
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
pub(super) fn maximised(
    extent: &Extent,
    before: &Mixture,
    totals: &[Total],
    params: &Params,
) -> Result<Mixture, Error> {
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
                let value = if row == column { product.max(0.0) } else { product };
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
    regularise(&mut after, extent, params);
    Ok(after)
}

/// Adds `reg_covar` to the variances of the components that have rows.
fn regularise(mixture: &mut Mixture, extent: &Extent, params: &Params) {
    let width = extent.width();
    let place = |feature: usize| if mixture.full { feature * (width + 1) } else { feature };
    let shares = (0..width).map(|feature| match params.regularisation {
        Regularisation::Absolute => params.reg_covar,
        Regularisation::Relative => params.reg_covar * scale(mixture, extent, feature, place(feature)),
    });
    let shares = shares.collect::<Vec<_>>();
    let places = (0..width).map(place).collect::<Vec<_>>();
    let components = mixture.covariances.iter_mut().zip(&mixture.weights);
    for (covariance, _) in components.filter(|(_, weight)| **weight > 0.0) {
        for (place, share) in places.iter().zip(&shares) {
            if let Some(variance) = covariance.get_mut(*place) {
                *variance += share;
            }
        }
    }
}

/// Standard deviations below this share of the numbers' magnitude are rounding.
const ROUNDING: f64 = 1.0 / (1_u64 << 50) as f64;

/// The variance of a feature over all rows: that within the components plus that of their means. 1 where it is constant.
fn scale(mixture: &Mixture, extent: &Extent, feature: usize, place: usize) -> f64 {
    let at = |numbers: &Vec<f64>, place: usize| numbers.get(place).copied().unwrap_or(0.0);
    let components = || mixture.weights.iter().zip(&mixture.means).zip(&mixture.covariances);
    let middle = components().fold(0.0, |sum, ((weight, mean), _)| sum + weight * at(mean, feature));
    let variance = components().fold(0.0, |sum, ((weight, mean), covariance)| {
        let off = at(mean, feature) - middle;
        sum + weight * (at(covariance, place) + off * off)
    });
    let magnitude = at(&extent.least, feature).abs().max(at(&extent.most, feature).abs());
    let rounding = magnitude * ROUNDING;
    if variance > rounding * rounding { variance } else { 1.0_f64.max(rounding * rounding) }
}
