//! Triangular factors of symmetric matrices (G. Golub, C. Van Loan, "Matrix computations", 4.2). Rows of a lower triangle:
//! row i has i + 1 numbers.

/// L of LLᵀ = `matrix`, whose rows lie one after the other. None if the matrix is not positive definite.
pub(super) fn factor(matrix: &[f64], width: usize) -> Option<Vec<Vec<f64>>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(width);
    for (at, values) in matrix.chunks_exact(width).enumerate() {
        let mut row = Vec::with_capacity(at + 1);
        for (value, other) in values.iter().zip(&rows) {
            row.push((value - dot(&row, other)) / other.last()?);
        }
        let pivot = values.get(at)? - dot(&row, &row);
        if !(pivot > 0.0 && pivot.is_finite()) {
            return None;
        }
        row.push(pivot.sqrt());
        rows.push(row);
    }
    Some(rows)
}

/// The inverse of a lower triangle.
pub(super) fn inverse(triangle: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(triangle.len());
    for row in triangle {
        let pivot = row.last().copied().unwrap_or(f64::NAN);
        let mut sums = vec![0.0; row.len()];
        for (factor, other) in row.iter().zip(&rows) {
            sums.iter_mut().zip(other).for_each(|(sum, value)| *sum -= factor * value);
        }
        sums.iter_mut().for_each(|sum| *sum /= pivot);
        if let Some(last) = sums.last_mut() {
            *last = 1.0 / pivot;
        }
        rows.push(sums);
    }
    rows
}

/// The inverse of the positive definite matrix with this factor, rows one after the other.
pub(super) fn inverse_of_product(triangle: &[Vec<f64>]) -> Vec<f64> {
    let inverse = inverse(triangle);
    let column = |at: usize| inverse.iter().map(move |row| row.get(at).copied().unwrap_or(0.0));
    let width = triangle.len();
    (0..width * width)
        .map(|cell| column(cell / width).zip(column(cell % width)).fold(0.0, |sum, (one, other)| sum + one * other))
        .collect()
}

/// The logarithm of the determinant of LLᵀ.
pub(super) fn log_determinant(triangle: &[Vec<f64>]) -> f64 {
    2.0 * triangle.iter().filter_map(|row| row.last()).fold(0.0, |sum, pivot| sum + libm::log(*pivot))
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).fold(0.0, |sum, (one, other)| sum + one * other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_and_inverses() {
        let matrix = [4.0, 2.0, -2.0, 2.0, 10.0, 2.0, -2.0, 2.0, 6.0];
        let triangle = factor(&matrix, 3).unwrap();
        assert_eq!(triangle, [vec![2.0], vec![1.0, 3.0], vec![-1.0, 1.0, 2.0]]);
        assert!((log_determinant(&triangle) - 144_f64.ln()).abs() < 1e-14);
        let back = inverse_of_product(&triangle);
        for (cell, expected) in [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0].iter().enumerate() {
            let product = (0..3).map(|at| matrix[cell / 3 * 3 + at] * back[at * 3 + cell % 3]).sum::<f64>();
            assert!((product - expected).abs() < 1e-15, "{cell}: {product}");
        }
    }

    #[test]
    fn singular_matrices_have_none() {
        assert_eq!(factor(&[1.0, 1.0, 1.0, 1.0], 2), None);
        assert_eq!(factor(&[f64::NAN], 1), None);
        assert_eq!(factor(&[-1.0], 1), None);
    }
}
