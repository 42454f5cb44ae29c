//! The median of a window that slides over a series, in O(n log w).
//!
//! The series is cut into blocks as long as the window; each is sorted once and its values are chained in that order.
//! A window is the rest of one block and the beginning of the next: sliding it takes one value out of the first chain
//! and puts one back into the second, both in constant time, because the second chain's values were taken out in the
//! opposite order before. The lower halves of the two chains together always hold the values below the median, so that
//! it is the smaller of the two values that follow them (J. Suomela, "Median filtering is equivalent to sorting", 2014).

#![expect(clippy::indexing_slicing, reason = "positions are those of a block or its end, never a value of the input")]

/// The median of every window of `2·half + 1` values: `len − 2·half` of them, none where the series is shorter.
pub(super) fn running_median(values: &[f64], half: usize) -> Vec<f64> {
    let window = 2 * half + 1;
    if values.len() < window {
        return Vec::new();
    }
    let mut medians = Vec::with_capacity(values.len() - 2 * half);
    let mut leaving = Chain::new(&values[..window], half);
    medians.push(leaving.middle_value());
    for start in (window..values.len()).step_by(window) {
        let mut entering = Chain::new(&values[start..values.len().min(start + window)], half);
        entering.take_all_out();
        for position in 0..entering.values.len() {
            leaving.take_out(position);
            entering.put_back(position);
            if leaving.below + entering.below < half {
                if leaving.middle_value() <= entering.middle_value() {
                    leaving.advance();
                } else {
                    entering.advance();
                }
            }
            medians.push(leaving.middle_value().min(entering.middle_value()));
        }
        leaving = entering;
    }
    medians
}

/// The values of one block, those in the window chained in ascending order (equal ones by position).
struct Chain<'a> {
    values: &'a [f64],
    /// Neighbours in the chain, by position; the last entry is the end, before the first and after the last value.
    next: Vec<u32>,
    previous: Vec<u32>,
    /// Place of each position in the sorted block; the end is after all.
    rank: Vec<u32>,
    /// The first value that does not count as below the median.
    middle: usize,
    /// How many values of the chain come before `middle`.
    below: usize,
}

impl<'a> Chain<'a> {
    /// A full chain; `half` values are below its middle.
    fn new(values: &'a [f64], half: usize) -> Self {
        let end = values.len();
        let mut order = (0..end as u32).collect::<Vec<_>>();
        order.sort_unstable_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]).then(a.cmp(&b)));
        let (mut next, mut previous, mut rank) = (vec![0; end + 1], vec![0; end + 1], vec![end as u32; end + 1]);
        let mut before = end;
        for (place, &position) in order.iter().enumerate() {
            next[before] = position;
            previous[position as usize] = before as u32;
            rank[position as usize] = place as u32;
            before = position as usize;
        }
        next[before] = end as u32;
        previous[end] = before as u32;
        let middle = order.get(half).map_or(end, |&position| position as usize);
        Self { values, next, previous, rank, middle, below: half.min(end) }
    }

    fn middle_value(&self) -> f64 {
        self.values.get(self.middle).copied().unwrap_or(f64::INFINITY)
    }

    fn is_below(&self, position: usize) -> bool {
        self.rank[position] < self.rank[self.middle]
    }

    fn unlink(&mut self, position: usize) {
        let (before, after) = (self.previous[position], self.next[position]);
        self.next[before as usize] = after;
        self.previous[after as usize] = before;
    }

    fn take_all_out(&mut self) {
        for position in (0..self.values.len()).rev() {
            self.unlink(position);
        }
        self.middle = self.values.len();
        self.below = 0;
    }

    /// Takes a value out. The number below the median falls by one: either this one, or, where this one was not below, the
    /// last of those that were.
    fn take_out(&mut self, position: usize) {
        self.unlink(position);
        if self.is_below(position) {
            self.below -= 1;
            return;
        }
        if self.middle == position {
            self.middle = self.next[position] as usize;
        }
        if self.below > 0 {
            self.middle = self.previous[self.middle] as usize;
            self.below -= 1;
        }
    }

    /// Puts back the value that was taken out last. The number below the median stays.
    fn put_back(&mut self, position: usize) {
        self.next[self.previous[position] as usize] = position as u32;
        self.previous[self.next[position] as usize] = position as u32;
        if self.is_below(position) {
            self.middle = self.previous[self.middle] as usize;
        }
    }

    fn advance(&mut self) {
        self.middle = self.next[self.middle] as usize;
        self.below += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn naive(values: &[f64], half: usize) -> Vec<f64> {
        values
            .windows(2 * half + 1)
            .map(|window| {
                let mut window = window.to_vec();
                window.sort_by(f64::total_cmp);
                window[half]
            })
            .collect()
    }

    proptest! {
        #[test]
        fn equals_sorting_each_window(
            values in prop::collection::vec(prop_oneof![(-4..4).prop_map(f64::from), -1e6..1e6], 0..200),
            half in 0..40_usize,
        ) {
            prop_assert_eq!(running_median(&values, half), naive(&values, half));
        }
    }
}
