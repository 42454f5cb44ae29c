//! A random sample of distinct rows that is the same for any partitioning and order.
//!
//! Each row has a rank, a hash of a seed and its content; the sample holds the rows of the lowest ranks.

use netlytics_features::Row;
use serde::{Deserialize, Serialize};

/// The number in (0, 1) that a key stands for, uniformly distributed over keys.
#[must_use]
pub fn chance(key: u128) -> f64 {
    // 52 bits and a half: that and all below 1 is exact.
    ((key >> 76) as u64 as f64 + 0.5) / (1_u64 << 52) as f64
}

/// The distinct rows of the lowest ranks, at most `most` of them; among equal ranks the rows whose numbers are smaller.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    most: u64,
    /// Ascending.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, PartialOrd, Serialize, Deserialize)]
struct Entry {
    rank: f64,
    row: Vec<f64>,
}

impl Sample {
    /// An empty sample of at most `most` rows.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most: most as u64, entries: Vec::new() }
    }

    /// Whether it takes any rows at all.
    #[must_use]
    pub fn wants(&self) -> bool {
        self.most > 0
    }

    /// The rank above which no row is taken any more; infinite while there is room.
    #[must_use]
    pub fn highest(&self) -> f64 {
        let full = self.entries.len() as u64 >= self.most;
        self.entries.last().filter(|_| full).map_or(f64::INFINITY, |last| last.rank)
    }

    /// Takes the row if its rank is low enough.
    pub fn push(&mut self, rank: f64, width: usize, row: Row<'_>) {
        let full = self.entries.len() as u64 >= self.most;
        if full && self.entries.last().is_none_or(|last| rank > last.rank) {
            return;
        }
        let mut content = vec![0.0; width];
        row.write_to(&mut content);
        self.insert(Entry { rank, row: content });
    }

    /// Takes the rows of another sample.
    pub fn merge(&mut self, other: Self) {
        other.entries.into_iter().for_each(|entry| self.insert(entry));
    }

    /// The rows, lowest rank first.
    #[must_use]
    pub fn into_rows(self) -> Vec<Vec<f64>> {
        self.entries.into_iter().map(|entry| entry.row).collect()
    }

    fn insert(&mut self, entry: Entry) {
        let at = self.entries.partition_point(|other| *other < entry);
        if self.entries.get(at) != Some(&entry) {
            self.entries.insert(at, entry);
            self.entries.truncate(usize::try_from(self.most).unwrap_or(usize::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_never_none_and_never_all() {
        assert!(chance(0) > 0.0);
        assert!(chance(u128::MAX) < 1.0);
    }

    #[test]
    fn distinct_rows_of_the_lowest_ranks() {
        let rows = [[3.0, 0.0], [1.0, 1.0], [2.0, 0.0], [1.0, 1.0], [1.0, 0.5]];
        let ranks = [0.5, 0.1, 0.9, 0.1, 0.1];
        let (mut whole, mut one, mut other) = (Sample::new(3), Sample::new(3), Sample::new(3));
        for (at, (row, rank)) in rows.iter().zip(ranks).enumerate() {
            whole.push(rank, 2, Row::Dense(row));
            let part = if at % 2 == 0 { &mut one } else { &mut other };
            part.push(rank, 2, Row::Dense(row));
        }
        let mut backwards = other.clone();
        backwards.merge(one.clone());
        one.merge(other);
        assert_eq!((&one, &backwards), (&whole, &whole));
        assert_eq!(whole.into_rows(), [[1.0, 0.5], [1.0, 1.0], [3.0, 0.0]]);
        let mut none = Sample::new(0);
        none.push(0.1, 2, Row::Dense(&[1.0, 2.0]));
        assert!(none.into_rows().is_empty());
    }
}
