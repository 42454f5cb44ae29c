//! The cubic spline that is nearest to a series in the sense of least squares, for given knots.
//!
//! The design matrix in B-splines has four entries a row (de Boor, "A practical guide to splines", chapter X); the normal
//! equations have three diagonals beside the main one and are solved by Cholesky's factorisation. B-splines on knots as
//! even as ours are well conditioned, so that squaring costs no digits that matter.

#![expect(
    clippy::indexing_slicing,
    reason = "a span is below the number of knots it was counted on, never a value of the input"
)]

/// The spline's values at 0, 1, … `len − 1`. `inner` are the knots strictly between the ends, ascending. `None` where
/// the points do not determine the spline.
pub(super) fn fit(values: &[f64], inner: &[f64]) -> Option<Vec<f64>> {
    let basis = Basis::new(values.len(), inner);
    let mut equations = Equations::new(inner.len() + 4);
    basis.each_row(|place, span, weights| equations.add(span, weights, values[place]));
    let coefficients = equations.solve()?;
    let mut fitted = vec![0.0; values.len()];
    basis.each_row(|place, span, weights| {
        fitted[place] = coefficients[span..span + 4].iter().zip(weights).map(|(c, w)| c * w).sum();
    });
    Some(fitted)
}

/// Cubic B-splines over the places 0 to `length − 1`.
struct Basis {
    length: usize,
    /// All knots, the ends four times.
    knots: Vec<f64>,
}

impl Basis {
    fn new(length: usize, inner: &[f64]) -> Self {
        let end = length as f64 - 1.0;
        let mut knots = vec![0.0; 4];
        knots.extend_from_slice(inner);
        knots.extend([end; 4]);
        Self { length, knots }
    }

    /// For each place, the number of the first B-spline that is not 0 there and the values of it and the next three.
    fn each_row(&self, mut row: impl FnMut(usize, usize, [f64; 4])) {
        let last = self.knots.len() - 5;
        let mut span = 3;
        for place in 0..self.length {
            let x = place as f64;
            while span < last && self.knots[span + 1] <= x {
                span += 1;
            }
            row(place, span - 3, self.weights(span, x));
        }
    }

    /// The recurrence of de Boor and Cox between `knots[span]` and the next.
    fn weights(&self, span: usize, x: f64) -> [f64; 4] {
        let mut weights = [1.0, 0.0, 0.0, 0.0];
        for degree in 1..4 {
            let mut carried = 0.0;
            for (spline, weight) in weights.iter_mut().enumerate().take(degree) {
                let (right, left) = (self.knots[span + spline + 1], self.knots[span + spline + 1 - degree]);
                let share = *weight / (right - left);
                *weight = carried + (right - x) * share;
                carried = (x - left) * share;
            }
            weights[degree] = carried;
        }
        weights
    }
}

/// Symmetric equations: row `i` holds the entries (i, i−3) to (i, i).
struct Equations {
    bands: Vec<[f64; 4]>,
    right: Vec<f64>,
}

impl Equations {
    fn new(size: usize) -> Self {
        Self { bands: vec![[0.0; 4]; size], right: vec![0.0; size] }
    }

    fn add(&mut self, first: usize, weights: [f64; 4], value: f64) {
        for (row, weight) in weights.into_iter().enumerate() {
            self.right[first + row] += weight * value;
            for (column, other) in weights.into_iter().enumerate().take(row + 1) {
                self.bands[first + row][3 + column - row] += weight * other;
            }
        }
    }

    fn solve(mut self) -> Option<Vec<f64>> {
        let size = self.bands.len();
        for row in 0..size {
            let first = row.saturating_sub(3);
            for column in first..=row {
                let mut entry = self.bands[row][3 + column - row];
                for earlier in first..column {
                    if column - earlier <= 3 {
                        entry -= self.bands[row][3 + earlier - row] * self.bands[column][3 + earlier - column];
                    }
                }
                self.bands[row][3 + column - row] = if column < row {
                    entry / self.bands[column][3]
                } else if entry > 0.0 {
                    entry.sqrt()
                } else {
                    return None;
                };
            }
        }
        for row in 0..size {
            for column in row.saturating_sub(3)..row {
                self.right[row] -= self.bands[row][3 + column - row] * self.right[column];
            }
            self.right[row] /= self.bands[row][3];
        }
        for row in (0..size).rev() {
            self.right[row] /= self.bands[row][3];
            for column in row.saturating_sub(3)..row {
                self.right[column] -= self.bands[row][3 + column - row] * self.right[row];
            }
        }
        Some(self.right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cubic_is_its_own_spline() {
        let cubic = (0..50).map(f64::from).map(|x| 3.0 - x + 0.2 * x * x - 0.004 * x * x * x).collect::<Vec<_>>();
        let fitted = fit(&cubic, &[7.5, 20.0, 33.3]).unwrap();
        for (found, expected) in fitted.iter().zip(&cubic) {
            assert!((found - expected).abs() < 1e-11, "{found} is not {expected}");
        }
    }

    #[test]
    fn the_rest_is_orthogonal_to_every_spline() {
        let values = (0..60).map(|x| f64::from(x * x % 17)).collect::<Vec<_>>();
        let inner = [11.0, 30.5];
        let fitted = fit(&values, &inner).unwrap();
        for power in 0..4 {
            let product =
                (0..60).map(|x| f64::from(x).powi(power) * (values[x as usize] - fitted[x as usize])).sum::<f64>();
            assert!(product.abs() < 1e-9 * 60_f64.powi(power + 1), "power {power}: {product}");
        }
        for knot in inner {
            let product = (0..60)
                .map(|x| (f64::from(x) - knot).max(0.0).powi(3) * (values[x as usize] - fitted[x as usize]))
                .sum::<f64>();
            assert!(product.abs() < 1e-5, "knot {knot}: {product}");
        }
    }

    #[test]
    fn too_few_points_for_the_knots() {
        assert_eq!(fit(&[1.0, 2.0, 4.0], &[0.5, 0.7, 1.5]), None);
    }
}
