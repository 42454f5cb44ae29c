//! Seasonal-Hybrid-ESD as in NetLytics: outliers of a series off its smooth trend and its season.
//!
//! [`seasonal::decompose`] takes trend and season away, [`esd::outliers`] tests what is left, with median and MAD
//! ("hybrid") or mean and standard deviation. The idea is that of J. Hochenbaum, O. Vallis and A. Kejariwal, "Automatic
//! anomaly detection in the cloud via statistical learning", 2017; [`twitter`](crate::twitter) has their own decomposition.
//!
//! A series most of whose values are one and the same is taken apart about that value ([`steady`](crate::steady)): least
//! squares give a share of each spike to points that are on trend and season to the last digit.
//!
//! NetLytics' implementation removes outliers from a masked array whose median does not heed the mask, so that centre and
//! spread never change and the search can end early; here each step sees only the values left, as the test is meant.

use crate::esd::{self, Direction, Statistic};
use crate::seasonal::{self, Season};
use crate::{Error, series, steady};

/// Residuals that differ by less than this share of the largest value differ by rounding.
const ROUNDING: f64 = 1e-12;

/// Parameters of [`detect`].
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// How the season is found; `seasonal.period` is the period in points if it is known.
    pub seasonal: seasonal::Parameters,
    /// Level of significance of the test, from 1e-9 to 0.5.
    pub alpha: f64,
    /// Median and MAD, rather than mean and standard deviation.
    pub hybrid: bool,
    /// The MAD is multiplied by this: 1 as in NetLytics, 1.4826 to be comparable with a standard deviation.
    pub mad_scale: f64,
    /// Most outliers, as a share of the points above 0 and at most 0.5; `None` for as many as the test allows, all but one
    /// less than half (n/2 − 1).
    pub max_anoms: Option<f64>,
    /// On which side of trend and season.
    pub direction: Direction,
}

impl Default for Parameters {
    /// NetLytics' defaults: unknown period, 0.025, hybrid, unscaled MAD, no limit, both sides.
    fn default() -> Self {
        Self {
            seasonal: seasonal::Parameters::default(),
            alpha: 0.025,
            hybrid: true,
            mad_scale: 1.0,
            max_anoms: None,
            direction: Direction::Both,
        }
    }
}

/// A series taken apart and its outliers. Vectors have one entry a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Anomalies {
    /// In the unit of the values.
    pub trend: Vec<f64>,
    /// What was found of the season, its values in the unit of the series.
    pub season: Season,
    /// value − trend − season.
    pub residual: Vec<f64>,
    pub outlier: Vec<bool>,
    /// Positions of the outliers, the most extreme first.
    pub ranking: Vec<usize>,
}

/// The outliers of a series of equally spaced values. Where the residual is constant but for rounding there are none.
///
/// # Errors
/// Values that are not finite, or above 1e100 in size; all values equal; fewer than 8 values or than two given periods;
/// a parameter outside its range.
pub fn detect(values: &[f64], parameters: &Parameters) -> Result<Anomalies, Error> {
    let test = esd::Parameters {
        alpha: parameters.alpha,
        statistic: match parameters.hybrid {
            true => Statistic::MedianOrMean { mad_scale: parameters.mad_scale },
            false => Statistic::Mean,
        },
        direction: parameters.direction,
        most: most(values.len(), parameters.max_anoms)?,
        resolution: ROUNDING * series::largest(values).min(series::LARGEST),
    };
    test.check()?;
    let decomposition = seasonal::decompose(values, &parameters.seasonal)?;
    let seasonal::Decomposition { trend, season, residual } = match steady::value(values) {
        Some(value) => steady::decompose(values, value, decomposition.season),
        None => decomposition,
    };
    let ranking = esd::outliers(&residual, &test)?;
    Ok(Anomalies { trend, season, outlier: flags(&ranking, values.len()), residual, ranking })
}

/// The greatest number of outliers.
fn most(points: usize, share: Option<f64>) -> Result<usize, Error> {
    let half = (points / 2).saturating_sub(1);
    match share {
        None => Ok(half),
        Some(share) if share > 0.0 && share <= 0.5 => Ok(half.min((points as f64 * share) as usize)),
        Some(share) => Err(Error::parameter("max_anoms", "a share above 0, at most 0.5", share)),
    }
}

