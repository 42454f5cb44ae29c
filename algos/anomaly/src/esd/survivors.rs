//! What is left of a sample while its extremes are taken one by one.

#![expect(
    clippy::indexing_slicing,
    reason = "positions are inside the window, whose ends only move towards each other"
)]

use super::Direction;
use crate::order;

/// A window of the sorted sample.
pub(super) struct Survivors {
    sorted: Vec<f64>,
    /// Position of each sorted value in the sample; ascending among equal values.
    positions: Vec<u32>,
    low: usize,
    high: usize,
    /// Start of the run of equal values at the upper end of the window, and how many of that run were taken. They are
    /// taken in order of position, so that the run's positions are left to right while the window shrinks from the right.
    top: usize,
    top_taken: usize,
}

impl Survivors {
    /// At most 2³² values, all finite.
    pub(super) fn new(values: &[f64]) -> Self {
        let mut order = values
            .iter()
            .zip(0_u32..)
            // Adding 0 makes −0 the 0 it is equal to.
            .map(|(value, position)| u128::from(order::key(value + 0.0)) << 32 | u128::from(position))
            .collect::<Vec<_>>();
        order.sort_unstable();
        let sorted = order.iter().map(|entry| order::value((entry >> 32) as u64)).collect::<Vec<_>>();
        let positions = order.iter().map(|&entry| entry as u32).collect();
        let mut survivors = Self { low: 0, high: sorted.len(), top: 0, top_taken: 0, sorted, positions };
        survivors.find_top();
        survivors
    }

    fn find_top(&mut self) {
        self.top_taken = 0;
        self.top = self.high;
        if let Some(&greatest) = self.window().last() {
            while self.top > self.low && self.sorted[self.top - 1] == greatest {
                self.top -= 1;
            }
        }
    }

    /// The values left, ascending.
    pub(super) fn window(&self) -> &[f64] {
        &self.sorted[self.low..self.high]
    }

    /// The median of the values left; NaN when there are none.
    pub(super) fn median(&self) -> f64 {
        let window = self.window();
        match window.len() {
            0 => f64::NAN,
            odd if odd % 2 == 1 => window[odd / 2],
            even => (window[even / 2 - 1] + window[even / 2]) / 2.0,
        }
    }

    /// The median of |value − center| of the values left, `center` being their median.
    pub(super) fn median_deviation(&self, center: f64) -> f64 {
        let window = self.window();
        let middle = window.len() / 2;
        let left = |place: usize| center - window[middle - 1 - place];
        let right = |place: usize| window[middle + place] - center;
        let (lefts, rights) = (middle, window.len() - middle);
        // The least `wanted` deviations: `from_left` of the values before the middle, nearest first, the rest after it.
        let wanted = window.len().div_ceil(2);
        let (mut least, mut most) = (wanted.saturating_sub(rights), wanted.min(lefts));
        while least < most {
            let from_left = (least + most) / 2;
            if left(from_left) < right(wanted - from_left - 1) {
                least = from_left + 1;
            } else {
                most = from_left;
            }
        }
        let (from_left, from_right) = (least, wanted - least);
        let lower = match (from_left.checked_sub(1), from_right.checked_sub(1)) {
            (Some(one), Some(other)) => left(one).max(right(other)),
            (Some(one), None) => left(one),
            (None, Some(other)) => right(other),
            (None, None) => return 0.0,
        };
        if window.len() % 2 == 1 {
            return lower;
        }
        let next_left = if from_left < lefts { left(from_left) } else { f64::INFINITY };
        let next_right = if from_right < rights { right(from_right) } else { f64::INFINITY };
        (lower + next_left.min(next_right)) / 2.0
    }

    /// Sums of |value − center| of the values left, from their middle outwards.
    pub(super) fn outward(&self, center: f64) -> Outward {
        let middle = self.low + (self.high - self.low) / 2;
        let mut sums = vec![0.0; self.sorted.len()];
        let mut sum = 0.0;
        for (value, slot) in self.sorted.iter().zip(&mut sums).take(self.high).skip(middle) {
            sum += value - center;
            *slot = sum;
        }
        sum = 0.0;
        for (value, slot) in self.sorted.iter().zip(&mut sums).take(middle).skip(self.low).rev() {
            sum += center - value;
            *slot = sum;
        }
        Outward { middle, sums }
    }

    /// The mean of |value − center| of the values left, none of which has come since `outward` was made.
    pub(super) fn mean_deviation(&self, outward: &Outward) -> f64 {
        let below = if self.low < outward.middle { outward.sums[self.low] } else { 0.0 };
        let above = if self.high > outward.middle { outward.sums[self.high - 1] } else { 0.0 };
        (below + above) / self.window().len() as f64
    }

    /// Takes the value farthest from the centre on the side asked for, of equals the one first in the sample: its
    /// position and itself.
    pub(super) fn farthest(&mut self, center: f64, direction: Direction) -> Option<(usize, f64)> {
        let window = self.window();
        let (&least, &greatest) = (window.first()?, window.last()?);
        let (below, above) = (center - least, greatest - center);
        let upper = match direction {
            Direction::Positive => true,
            Direction::Negative => false,
            Direction::Both if above == below => self.positions[self.top + self.top_taken] < self.positions[self.low],
            Direction::Both => above > below,
        };
        if upper {
            let position = self.positions[self.top + self.top_taken];
            self.top_taken += 1;
            self.high -= 1;
            if self.high == self.top {
                self.find_top();
            }
            Some((position as usize, greatest))
        } else {
            let position = self.positions[self.low];
            self.low += 1;
            Some((position as usize, least))
        }
    }
}

/// Sums of deviations, each of those between the middle and a place of the sorted sample: small ones first, which the large
/// ones that are taken later do not wear.
pub(super) struct Outward {
    middle: usize,
    sums: Vec<f64>,
}

/// Mean and standard deviation of the values left, kept up as values go.
#[derive(Default)]
pub(super) struct Moments {
    count: f64,
    sum: f64,
    /// The sum of squared differences from the mean.
    squares: f64,
    /// The sum of squares when it was last computed from all values, and how many went since.
    computed: f64,
    gone: u32,
}

impl Moments {
    /// After so many values the sums are computed anew, or when so small a part of the squares is left: subtracting
    /// loses digits.
    const LONGEST: u32 = 1024;
    const SMALLEST: f64 = 1e-3;

    /// Mean and population standard deviation.
    pub(super) fn of(&mut self, left: &Survivors) -> (f64, f64) {
        let worn = self.gone >= Self::LONGEST || self.squares < self.computed * Self::SMALLEST;
        if self.count == 0.0 || worn {
            let window = left.window();
            self.count = window.len() as f64;
            self.sum = window.iter().sum::<f64>();
            let mean = self.sum / self.count;
            self.squares = window.iter().map(|value| (value - mean) * (value - mean)).sum();
            (self.computed, self.gone) = (self.squares, 0);
        }
        (self.sum / self.count, (self.squares / self.count).sqrt())
    }

    /// A value goes.
    pub(super) fn without(&mut self, value: f64) {
        if self.count <= 1.0 {
            self.count = 0.0;
            return;
        }
        let before = value - self.sum / self.count;
        self.count -= 1.0;
        self.sum -= value;
        self.squares -= before * (value - self.sum / self.count);
        self.gone += 1;
    }
}
