//! The ends of a trend, where a centred window finds no neighbours: straight lines.

use super::theil_sen;

/// Replaces the first and the last `window / 2` values by straight lines through the value beside them, with the Theil-Sen
/// slope of the first and the last `window` values as they were.
pub(super) fn straighten(trend: &mut [f64], window: usize) {
    let half = window / 2;
    let length = trend.len();
    let (Some(head), Some(tail)) = (trend.get(..window), trend.get(length.saturating_sub(window)..)) else { return };
    let (left, right) = (theil_sen::slope(head), theil_sen::slope(tail));
    if let Some((&mut anchor, ends)) = trend.get_mut(..=half).and_then(<[f64]>::split_last_mut) {
        for (steps, value) in ends.iter_mut().rev().enumerate() {
            *value = anchor - (steps + 1) as f64 * left;
        }
    }
    if let Some((&mut anchor, ends)) = trend.get_mut(length - half - 1..).and_then(<[f64]>::split_first_mut) {
        for (steps, value) in ends.iter_mut().enumerate() {
            *value = anchor + (steps + 1) as f64 * right;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_through_the_first_and_last_value_with_neighbours() {
        let mut trend = [9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0, 6.0, 8.0, 0.0];
        straighten(&mut trend, 5);
        assert_eq!(trend, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0, 6.0, 6.0, 6.0]);
    }
}
