//! How well a period explains a series.

/// The seasons of one period, and how they predict.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// The mean of all points of each place in the period.
    pub seasons: Vec<f64>,
    /// Mean squared error when each point is predicted from the others of its place in the period (leave one out).
    pub error: f64,
}

/// The seasons of a period. It must go into the series at least twice; an error of at most `negligible` counts as 0.
pub(super) fn fit(values: &[f64], period: usize, negligible: f64) -> Fit {
    let mut seasons = vec![0.0; period];
    for cycle in values.chunks(period) {
        for (season, value) in seasons.iter_mut().zip(cycle) {
            *season += value;
        }
    }
    // The places before `rest` occur once more than those after.
    let (cycles, rest) = ((values.len() / period) as f64, values.len() % period);
    let count = |place: usize| if place < rest { cycles + 1.0 } else { cycles };
    for (place, season) in seasons.iter_mut().enumerate() {
        *season /= count(place);
    }
    let mut squares = vec![0.0; period];
    for cycle in values.chunks(period) {
        for ((square, season), value) in squares.iter_mut().zip(&seasons).zip(cycle) {
            *square += (value - season) * (value - season);
        }
    }
    // Leaving a point out of a mean of c makes its error c/(c−1) times as large.
    let left_out = |(place, square): (usize, f64)| square * (count(place) / (count(place) - 1.0)).powi(2);
    let error = squares.into_iter().enumerate().map(left_out).sum::<f64>() / values.len() as f64;
    Fit { seasons, error: if error <= negligible { 0.0 } else { error } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_that_of_leaving_each_point_out() {
        let values = [1.0, 5.0, 2.0, 4.0, 9.0, 1.0, 3.0, 8.0];
        let period = 3;
        let mut expected = 0.0;
        for left in 0..values.len() {
            let others = (0..values.len()).filter(|&i| i != left && i % period == left % period).map(|i| values[i]);
            let (sum, count) = others.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
            expected += (values[left] - sum / count) * (values[left] - sum / count) / values.len() as f64;
        }
        let fit = fit(&values, period, 0.0);
        assert!((fit.error - expected).abs() < 1e-12, "{} is not {expected}", fit.error);
        assert_eq!(fit.seasons, [8.0 / 3.0, 22.0 / 3.0, 1.5]);
    }

    #[test]
    fn a_repeated_pattern_has_no_error() {
        assert_eq!(fit(&[1.0, 2.0, 1.0, 2.0, 1.0], 2, 0.0).error, 0.0);
    }
}
