//! Exact quantiles of a column in partitions, without sorting or moving it.
//!
//! A double maps to a 64-bit key that orders as the numbers do. Each of four passes counts, among the keys that agree with
//! an answer's key as far as that is known, the next 16 bits; the counts tell the next 16 bits of the answer. What travels
//! is a table of at most 65 536 counts a pass and quantile sought (fewer where their beginnings agree), its zeros left out.
//!
//! ```
//! use netlytics_anomaly::univariate::quantile::Search;
//! let partitions = [[5.0, 1.0, 4.0], [2.0, 3.0, 9.0]];
//! let mut search = Search::quantiles(&[0.25, 0.75])?;
//! while !search.is_done() {
//!     let mut all = search.count(&partitions[0])?;
//!     all.merge(&search.count(&partitions[1])?)?;
//!     search.advance(&all)?;
//! }
//! assert_eq!(search.values(), Some(vec![2.0, 5.0]));
//! # Ok::<(), netlytics_anomaly::Error>(())
//! ```

mod counts;

use serde::{Deserialize, Serialize};

pub use self::counts::Counts;
use crate::{Error, order};

const BITS: u32 = 16;
const BUCKETS: usize = 1 << BITS;
const PASSES: u32 = u64::BITS / BITS;

/// Where the search is. It is small, and the same for all partitions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Search {
    pass: u32,
    targets: Vec<Target>,
}

/// One value sought.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Target {
    quantile: f64,
    /// The known first bits of its key, in the lowest bits.
    prefix: u64,
    /// Its rank, from 0, among the values with these first bits; known after the first pass.
    rank: u64,
}

/// The place, from 0, of a quantile among `count` values in ascending order: for q it is place ⌈q·count⌉ from 1 (at least
/// 1), as Spark's `approxQuantile` with no error and numpy's `inverted_cdf`.
fn rank(quantile: f64, count: u64) -> u64 {
    ((quantile * count as f64).ceil() as u64).clamp(1, count.max(1)) - 1
}

/// The quantiles of values that one process holds, which are put into another order: what [`Search`] finds.
///
/// # Errors
/// No values; values that are not finite; a quantile that is not in 0..=1.
pub fn of(values: &mut [f64], quantiles: &[f64]) -> Result<Vec<f64>, Error> {
    if let Some(index) = values.iter().position(|value| !value.is_finite()) {
        let value = values.get(index).copied().unwrap_or(f64::NAN);
        return Err(Error::NotFinite { index, value });
    }
    let found = quantiles.iter().map(|&quantile| {
        check(quantile)?;
        let place = rank(quantile, values.len() as u64) as usize;
        match place < values.len() {
            true => Ok(*values.select_nth_unstable_by(place, f64::total_cmp).1),
            false => Err(no_values()),
        }
    });
    found.collect()
}

impl Search {
    /// A search for the quantiles of a column: elements of it, without interpolation. −0 comes before 0.
    ///
    /// # Errors
    /// A quantile that is not in 0..=1.
    pub fn quantiles(quantiles: &[f64]) -> Result<Self, Error> {
        let target = |&quantile: &f64| check(quantile).map(|()| Target { quantile, prefix: 0, rank: 0 });
        Ok(Self { pass: 0, targets: quantiles.iter().map(target).collect::<Result<_, _>>()? })
    }

    /// The pass under way, from 1, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (u32, u32) {
        (self.pass + 1, PASSES)
    }

    /// Whether [`Search::values`] are known.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.pass >= PASSES || self.targets.is_empty()
    }

    /// The quantiles in the order they were asked for, after four passes; before, `None`.
    #[must_use]
    pub fn values(&self) -> Option<Vec<f64>> {
        self.is_done().then(|| self.targets.iter().map(|target| order::value(target.prefix)).collect())
    }

    /// Counts a partition, or a part of one.
    ///
    /// # Errors
    /// Values that are not finite.
    pub fn count(&self, values: &[f64]) -> Result<Counts, Error> {
        let mut counts = self.no_counts();
        counts.add(values)?;
        Ok(counts)
    }

    /// The counts of no values, to add to.
    #[must_use]
    pub fn no_counts(&self) -> Counts {
        Counts::none(self.pass, self.targets.iter().map(|target| target.prefix).collect())
    }

    /// The next 16 bits of every value sought, from the counts of the whole column.
    ///
    /// # Errors
    /// No values; counts of another pass, or not of the whole column.
    pub fn advance(&mut self, counts: &Counts) -> Result<(), Error> {
        if self.is_done() || counts.pass() != self.pass {
            return Err(Error::parameter("counts", "those of the pass under way", format!("pass {}", counts.pass())));
        }
        let mut targets = self.targets.clone();
        for target in &mut targets {
            if self.pass == 0 {
                let count = counts.of(target.prefix).iter().sum::<u64>();
                target.rank = match count {
                    0 => return Err(no_values()),
                    _ => rank(target.quantile, count),
                };
            }
            let bucket = counts.of(target.prefix).iter().position(|&count| {
                let here = target.rank < count;
                target.rank -= if here { 0 } else { count };
                here
            });
            let Some(bucket) = bucket else {
                return Err(Error::parameter("counts", "counts of the whole column", "less"));
            };
            target.prefix = target.prefix << BITS | bucket as u64;
        }
        self.targets = targets;
        self.pass += 1;
        Ok(())
    }
}

