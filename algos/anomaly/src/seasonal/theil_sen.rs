//! The Theil-Sen slope: the median of the slopes of all pairs of points (Theil 1950, Sen 1968), for points one step apart.
//!
//! A window of `n` points has n²/2 slopes. Short windows list them all. Longer ones narrow a bracket around the median
//! by counting how many slopes are below a guess, which are the inversions of `y − guess·x` (a merge sort), until so few are
//! left inside that they can be listed: O(n log n) time and O(n) memory, a variant of J. Matoušek's "Randomized optimal
//! algorithm for slope selection" (1991). The guesses come from a fixed pseudo-random sample: equal input, equal steps.

use std::mem;

use crate::order::median;

/// Up to this many points all slopes are listed.
const LISTED: usize = 160;
/// The bracket is narrow enough when it holds this many slopes per point.
const LEFT_PER_POINT: u64 = 16;
/// No bracket of doubles takes more halvings than this.
const MOST_GUESSES: usize = 128;

/// The median slope, per step; 0 for fewer than two points. The mean of the middle two where their number is even.
pub(super) fn slope(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    if values.len() <= LISTED {
        let mut slopes = Vec::with_capacity(values.len() * (values.len() - 1) / 2);
        for (first, rest) in values.iter().zip(suffixes(values)) {
            slopes.extend(rest.iter().zip(1_u32..).map(|(value, steps)| (value - first) / f64::from(steps)));
        }
        return median(&mut slopes);
    }
    let pairs = values.len() as u64 * (values.len() as u64 - 1) / 2;
    let mut search = Search::new(values);
    search.mean_of_ranks((pairs - 1) / 2, pairs / 2)
}

/// What follows each value.
fn suffixes(values: &[f64]) -> impl Iterator<Item = &[f64]> {
    (1..=values.len()).map(|start| values.get(start..).unwrap_or_default())
}

/// How many slopes are below a guess, and how many are not above it.
#[derive(Debug, Clone, Copy)]
struct Count {
    below: u64,
    not_above: u64,
}

