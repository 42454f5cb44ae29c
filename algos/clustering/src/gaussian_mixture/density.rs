//! Logarithms of the densities of rows in each component.

use netlytics_sums::lanes;
use pulp::bytemuck::cast;
use pulp::{Simd, WithSimd};

use super::cholesky;
use super::state::Mixture;
use netlytics_learning::Error;

const LOG_TWO_PI: f64 = 1.837_877_066_409_345_3;
/// Logarithm of the least share that is not taken for none: 2^-95.
const NO_SHARE: f64 = -65.8;

/// Rows of one vector, their numbers turned so that those of one feature lie side by side: then every step is the same for
/// all of them, and vector instructions of any width do it with the same roundings.
const LANES: usize = 8;
/// Vectors at a time: enough additions that do not wait for each other.
const AT_ONCE: usize = 4;
/// Rows at a time.
const ROWS: usize = LANES * AT_ONCE;

type Lanes = [f64; LANES];

/// One number of each of some rows.
type Column = [Lanes; AT_ONCE];

/// The densities of a mixture's components, weights included.
#[derive(Debug, Clone)]
pub struct Densities {
    width: usize,
    components: Vec<Component>,
    columns: Vec<Column>,
    centred: Vec<Column>,
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
            let singular = Error::Unsuitable(format!(
                "the covariance of component {component} is singular: raise reg_covar, choose covariance_type diag, or \
                 leave out features that follow from others"
            ));
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
        let columns = vec![[[0.0; LANES]; AT_ONCE]; width];
        Ok(Self { width, components, centred: columns.clone(), columns })
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
        shares.clear();
        shares.resize(rows.len() / self.width.max(1) * self.components.len(), 0.0);
        lanes::run(self.logarithms(rows, shares));
        densities.clear();
        densities.extend(shares.chunks_exact_mut(self.components.len().max(1)).map(share));
    }

    fn logarithms<'a>(&'a mut self, rows: &'a [f64], logarithms: &'a mut [f64]) -> Logarithms<'a> {
        let Self { width, components, columns, centred } = self;
        Logarithms { rows, width: *width, components, columns, centred, logarithms }
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

/// The logarithms of the densities of rows in each component, row after row.
struct Logarithms<'a> {
    rows: &'a [f64],
    width: usize,
    components: &'a [Component],
    columns: &'a mut [Column],
    centred: &'a mut [Column],
    logarithms: &'a mut [f64],
}

impl WithSimd for Logarithms<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { rows, width, components, columns, centred, logarithms } = self;
        let tiles = rows.chunks(width * ROWS).zip(logarithms.chunks_mut(components.len() * ROWS));
        for (rows, logarithms) in tiles {
            turn(rows, width, columns);
            for (at, component) in components.iter().enumerate() {
                for ((centred, column), mean) in centred.iter_mut().zip(&*columns).zip(&component.mean) {
                    let mean = simd.splat_f64s(*mean);
                    let lanes = centred.iter_mut().zip(column);
                    lanes.for_each(|(centred, values)| *centred = cast(simd.sub_f64s(cast(*values), mean)));
                }
                let distances = match &component.root {
                    Root::Full(root) => full(simd, root, centred),
                    Root::Diagonal(root) => diagonal(simd, root, centred),
                };
                let distances: [Lanes; AT_ONCE] = distances.map(cast);
                let slots = logarithms.iter_mut().skip(at).step_by(components.len());
                slots
                    .zip(distances.as_flattened())
                    .for_each(|(slot, distance)| *slot = component.peak - 0.5 * distance);
            }
        }
    }
}

/// Turns some rows; where there are fewer than a column has numbers, the rest is what it was.
#[inline(always)]
fn turn(rows: &[f64], width: usize, columns: &mut [Column]) {
    for (at, row) in rows.chunks_exact(width).enumerate() {
        for (column, value) in columns.iter_mut().zip(row) {
            if let Some(slot) = column.as_flattened_mut().get_mut(at) {
                *slot = *value;
            }
        }
    }
}

#[inline(always)]
fn full<S: Simd>(simd: S, root: &[Vec<f64>], centred: &[Column]) -> [S::f64s; AT_ONCE] {
    let mut distances = [simd.splat_f64s(0.0); AT_ONCE];
    for row in root {
        let mut sums = [simd.splat_f64s(0.0); AT_ONCE];
        for (factor, centred) in row.iter().zip(centred) {
            let factor = simd.splat_f64s(*factor);
            for (sum, values) in sums.iter_mut().zip(centred) {
                *sum = simd.add_f64s(*sum, simd.mul_f64s(factor, cast(*values)));
            }
        }
        for (distance, sum) in distances.iter_mut().zip(sums) {
            *distance = simd.add_f64s(*distance, simd.mul_f64s(sum, sum));
        }
    }
    distances
}

#[inline(always)]
fn diagonal<S: Simd>(simd: S, root: &[f64], centred: &[Column]) -> [S::f64s; AT_ONCE] {
    let mut distances = [simd.splat_f64s(0.0); AT_ONCE];
    for (factor, centred) in root.iter().zip(centred) {
        let factor = simd.splat_f64s(*factor);
        for (distance, values) in distances.iter_mut().zip(centred) {
            let scaled = simd.mul_f64s(factor, cast(*values));
            *distance = simd.add_f64s(*distance, simd.mul_f64s(scaled, scaled));
        }
    }
    distances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cpu_finds_the_same() {
        let (width, rows, count) = (9, 103, 3);
        let values = (0..width * rows).map(|at| (at * 7919 % 1009) as f64 * 0.1).collect::<Vec<_>>();
        let means = values.chunks_exact(width).take(count).map(<[f64]>::to_vec).collect::<Vec<_>>();
        let covariance = |full: bool| {
            let cells = (0..width * width).map(|cell| (cell / width, cell % width));
            let number = |(row, column): (usize, usize)| if row == column { 7.0 } else { 1.0 / (row + column) as f64 };
            cells.filter(|(row, column)| full || row == column).map(number).collect::<Vec<_>>()
        };
        for full in [true, false] {
            let weights = vec![1.0 / count as f64; count];
            let mixture = Mixture { full, weights, means: means.clone(), covariances: vec![covariance(full); count] };
            let mut densities = Densities::new(&mixture).unwrap();
            let (mut found, mut other) = (vec![0.0; rows * count], vec![0.0; rows * count]);
            lanes::run(densities.logarithms(&values, &mut found));
            lanes::run_one_by_one(densities.logarithms(&values, &mut other));
            assert_eq!(found, other);
            #[cfg(target_arch = "x86_64")]
            if let Some(simd) = pulp::x86::V3::try_new() {
                other.fill(0.0);
                lanes::run_in_halves(simd, densities.logarithms(&values, &mut other));
                assert_eq!(found, other);
            }
            for (row, found) in values.chunks_exact(width).zip(found.chunks_exact(count)) {
                for ((mean, component), found) in means.iter().zip(&densities.components).zip(found) {
                    let centred = row.iter().zip(mean).map(|(value, mean)| value - mean).collect::<Vec<_>>();
                    let product = |row: &Vec<f64>| row.iter().zip(&centred).map(|(x, y)| x * y).sum::<f64>();
                    let distance: f64 = match &component.root {
                        Root::Full(root) => root.iter().map(|row| product(row).powi(2)).sum(),
                        Root::Diagonal(root) => root.iter().zip(&centred).map(|(x, y)| (x * y).powi(2)).sum(),
                    };
                    let expected = component.peak - 0.5 * distance;
                    assert!((found - expected).abs() <= 1e-13 * expected.abs());
                }
            }
        }
    }
}
