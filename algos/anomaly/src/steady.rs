//! Series that stand still: more than half of the values are one and the same, such as a host's connections a minute.

use crate::order;
use crate::seasonal::{Decomposition, Season};

/// The value that more than half of the values are.
pub(crate) fn value(values: &[f64]) -> Option<f64> {
    // R. Boyer and J. Moore, "MJRTY: a fast majority vote algorithm", 1991: whoever is left may have the majority.
    let (mut candidate, mut votes) = (f64::NAN, 0_usize);
    for &value in values {
        match votes {
            0 => (candidate, votes) = (value, 1),
            _ if value == candidate => votes += 1,
            _ => votes -= 1,
        }
    }
    let equal = values.iter().filter(|&&value| value == candidate).count();
    (2 * equal > values.len()).then_some(candidate)
}

/// The series about that value: its trend. Its season, of the period found before, is the median of each phase where more
/// than half of the phase's values are others: something that comes back, not a spike that came once.
pub(crate) fn decompose(values: &[f64], value: f64, season: Season) -> Decomposition {
    let mut residual = values.iter().map(|other| other - value).collect::<Vec<_>>();
    let season = match season {
        Season::Found { seasons, explained } => {
            let period = seasons.len();
            let seasons = (0..period).map(|phase| typical(residual.iter().skip(phase).step_by(period)));
            let seasons = seasons.collect::<Vec<_>>();
            match seasons.iter().all(|&season| season == 0.0) {
                true => Season::None,
                false => Season::Found { seasons, explained },
            }
        }
        other => other,
    };
    if let Season::Found { seasons, .. } = &season {
        for (rest, season) in residual.iter_mut().zip(seasons.iter().cycle()) {
            *rest -= season;
        }
    }
    Decomposition { trend: vec![value; values.len()], season, residual }
}

/// The median of a phase, or 0 where at least half of its values are.
fn typical<'a>(phase: impl Iterator<Item = &'a f64>) -> f64 {
    let mut phase = phase.copied().collect::<Vec<_>>();
    let still = phase.iter().filter(|&&value| value == 0.0).count();
    if 2 * still >= phase.len() {
        return 0.0;
    }
    order::median(&mut phase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_is_a_majority() {
        assert_eq!(value(&[3.0, 1.0, 1.0, 2.0, 1.0]), Some(1.0));
        assert_eq!(value(&[1.0, 1.0, 2.0, 2.0]), None);
        assert_eq!(value(&[0.0, -0.0, 5.0]), Some(0.0));
        assert_eq!(value(&[]), None);
    }

    #[test]
    fn what_comes_back_is_season_and_what_came_once_is_not() {
        let mut values = (0..240).map(|x| if x % 24 == 3 { 7.0 } else { 2.0 }).collect::<Vec<_>>();
        values[100] = 50.0;
        values[123] = 2.0;
        let found = Season::Found { seasons: vec![0.5; 24], explained: 0.9 };
        let Decomposition { trend, season, residual } = decompose(&values, 2.0, found);
        assert_eq!((trend[0], season.period()), (2.0, Some(24)));
        let off = residual.iter().enumerate().filter(|(_, rest)| **rest != 0.0).collect::<Vec<_>>();
        assert_eq!(off, [(100, &48.0), (123, &-5.0)]);
        let spurious = Season::Found { seasons: vec![0.5; 10], explained: 0.1 };
        assert_eq!(decompose(&values[..48], 2.0, spurious).season, Season::None);
    }
}