struct Search<'a> {
    values: &'a [f64],
    /// Slopes of random pairs, ascending.
    sample: Vec<f64>,
    /// Room for `y − guess·x` and for merging it.
    sheared: Vec<f64>,
    merged: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(values: &'a [f64]) -> Self {
        let mut sample = sample(values);
        sample.sort_unstable_by(f64::total_cmp);
        Self { values, sample, sheared: Vec::with_capacity(values.len()), merged: vec![0.0; values.len()] }
    }

    /// The mean of the slopes of two neighbouring ranks, from 0.
    fn mean_of_ranks(&mut self, first: u64, second: u64) -> f64 {
        // Every slope is a mean of slopes of neighbouring points, so these bound all.
        let steps = self.values.iter().zip(self.values.iter().skip(1)).map(|(one, next)| next - one);
        let (least, greatest) = steps
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), step| (step.min(least), step.max(greatest)));
        let margin = (greatest - least).max(greatest.abs()) * 1e-12;
        let (mut low, mut high) = (least - margin, greatest + margin);
        let (mut before, mut until) = (0, self.values.len() as u64 * (self.values.len() as u64 - 1) / 2);
        let enough = LEFT_PER_POINT * self.values.len() as u64;
        // Two places of the sample that the median lies between in all but one of 400 cases.
        let spread = 3.0 * (self.sample.len() as f64).sqrt() / 2.0;
        let middle = self.sample.len() as f64 / 2.0;
        let mut planned = vec![(middle + spread) as usize, (middle - spread) as usize];
        for _ in 0..MOST_GUESSES {
            if until - before <= enough {
                return self.list(low, high, first - before, second - before).unwrap_or((low + high) / 2.0);
            }
            let guess = planned.pop().and_then(|place| self.sample.get(place).copied());
            let guess = guess.filter(|&guess| low < guess && guess < high).unwrap_or_else(|| self.guess(low, high));
            if guess <= low || guess >= high || high - low <= margin * 1e-5 {
                break;
            }
            let count = self.count(guess);
            if count.not_above <= first {
                (low, before) = (guess, count.not_above);
            } else if count.below > second {
                (high, until) = (guess, count.below);
            } else if count.below <= first && second < count.not_above {
                return guess;
            } else {
                // The guess parts the two ranks.
                return (self.mean_of_ranks(first, first) + self.mean_of_ranks(second, second)) / 2.0;
            }
        }
        (low + high) / 2.0
    }

    /// The middle of the sampled slopes inside the bracket, or of the bracket.
    fn guess(&self, low: f64, high: f64) -> f64 {
        let from = self.sample.partition_point(|&slope| slope <= low);
        let to = self.sample.partition_point(|&slope| slope < high);
        if from < to { self.sample.get((from + to) / 2).copied().unwrap_or(low) } else { low + (high - low) / 2.0 }
    }

    fn count(&mut self, guess: f64) -> Count {
        self.sheared.clear();
        self.sheared.extend(shear(self.values, guess));
        let below = inversions(&mut self.sheared, &mut self.merged);
        let ties =
            self.sheared.chunk_by(|a, b| a == b).map(|run| run.len() as u64 * (run.len() as u64 - 1) / 2).sum::<u64>();
        Count { below, not_above: below + ties }
    }

    /// The mean of two slopes by their rank among those inside the bracket, all of which are listed: the pairs whose order
    /// in `y − low·x` and in `y − high·x` differs. Pairs of a slope that is one of the ends are tied there, and tied points
    /// come in the order that the other end has, so that such pairs are not listed. `None` where rounding left none.
    fn list(&self, low: f64, high: f64, first: u64, second: u64) -> Option<f64> {
        let at_low = ranks(shear(self.values, low), true);
        let at_high = ranks(shear(self.values, high), false);
        let mut by_low = vec![(0_u32, 0_u32); self.values.len()];
        for ((place, &rank_low), &rank_high) in (0..).zip(&at_low).zip(&at_high) {
            if let Some(entry) = by_low.get_mut(rank_low as usize) {
                *entry = (rank_high, place);
            }
        }
        // An insertion sort meets every pair that is in the wrong order once.
        let mut slopes = Vec::new();
        for end in 1..by_low.len() {
            let Some((&mut (rank, place), sorted)) = by_low.get_mut(..=end).and_then(<[_]>::split_last_mut) else {
                continue;
            };
            let mut passed = 0;
            for &(other_rank, other) in sorted.iter().rev() {
                if other_rank < rank {
                    break;
                }
                slopes.extend(self.slope_between(other, place));
                passed += 1;
            }
            if let Some(moved) = by_low.get_mut(end - passed..=end) {
                moved.rotate_right(1);
            }
        }
        let last = slopes.len().checked_sub(1)?;
        let (first, second) = ((first as usize).min(last), (second as usize).min(last));
        let (below, &mut upper, _) = slopes.select_nth_unstable_by(second, f64::total_cmp);
        let lower = if first < second { below.iter().copied().fold(f64::NEG_INFINITY, f64::max) } else { upper };
        Some((lower + upper) / 2.0)
    }

    fn slope_between(&self, a: u32, b: u32) -> Option<f64> {
        let (one, other) = (self.values.get(a as usize)?, self.values.get(b as usize)?);
        Some((other - one) / (f64::from(b) - f64::from(a)))
    }
}

/// `y − guess·x`.
fn shear(values: &[f64], guess: f64) -> impl Iterator<Item = f64> {
    values.iter().enumerate().map(move |(x, y)| y - guess * x as f64)
}

/// The place of each value among all in ascending order; equal ones by position, or from the last to the first.
fn ranks(values: impl Iterator<Item = f64>, last_first: bool) -> Vec<u32> {
    let mut order = values.zip(0_u32..).collect::<Vec<_>>();
    if last_first {
        order.sort_unstable_by(|a, b| (a.0 + 0.0).total_cmp(&(b.0 + 0.0)).then(b.1.cmp(&a.1)));
    } else {
        order.sort_unstable_by(|a, b| (a.0 + 0.0).total_cmp(&(b.0 + 0.0)).then(a.1.cmp(&b.1)));
    }
    let mut ranks = vec![0; order.len()];
    for (rank, (_, position)) in (0..).zip(order) {
        if let Some(entry) = ranks.get_mut(position as usize) {
            *entry = rank;
        }
    }
    ranks
}

