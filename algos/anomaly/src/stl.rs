//! STL with a periodic season, as R's `stl(x, s.window = "periodic", robust = TRUE)`.
//!
//! R. Cleveland, W. Cleveland, J. McRae and I. Terpenning, "STL: a seasonal-trend decomposition procedure based on loess",
//! Journal of Official Statistics 6(1), 1990. The loess itself is the crate `stlrs`; the spans, degrees and jumps below are
//! R's, and the averaging that makes the season the same in each period is R's too.

use stlrs::StlParams;

use crate::{Error, series};

/// A season that repeats exactly, and a smooth trend; one value a point each.
#[derive(Debug, Clone, PartialEq)]
pub struct Stl {
    pub seasonal: Vec<f64>,
    pub trend: Vec<f64>,
}

/// Takes a series apart, robustly (1 inner and 15 outer iterations). `period` in points, at least 2.
///
/// # Errors
/// Values that are not finite, or above 1e100 in size; all values equal; fewer values than two periods; a period below 2.
pub fn periodic(values: &[f64], period: usize) -> Result<Stl, Error> {
    if period < 2 {
        return Err(Error::parameter("period", "at least 2 points", period));
    }
    series::check(values, period.saturating_mul(2), "a season (two periods)")?;
    // A seasonal span this long weighs all periods alike.
    let season_span = 10 * values.len() + 1;
    let trend_span = next_odd((1.5 * period as f64 / (1.0 - 1.5 / season_span as f64)).ceil() as usize);
    let low_pass_span = next_odd(period);
    let (mut seasonal, trend, ..) = StlParams::new()
        .robust(true)
        .inner_loops(1)
        .outer_loops(15)
        .seasonal_length(season_span)
        .seasonal_degree(0)
        .seasonal_jump(season_span.div_ceil(10))
        .trend_length(trend_span)
        .trend_degree(1)
        .trend_jump(trend_span.div_ceil(10))
        .low_pass_length(low_pass_span)
        .low_pass_degree(1)
        .low_pass_jump(low_pass_span.div_ceil(10))
        .fit(values, period)
        .map_err(|error| Error::parameter("period", "a period that STL takes", format!("{period} ({error})")))?
        .into_parts();
    average(&mut seasonal, period);
    Ok(Stl { seasonal, trend })
}

fn next_odd(number: usize) -> usize {
    number | 1
}

/// Replaces each value by the mean of all at its place in the period.
fn average(seasonal: &mut [f64], period: usize) {
    let mut sums = vec![(0.0, 0.0); period];
    for cycle in seasonal.chunks(period) {
        for ((sum, count), value) in sums.iter_mut().zip(cycle) {
            *sum += value;
            *count += 1.0;
        }
    }
    for cycle in seasonal.chunks_mut(period) {
        for (value, (sum, count)) in cycle.iter_mut().zip(&sums) {
            *value = sum / count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_on_a_line_comes_back() {
        let values = (0..140).map(|x| f64::from(x) * 0.5 + [0.0, 2.0, -1.0, 4.0, 0.0, -3.0, -2.0][x as usize % 7]);
        let values = values.collect::<Vec<_>>();
        let stl = periodic(&values, 7).unwrap();
        for (place, value) in values.iter().enumerate() {
            assert_eq!(stl.seasonal[place], stl.seasonal[place % 7]);
            assert!((stl.seasonal[place] + stl.trend[place] - value).abs() < 1e-9, "{place}");
        }
        assert!((stl.seasonal[3] - stl.seasonal[5] - 7.0).abs() < 1e-9);
    }

    #[test]
    fn bad_input_is_an_error() {
        let values = (0..20).map(f64::from).collect::<Vec<_>>();
        assert!(matches!(periodic(&values, 1), Err(Error::Parameter { name: "period", .. })));
        assert!(matches!(periodic(&values, 11), Err(Error::TooShort { found: 20, needed: 22, .. })));
        assert!(matches!(periodic(&values, usize::MAX), Err(Error::TooShort { .. })));
        assert!(matches!(periodic(&[1.0, f64::INFINITY, 2.0, 3.0], 2), Err(Error::NotFinite { index: 1, .. })));
        assert_eq!(periodic(&[1.0; 20], 2), Err(Error::Constant { value: 1.0 }));
    }

    #[test]
    fn the_greatest_and_the_least_values_do_not_panic() {
        for size in [1e100, 1e-310] {
            let values =
                (0..40).map(|x| if x % 3 == 0 { size } else { -size * f64::from(x) / 40.0 }).collect::<Vec<_>>();
            assert!(periodic(&values, 6).is_ok(), "{size}");
        }
    }
}
