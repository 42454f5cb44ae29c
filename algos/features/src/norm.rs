//! Lengths of rows.

/// The p-norm: (Σ |x|^p)^(1/p); the largest |x| for an infinite p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Norm {
    p: f64,
}

/// Sums of squares below this have lost bits to underflow.
const SMALLEST_SUM: f64 = 1e-280;

impl Norm {
    /// None unless p ≥ 1: below, it is no norm.
    #[must_use]
    pub fn new(p: f64) -> Option<Self> {
        (p >= 1.0).then_some(Self { p })
    }

    /// Scales a row to length 1. A row of zeros stays.
    pub fn scale(self, row: &mut [f64]) {
        let length = self.plain(row);
        if length.is_finite() && length >= SMALLEST_SUM {
            row.iter_mut().for_each(|value| *value /= length);
            return;
        }
        // Beyond what doubles can hold: the same with the largest value as the unit.
        let largest = row.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        if largest > 0.0 && largest.is_finite() {
            row.iter_mut().for_each(|value| *value /= largest);
            let length = self.plain(row);
            row.iter_mut().for_each(|value| *value /= length);
        }
    }

    /// 0 or an infinity where its powers underflow or overflow.
    fn plain(self, row: &[f64]) -> f64 {
        if self.p == 2.0 {
            let sum = row.iter().map(|value| value * value).sum::<f64>();
            return if sum < SMALLEST_SUM { 0.0 } else { sum.sqrt() };
        }
        if self.p == 1.0 {
            return row.iter().map(|value| value.abs()).sum();
        }
        if self.p == f64::INFINITY {
            return row.iter().fold(0.0, |largest, value| largest.max(value.abs()));
        }
        // Not f64::powf: what that gives depends on the machine.
        let sum = row.iter().map(|value| libm::pow(value.abs(), self.p)).sum::<f64>();
        if sum < SMALLEST_SUM { 0.0 } else { libm::pow(sum, 1.0 / self.p) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(p: f64, mut row: Vec<f64>) -> Vec<f64> {
        Norm::new(p).unwrap().scale(&mut row);
        row
    }

    #[test]
    fn lengths_by_every_p() {
        assert_eq!(scaled(2.0, vec![3.0, 0.0, -4.0]), [0.6, 0.0, -0.8]);
        assert_eq!(scaled(1.0, vec![3.0, -1.0]), [0.75, -0.25]);
        assert_eq!(scaled(f64::INFINITY, vec![2.0, -4.0]), [0.5, -1.0]);
        let cubed = scaled(3.0, vec![1.0, -1.0]);
        assert!((cubed[0] - 0.5_f64.cbrt()).abs() < 1e-15 && cubed[1] == -cubed[0]);
        assert_eq!(scaled(2.0, vec![0.0, -0.0]), [0.0, 0.0]);
    }

    #[test]
    fn numbers_whose_squares_no_double_holds() {
        for unit in [1e300, 1e-300, 5e-324] {
            for p in [1.0, 2.0, 7.5, 400.0, f64::INFINITY] {
                let row = scaled(p, vec![unit, 0.0]);
                assert_eq!(row, [1.0, 0.0], "{unit} {p}");
            }
        }
        let row = scaled(2.0, vec![3e200, 4e200]);
        assert!((row[0] - 0.6).abs() < 1e-15 && (row[1] - 0.8).abs() < 1e-15);
    }

    #[test]
    fn other_p_are_no_norms() {
        assert_eq!([0.5, -1.0, f64::NAN].map(|p| Norm::new(p).is_some()), [false; 3]);
    }
}
