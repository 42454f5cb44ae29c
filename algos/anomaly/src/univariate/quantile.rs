//! Exact quantiles of a column in partitions, without sorting or moving it.
//!
//! A double maps to a 64-bit key that orders as the numbers do. Each of four passes counts, among the keys that agree with
//! an answer's key as far as that is known, the next 16 bits; the counts tell the next 16 bits of the answer. What travels
//! is one table of 65 536 counts a pass and quantile sought (fewer where their beginnings agree).
//!
//! ```
//! use netlytics_anomaly::univariate::quantile::Search;
//! let partitions = [[5.0, 1.0, 4.0], [2.0, 3.0, 9.0]];
//! let mut search = Search::quantiles(6, &[0.25, 0.75])?;
//! while !search.is_done() {
//!     let mut all = search.count(&partitions[0])?;
//!     all.merge(&search.count(&partitions[1])?)?;
//!     search.advance(&all)?;
//! }
//! assert_eq!(search.values(), Some(vec![2.0, 5.0]));
//! # Ok::<(), netlytics_anomaly::Error>(())
//! ```

use crate::{Error, order};

const BITS: u32 = 16;
const BUCKETS: usize = 1 << BITS;
const PASSES: u32 = u64::BITS / BITS;

/// Where the search is. It is small, and the same for all partitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Values in the column.
    count: u64,
    pass: u32,
    targets: Vec<Target>,
}

/// One value sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Target {
    /// The known first bits of its key, in the lowest bits.
    prefix: u64,
    /// Its rank, from 0, among the values with these first bits.
    rank: u64,
}

/// Counts of one pass over a partition, or over several merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pass: u32,
    /// The first bits that values were counted for, ascending.
    prefixes: Vec<u64>,
    /// For each of them, how many values have which next 16 bits.
    counts: Vec<Vec<u64>>,
}

impl Search {
    /// A search for the quantiles of a column of `count` values: for q the value at place ⌈q·count⌉ from 1 (at least 1) in
    /// ascending order, as Spark's `approxQuantile` with no error and numpy's `inverted_cdf`. −0 comes before 0.
    ///
    /// # Errors
    /// No values; a quantile that is not in 0..=1.
    pub fn quantiles(count: u64, quantiles: &[f64]) -> Result<Self, Error> {
        if count == 0 {
            return Err(Error::TooShort { found: 0, needed: 1, reason: "a quantile" });
        }
        let target = |&q: &f64| {
            if !(0.0..=1.0).contains(&q) {
                return Err(Error::parameter("quantile", "a number from 0 to 1", q));
            }
            let place = ((q * count as f64).ceil() as u64).clamp(1, count);
            Ok(Target { prefix: 0, rank: place - 1 })
        };
        Ok(Self { count, pass: 0, targets: quantiles.iter().map(target).collect::<Result<_, _>>()? })
    }

    /// Whether [`Search::values`] are known.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.pass == PASSES || self.targets.is_empty()
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
        let mut prefixes = self.targets.iter().map(|target| target.prefix).collect::<Vec<_>>();
        prefixes.sort_unstable();
        prefixes.dedup();
        let counts = vec![vec![0; BUCKETS]; prefixes.len()];
        Counts { pass: self.pass, prefixes, counts }
    }

    /// The next 16 bits of every value sought, from the counts of the whole column.
    ///
    /// # Errors
    /// Counts of another pass, or not of as many values as the search was made for.
    pub fn advance(&mut self, counts: &Counts) -> Result<(), Error> {
        if self.is_done() || counts.pass != self.pass {
            return Err(Error::parameter("counts", "those of the pass under way", format!("pass {}", counts.pass)));
        }
        let mut targets = self.targets.clone();
        for target in &mut targets {
            let found = counts.prefixes.binary_search(&target.prefix).ok().and_then(|place| counts.counts.get(place));
            let mut rank = target.rank;
            let bucket = found.and_then(|found| {
                found.iter().position(|&count| {
                    let here = rank < count;
                    rank -= if here { 0 } else { count };
                    here
                })
            });
            let Some(bucket) = bucket else {
                return Err(Error::parameter(
                    "counts",
                    "counts of the whole column",
                    format!("less than {}", self.count),
                ));
            };
            *target = Target { prefix: target.prefix << BITS | bucket as u64, rank };
        }
        self.targets = targets;
        self.pass += 1;
        Ok(())
    }
}

impl Counts {
    /// Counts more values.
    ///
    /// # Errors
    /// Values that are not finite; those before the first of these are counted.
    pub fn add(&mut self, values: &[f64]) -> Result<(), Error> {
        let shift = u64::BITS - (self.pass + 1) * BITS;
        for (index, &value) in values.iter().enumerate() {
            if !value.is_finite() {
                return Err(Error::NotFinite { index, value });
            }
            let begin = order::key(value) >> shift;
            let bucket = begin as usize % BUCKETS;
            for (&prefix, counts) in self.prefixes.iter().zip(&mut self.counts) {
                if prefix == begin >> BITS
                    && let Some(count) = counts.get_mut(bucket)
                {
                    *count += 1;
                }
            }
        }
        Ok(())
    }

    /// Adds the counts of other values, of the same pass of the same search.
    ///
    /// # Errors
    /// Counts of another pass or search.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        if self.pass != other.pass || self.prefixes != other.prefixes {
            return Err(Error::parameter(
                "counts",
                "those of the same pass and search",
                format!("pass {}", other.pass),
            ));
        }
        for (counts, others) in self.counts.iter_mut().zip(&other.counts) {
            for (count, more) in counts.iter_mut().zip(others) {
                *count += more;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn search(values: &[f64], quantiles: &[f64], parts: usize) -> Vec<f64> {
        let mut search = Search::quantiles(values.len() as u64, quantiles).unwrap();
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
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(search(&values, &[0.0, 0.25, 0.26, 0.5, 0.75, 1.0], 1), [1.0, 1.0, 2.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn bad_input_is_an_error() {
        assert!(matches!(Search::quantiles(0, &[0.5]), Err(Error::TooShort { .. })));
        assert!(matches!(Search::quantiles(5, &[1.5]), Err(Error::Parameter { name: "quantile", .. })));
        assert!(matches!(Search::quantiles(5, &[f64::NAN]), Err(Error::Parameter { name: "quantile", .. })));
        let mut search = Search::quantiles(3, &[0.9]).unwrap();
        assert_eq!(search.count(&[1.0, f64::INFINITY]), Err(Error::NotFinite { index: 1, value: f64::INFINITY }));
        let part = search.count(&[1.0, 2.0]).unwrap();
        assert!(matches!(search.advance(&part), Err(Error::Parameter { name: "counts", .. })));
        let mut whole = search.count(&[1.0, 2.0, 3.0]).unwrap();
        let before = search.clone();
        search.advance(&whole).unwrap();
        assert!(matches!(search.advance(&whole), Err(Error::Parameter { name: "counts", .. })));
        assert!(matches!(whole.merge(&search.no_counts()), Err(Error::Parameter { name: "counts", .. })));
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
            let expected = quantiles.iter().map(|q| sorted[place(q)].to_bits()).collect::<Vec<_>>();
            for parts in [1, 3, 17] {
                let found = search(&values, &quantiles, parts);
                prop_assert_eq!(found.iter().map(|value| value.to_bits()).collect::<Vec<_>>(), expected.clone());
            }
        }
    }
}