/// Slopes of pseudo-random pairs (splitmix64 from a fixed start), one for each point, at least 1024.
fn sample(values: &[f64]) -> Vec<f64> {
    let points = values.len() as u64;
    let mut state = 0_u64;
    let mut random = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % points
    };
    let pairs = (0..points.clamp(1024, 1 << 16)).map(|_| (random(), random())).collect::<Vec<_>>();
    let slope = |&(a, b): &(u64, u64)| {
        let (one, other) = (values.get(a as usize)?, values.get(b as usize)?);
        (a != b).then(|| (other - one) / (b as f64 - a as f64))
    };
    pairs.iter().filter_map(slope).collect()
}

/// Sorts the values and counts the pairs that were in descending order.
fn inversions(values: &mut Vec<f64>, room: &mut Vec<f64>) -> u64 {
    const RUN: usize = 16;
    let mut count = values.chunks_mut(RUN).map(insertion_sort).sum::<u64>();
    let mut width = RUN;
    while width < values.len() {
        for (runs, merged) in values.chunks(2 * width).zip(room.chunks_mut(2 * width)) {
            let (left, right) = runs.split_at(width.min(runs.len()));
            count += merge(left, right, merged);
        }
        mem::swap(values, room);
        width *= 2;
    }
    count
}

fn insertion_sort(values: &mut [f64]) -> u64 {
    let mut count = 0;
    for end in 1..values.len() {
        let Some((&mut value, sorted)) = values.get_mut(..=end).and_then(<[f64]>::split_last_mut) else { continue };
        let passed = sorted.iter().rev().take_while(|&&other| other > value).count();
        if let Some(moved) = values.get_mut(end - passed..=end) {
            moved.rotate_right(1);
        }
        count += passed as u64;
    }
    count
}

/// Merges two sorted runs; gives how many pairs have the greater value in the left one.
fn merge(left: &[f64], right: &[f64], merged: &mut [f64]) -> u64 {
    let (mut left, mut right, mut count) = (left, right, 0);
    for slot in merged {
        match (left, right) {
            ([a, ..], [b, rest @ ..]) if b < a => {
                *slot = *b;
                right = rest;
                count += left.len() as u64;
            }
            ([a, rest @ ..], _) => {
                *slot = *a;
                left = rest;
            }
            ([], [b, rest @ ..]) => {
                *slot = *b;
                right = rest;
            }
            ([], []) => break,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn naive(values: &[f64]) -> f64 {
        let mut slopes = Vec::new();
        for j in 0..values.len() {
            slopes.extend((0..j).map(|i| (values[j] - values[i]) / (j - i) as f64));
        }
        slopes.sort_by(f64::total_cmp);
        let count = slopes.len();
        (slopes[(count - 1) / 2] + slopes[count / 2]) / 2.0
    }

    fn close(found: f64, expected: f64, values: &[f64]) {
        let size = crate::series::largest(values);
        assert!((found - expected).abs() <= 1e-14 * size, "{found} is not {expected}");
    }

    #[test]
    fn short_ones() {
        assert_eq!(slope(&[]), 0.0);
        assert_eq!(slope(&[3.0]), 0.0);
        assert_eq!(slope(&[3.0, 5.0]), 2.0);
    }

    #[test]
    fn straight_lines_constants_and_spikes() {
        let line = (0..1000).map(|x| 5.0 - 0.3 * f64::from(x)).collect::<Vec<_>>();
        close(slope(&line), -0.3, &line);
        assert_eq!(slope(&vec![7.0; 1000]), 0.0);
        let mut spike = vec![7.0; 1000];
        spike[500] = 1e9;
        assert_eq!(slope(&spike), 0.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn equals_listing_all(
            values in prop_oneof![
                prop::collection::vec((-4..4).prop_map(f64::from), 2..400),
                prop::collection::vec(-1e3..1e3, 2..400),
                prop::collection::vec((0..1000).prop_map(|v| f64::from(v * v) / 7.0), 150..400),
            ],
        ) {
            close(slope(&values), naive(&values), &values);
        }

        #[test]
        fn inversions_are_the_descending_pairs(values in prop::collection::vec((0..50).prop_map(f64::from), 0..150)) {
            let descending = (0..values.len()).map(|j| (0..j).filter(|&i| values[i] > values[j]).count()).sum::<usize>();
            let mut sorted = values.clone();
            prop_assert_eq!(inversions(&mut sorted, &mut values.clone()), descending as u64);
            prop_assert!(sorted.is_sorted());
        }
    }
}