fn flags(positions: &[usize], points: usize) -> Vec<bool> {
    let mut flags = vec![false; points];
    for &position in positions {
        if let Some(flag) = flags.get_mut(position) {
            *flag = true;
        }
    }
    flags
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_spike_on_a_season_is_found() {
        let mut values = (0..600).map(|x| f64::from(x % 24) + f64::from(x * 7919 % 13) * 0.1).collect::<Vec<_>>();
        values[301] += 15.0;
        values[77] -= 20.0;
        let found = detect(&values, &Parameters { mad_scale: 1.4826, ..Parameters::default() }).unwrap();
        assert_eq!(found.season.period(), Some(24));
        assert_eq!(found.ranking[..2], [77, 301]);
        assert_eq!(found.outlier.iter().filter(|&&flag| flag).count(), found.ranking.len());
        let above = Parameters { direction: Direction::Positive, max_anoms: Some(0.002), ..Parameters::default() };
        assert_eq!(detect(&values, &above).unwrap().ranking, [301]);
    }

    #[test]
    fn a_constant_residual_has_no_outliers() {
        for hybrid in [true, false] {
            let line = (0..500).map(|x| 5.0 + 0.3 * f64::from(x)).collect::<Vec<_>>();
            assert_eq!(detect(&line, &Parameters { hybrid, ..Parameters::default() }).unwrap().ranking, [0; 0]);
        }
    }

    #[test]
    fn a_spike_on_silence_is_found() {
        let mut values = vec![0.0; 5000];
        values[2500] = 90.0;
        assert_eq!(detect(&values, &Parameters::default()).unwrap().ranking[0], 2500);
    }

    fn flagged(values: &[f64], parameters: &Parameters) -> Vec<usize> {
        let outlier = detect(values, parameters).unwrap().outlier;
        (0..values.len()).filter(|&at| outlier[at]).collect()
    }

    fn each_scale() -> [Parameters; 3] {
        [(true, 1.0), (true, 1.4826), (false, 1.0)].map(|(hybrid, mad_scale)| Parameters {
            hybrid,
            mad_scale,
            ..Parameters::default()
        })
    }

    #[test]
    fn spikes_on_a_flat_series_are_the_only_outliers() {
        for base in [0.0, 7.5, 1e9] {
            for length in [60, 500, 5000] {
                for spikes in [vec![(length - 10, 10.0)], vec![(20, 3.0), (21, -4.0), (length / 2, 3.5)]] {
                    let mut values = vec![base; length];
                    spikes.iter().for_each(|(at, height)| values[*at] += height);
                    let expected = spikes.iter().map(|(at, _)| *at).collect::<Vec<_>>();
                    for parameters in each_scale() {
                        assert_eq!(flagged(&values, &parameters), expected, "{base} {length} {parameters:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_small_spike_is_seen_beside_a_huge_one() {
        let mut values = vec![0.0; 5000];
        (values[1000], values[3000]) = (1e6, 2.0);
        assert_eq!(flagged(&values, &Parameters::default()), [1000, 3000]);
    }

    #[test]
    fn what_is_not_rare_is_no_outlier_beside_a_majority() {
        let values = (0..5000_u64).map(|at| f64::from(u8::from(at.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32 & 3 == 0)));
        let values = values.collect::<Vec<_>>();
        let ones = values.iter().filter(|value| **value == 1.0).count();
        assert!((1000..1500).contains(&ones));
        assert_eq!(flagged(&values, &Parameters { mad_scale: 1.4826, ..Parameters::default() }), [0; 0]);
    }

    #[test]
    fn a_season_of_a_flat_series_stays_one() {
        let mut values = (0..1200).map(|x| if x % 24 == 3 { 7.0 } else { 0.0 }).collect::<Vec<_>>();
        values[24 * 20 + 3] = 0.0;
        values[500] = 9.0;
        let seasonal = seasonal::Parameters { period: Some(24), ..seasonal::Parameters::default() };
        let parameters = Parameters { seasonal, ..Parameters::default() };
        assert_eq!(flagged(&values, &parameters), [24 * 20 + 3, 500]);
    }

    #[test]
    fn bad_parameters_are_errors_even_where_the_test_would_not_need_them() {
        let values = (0..20).map(f64::from).collect::<Vec<_>>();
        for (parameters, name) in [
            (Parameters { alpha: -0.1, ..Parameters::default() }, "alpha"),
            (Parameters { max_anoms: Some(0.6), ..Parameters::default() }, "max_anoms"),
            (Parameters { mad_scale: f64::NAN, ..Parameters::default() }, "mad_scale"),
        ] {
            let error = detect(&values, &parameters).unwrap_err();
            assert!(matches!(error, Error::Parameter { name: found, .. } if found == name), "{error}");
        }
    }

    proptest! {
        #[test]
        fn no_input_panics(
            values in prop::collection::vec(prop_oneof![
                (-3..3).prop_map(f64::from), -1e6..1e6, prop::num::f64::ANY, Just(1e100), Just(-1e100), Just(1e-310),
            ], 0..120),
            period in prop::option::of(0..50_usize),
            hybrid in any::<bool>(),
        ) {
            let seasonal = seasonal::Parameters { period, ..seasonal::Parameters::default() };
            if let Ok(found) = detect(&values, &Parameters { seasonal, hybrid, ..Parameters::default() }) {
                prop_assert!(found.ranking.len() < values.len() / 2);
                prop_assert!(found.residual.iter().all(|value| value.is_finite()));
            }
        }
    }
}