fn check(quantile: f64) -> Result<(), Error> {
    match (0.0..=1.0).contains(&quantile) {
        true => Ok(()),
        false => Err(Error::parameter("quantile", "a number from 0 to 1", quantile)),
    }
}

fn no_values() -> Error {
    Error::TooShort { found: 0, needed: 1, reason: "a quantile" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn search(values: &[f64], quantiles: &[f64], parts: usize) -> Vec<f64> {
        let mut search = Search::quantiles(quantiles).unwrap();
        while !search.is_done() {
            let mut all = search.no_counts();
            for part in values.chunks(values.len().div_ceil(parts)) {
                all.merge(&search.count(part).unwrap()).unwrap();
            }
            search.advance(&all).unwrap();
        }
        search.values().unwrap()
    }

    #[test]
    fn places() {
        let mut values = [4.0, 1.0, 3.0, 2.0];
        let quantiles = [0.0, 0.25, 0.26, 0.5, 0.75, 1.0];
        assert_eq!(search(&values, &quantiles, 1), [1.0, 1.0, 2.0, 2.0, 3.0, 4.0]);
        assert_eq!(of(&mut values, &quantiles), Ok(vec![1.0, 1.0, 2.0, 2.0, 3.0, 4.0]));
    }

    #[test]
    fn bad_input_is_an_error() {
        for quantile in [1.5, -0.1, f64::NAN] {
            assert!(matches!(Search::quantiles(&[quantile]), Err(Error::Parameter { name: "quantile", .. })));
            assert!(matches!(of(&mut [1.0], &[quantile]), Err(Error::Parameter { name: "quantile", .. })));
        }
        assert_eq!(of(&mut [1.0, f64::INFINITY], &[0.5]), Err(Error::NotFinite { index: 1, value: f64::INFINITY }));
        assert!(matches!(of(&mut [], &[0.5]), Err(Error::TooShort { .. })));

        let mut search = Search::quantiles(&[0.9]).unwrap();
        assert!(matches!(search.advance(&search.no_counts()), Err(Error::TooShort { .. })));
        assert_eq!(search.count(&[1.0, f64::INFINITY]), Err(Error::NotFinite { index: 1, value: f64::INFINITY }));
        let mut whole = search.count(&[1.0, 2.0, 3.0]).unwrap();
        let before = search.clone();
        search.advance(&whole).unwrap();
        assert!(matches!(search.advance(&whole), Err(Error::Parameter { name: "counts", .. })));
        assert!(matches!(whole.merge(&search.no_counts()), Err(Error::Parameter { name: "counts", .. })));
        let none = search.no_counts();
        assert!(matches!(search.advance(&none), Err(Error::Parameter { name: "counts", .. })));
        assert_eq!(before.values(), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn equals_sorting_for_any_partitions(
            values in prop::collection::vec(prop_oneof![
                (-3..3).prop_map(f64::from), Just(-0.0), -1e6..1e6, prop::num::f64::NORMAL, prop::num::f64::SUBNORMAL,
            ], 1..400),
            q in 0.0..=1.0,
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let quantiles = [0.25, q, 0.75];
            let place = |q: &f64| ((q * values.len() as f64).ceil() as usize).max(1) - 1;
            let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            let expected = quantiles.iter().map(|q| sorted[place(q)]).collect::<Vec<_>>();
            for parts in [1, 3, 17] {
                prop_assert_eq!(bits(&search(&values, &quantiles, parts)), bits(&expected));
            }
            prop_assert_eq!(bits(&of(&mut values.clone(), &quantiles).unwrap()), bits(&expected));
        }
    }
}
