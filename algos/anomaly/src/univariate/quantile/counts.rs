//! What a pass over a partition counts.

use serde::{Deserialize, Serialize};

use super::{BITS, BUCKETS, PASSES};
use crate::{Error, order};

/// Counts of one pass over a partition, or over several merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "NonZero", into = "NonZero")]
pub struct Counts {
    pass: u32,
    /// The first bits that values were counted for, ascending.
    prefixes: Vec<u64>,
    /// For each of them, how many values have which next 16 bits.
    counts: Vec<Vec<u64>>,
}

impl Counts {
    /// Of no values, for these first bits.
    pub(super) fn none(pass: u32, mut prefixes: Vec<u64>) -> Self {
        prefixes.sort_unstable();
        prefixes.dedup();
        let counts = vec![vec![0; BUCKETS]; prefixes.len()];
        Self { pass, prefixes, counts }
    }

    pub(super) fn pass(&self) -> u32 {
        self.pass
    }

    /// How many values that begin with these bits have which next 16; none if they were not counted.
    pub(super) fn of(&self, prefix: u64) -> &[u64] {
        let counted = self.prefixes.binary_search(&prefix).ok().and_then(|place| self.counts.get(place));
        counted.map_or(&[], Vec::as_slice)
    }

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

/// Counts as messages hold them.
#[derive(Serialize, Deserialize)]
struct NonZero {
    pass: u32,
    prefixes: Vec<u64>,
    /// For each of the prefixes: which next 16 bits occur, and how often.
    buckets: Vec<Vec<u64>>,
    counts: Vec<Vec<u64>>,
}

impl From<Counts> for NonZero {
    fn from(counts: Counts) -> Self {
        let occurring = |counts: &Vec<u64>| {
            let numbered = (0..).zip(counts.iter().copied());
            numbered.filter(|(_, count)| *count > 0).unzip::<u64, u64, Vec<_>, Vec<_>>()
        };
        let (buckets, sizes) = counts.counts.iter().map(occurring).unzip();
        Self { pass: counts.pass, prefixes: counts.prefixes, buckets, counts: sizes }
    }
}

impl TryFrom<NonZero> for Counts {
    type Error = Error;

    fn try_from(sent: NonZero) -> Result<Self, Error> {
        let refused = || Error::parameter("counts", "the counts of a pass", "something else");
        let mut all = Self::none(sent.pass, sent.prefixes.clone());
        let tables = [sent.buckets.len(), sent.counts.len(), all.prefixes.len()];
        if sent.pass >= PASSES || all.prefixes != sent.prefixes || tables != [sent.prefixes.len(); 3] {
            return Err(refused());
        }
        for (counts, (buckets, sizes)) in all.counts.iter_mut().zip(sent.buckets.iter().zip(&sent.counts)) {
            for (&bucket, &size) in buckets.iter().zip(sizes) {
                let place = usize::try_from(bucket).ok().and_then(|bucket| counts.get_mut(bucket));
                *place.ok_or_else(refused)? = size;
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_occurs() {
        let mut counts = Counts::none(0, vec![0]);
        counts.add(&[1.0, 1.0, 2.0]).unwrap();
        let sent = NonZero::from(counts.clone());
        assert_eq!(sent.counts, [vec![2, 1]]);
        assert_eq!(Counts::try_from(sent).unwrap(), counts);
    }

    #[test]
    fn other_numbers_are_no_counts() {
        let sent = |pass, prefixes: &[u64], buckets: &[&[u64]]| NonZero {
            pass,
            prefixes: prefixes.to_vec(),
            buckets: buckets.iter().map(|buckets| buckets.to_vec()).collect(),
            counts: buckets.iter().map(|buckets| vec![1; buckets.len()]).collect(),
        };
        assert!(Counts::try_from(sent(1, &[3, 5], &[&[7], &[65_535]])).is_ok());
        for refused in
            [sent(4, &[3], &[&[7]]), sent(1, &[5, 3], &[&[7], &[7]]), sent(1, &[3], &[]), sent(1, &[3], &[&[65_536]])]
        {
            assert!(matches!(Counts::try_from(refused), Err(Error::Parameter { name: "counts", .. })));
        }
    }
}
