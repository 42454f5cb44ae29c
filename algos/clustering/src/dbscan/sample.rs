//! A sample of points that does not depend on their order or partitions: those with the smallest keys.

use std::collections::BTreeMap;

use netlytics_features::Row;
use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::points::{Member, Points};

/// A row of numbers: places and values of those that are not zero.
type Numbers = (Vec<i32>, Vec<f64>);

/// The points with the smallest keys among those seen. Keys are as good as random, so every set of points of this size is
/// as likely as any other.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    size: usize,
    points: BTreeMap<u128, Numbers>,
    /// Points seen.
    pub count: u64,
    /// Rows seen.
    pub rows: u64,
    /// Numbers in a row.
    pub width: u64,
}

/// A [`Sample`] as a message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Partial {
    keys: Keys,
    ends: Vec<u64>,
    places: Vec<i32>,
    values: Vec<f64>,
    pub count: u64,
    pub rows: u64,
    pub width: u64,
}

impl Sample {
    /// A sample of up to this many points.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self { size, points: BTreeMap::new(), count: 0, rows: 0, width: 0 }
    }

    /// Adds a point.
    pub fn push(&mut self, row: &Row<'_>, key: u128, weight: u64) {
        self.count += 1;
        self.rows = self.rows.saturating_add(weight);
        if self.wants(key) {
            let (places, values) = row.non_zero().map(|(place, value)| (place as i32, value)).unzip();
            self.keep(key, (places, values));
        }
    }

    /// Adds a sample of other points.
    pub fn merge(&mut self, other: &Partial) {
        let mut from = 0;
        for (key, &end) in other.keys.iter().zip(&other.ends) {
            let range = from..usize::try_from(end).unwrap_or(from);
            from = range.end;
            if self.wants(key) {
                let places = other.places.get(range.clone()).unwrap_or_default();
                let values = other.values.get(range).unwrap_or_default();
                self.keep(key, (places.to_vec(), values.to_vec()));
            }
        }
        self.count += other.count;
        self.rows = self.rows.saturating_add(other.rows);
        self.width = self.width.max(other.width);
    }

    fn wants(&self, key: u128) -> bool {
        self.points.len() < self.size || self.points.last_key_value().is_some_and(|(last, _)| key < *last)
    }

    fn keep(&mut self, key: u128, numbers: Numbers) {
        self.points.insert(key, numbers);
        if self.points.len() > self.size {
            self.points.pop_last();
        }
    }

    /// The sample as a message.
    #[must_use]
    pub fn partial(self) -> Partial {
        let mut partial = Partial {
            keys: self.points.keys().copied().collect(),
            count: self.count,
            rows: self.rows,
            width: self.width,
            ..Partial::default()
        };
        for (places, values) in self.points.into_values() {
            partial.places.extend(places);
            partial.values.extend(values);
            partial.ends.push(partial.values.len() as u64);
        }
        partial
    }

    /// The first points of the sample, itself a sample.
    pub(super) fn points(&self, most: usize) -> Points {
        let mut points = Points::default();
        for (&key, (places, values)) in self.points.iter().take(most) {
            points.push(&Row::Sparse { places, values }, Member { key, weight: 1, owned: true, shared: false });
        }
        points
    }
}
