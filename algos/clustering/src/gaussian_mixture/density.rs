//! Logarithms of the densities of rows in each component.

use multiversion::multiversion;

use super::cholesky;
use super::state::Mixture;
use crate::error::Error;

const LOG_TWO_PI: f64 = 1.837_877_066_409_345_3;
/// Logarithm of the least share that is not taken for none: 2^-95.
const NO_SHARE: f64 = -65.8;

/// Rows at a time, their numbers turned so that those of one feature lie side by side: then every step is the same for
/// all of them, and vector instructions of any width do it with the same roundings.
const LANES: usize = 8;

/// One number of each of eight rows.
type Lanes = [f64; LANES];

/// The densities of a mixture's components, weights included.
#[derive(Debug, Clone)]
pub struct Densities {
    width: usize,
    components: Vec<Component>,
    columns: Vec<Lanes>,
    centred: Vec<Lanes>,
}

#[derive(Debug, Clone)]
struct Component {
    /// Logarithm of the weight and of the density at the mean.
    peak: f64,
    mean: Vec<f64>,
    root: Root,
}

/// A root of the precision: M for which |M(x−μ)|² is the squared Mahalanobis distance.
#[derive(Debug, Clone)]
enum Root {
    Full(Vec<Vec<f64>>),
    Diagonal(Vec<f64>),
}

impl Densities {
    /// # Errors
    /// A covariance is not positive definite.
    pub fn new(mixture: &Mixture) -> Result<Self, Error> {
        let width = mixture.means.first().map_or(0, Vec::len);
        let parts = mixture.weights.iter().zip(&mixture.means).zip(&mixture.covariances);
        let components = parts.enumerate().map(|(component, ((&weight, mean), covariance))| {
            let singular = Error::Singular { component };
            let (log_determinant, root) = if mixture.full {
                let triangle = cholesky::factor(covariance, width).ok_or(singular)?;
                (cholesky::log_determinant(&triangle), Root::Full(cholesky::inverse(&triangle)))
            } else {
                if !covariance.iter().all(|variance| *variance > 0.0 && variance.is_finite()) {
                    return Err(singular);
                }
                let log = covariance.iter().fold(0.0, |sum, variance| sum + libm::log(*variance));
                (log, Root::Diagonal(covariance.iter().map(|variance| 1.0 / variance.sqrt()).collect()))
            };
            let peak = libm::log(weight) - 0.5 * (width as f64 * LOG_TWO_PI + log_determinant);
            Ok(Component { peak, mean: mean.clone(), root })
        });
        let components = components.collect::<Result<Vec<_>, Error>>()?;
        Ok(Self { width, components, columns: vec![[0.0; LANES]; width], centred: vec![[0.0; LANES]; width] })
    }

    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Components.
    #[must_use]
    pub fn count(&self) -> usize {
        self.components.len()
    }

    /// For rows one after the other: each row's share in every component, and the logarithm of its density.
    pub fn of(&mut self, rows: &[f64], shares: &mut Vec<f64>, densities: &mut Vec<f64>) {
        let count = self.components.len();
        let number = rows.len() / self.width.max(1);
        shares.clear();
        shares.resize(number * count, 0.0);
        densities.clear();
        let Self { width, components, columns, centred } = self;
        logarithms(rows, *width, components, columns, centred, shares);
        densities.extend(shares.chunks_exact_mut(count.max(1)).map(share));
    }
}

/// Turns logarithms into shares. Gives the logarithm of their sum.
fn share(logarithms: &mut [f64]) -> f64 {
    let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for value in logarithms.iter_mut() {
        let below = *value - most;
        *value = if below < NO_SHARE { 0.0 } else { libm::exp(below) };
        sum += *value;
    }
    logarithms.iter_mut().for_each(|value| *value /= sum);
    most + libm::log(sum)
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn logarithms(
    rows: &[f64],
    width: usize,
    components: &[Component],
    columns: &mut [Lanes],
    centred: &mut [Lanes],
    logarithms: &mut [f64],
) {
    let tiles = rows.chunks(width * LANES).zip(logarithms.chunks_mut(components.len() * LANES));
    for (rows, logarithms) in tiles {
        turn(rows, width, columns);
        for (at, component) in components.iter().enumerate() {
            for ((centred, column), mean) in centred.iter_mut().zip(&*columns).zip(&component.mean) {
                centred.iter_mut().zip(column).for_each(|(centred, value)| *centred = value - mean);
            }
            let distances = match &component.root {
                Root::Full(root) => full(root, centred),
                Root::Diagonal(root) => diagonal(root, centred),
            };
            let slots = logarithms.iter_mut().skip(at).step_by(components.len());
            slots.zip(distances).for_each(|(slot, distance)| *slot = component.peak - 0.5 * distance);
        }
    }
}

/// Turns up to eight rows; where there are fewer, the rest is what it was.
#[inline(always)]
fn turn(rows: &[f64], width: usize, columns: &mut [Lanes]) {
    for (lane, row) in rows.chunks_exact(width).enumerate() {
        for (column, value) in columns.iter_mut().zip(row) {
            if let Some(slot) = column.get_mut(lane) {
                *slot = *value;
            }
        }
    }
}

#[inline(always)]
fn full(root: &[Vec<f64>], centred: &[Lanes]) -> Lanes {
    let mut distances = [0.0; LANES];
    for row in root {
        let mut sums = [0.0; LANES];
        for (factor, centred) in row.iter().zip(centred) {
            sums.iter_mut().zip(centred).for_each(|(sum, value)| *sum += factor * value);
        }
        distances.iter_mut().zip(sums).for_each(|(distance, sum)| *distance += sum * sum);
    }
    distances
}

#[inline(always)]
fn diagonal(root: &[f64], centred: &[Lanes]) -> Lanes {
    let mut distances = [0.0; LANES];
    for (factor, centred) in root.iter().zip(centred) {
        for (distance, value) in distances.iter_mut().zip(centred) {
            let scaled = factor * value;
            *distance += scaled * scaled;
        }
    }
    distances
}
