//! Clusters of several boxes as one, and their numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keys::Keys;
use super::sets::Sets;

/// Clusters of some boxes. Merging is associative and commutative: what is kept follows from the set of links alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clusters {
    /// Shared core points and clusters, each with the smallest key that it is linked to.
    links: BTreeMap<u128, u128>,
    /// Links that were added since.
    new: Vec<(u128, u128)>,
    /// Rows of each cluster of a box.
    rows: BTreeMap<u128, u64>,
}

/// [`Clusters`] as a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partial {
    members: Keys,
    names: Keys,
    clusters: Keys,
    rows: Vec<u64>,
}

/// The label of each cluster of each box.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    clusters: Keys,
    labels: Vec<i64>,
    /// Rows of each label.
    pub rows: Vec<u64>,
}

impl Clusters {
    /// Adds that a core point is of this cluster.
    pub fn link(&mut self, key: u128, cluster: u128) {
        self.new.push((key, cluster));
    }

    /// Adds rows of this cluster.
    pub fn count(&mut self, cluster: u128, rows: u64) {
        let sum = self.rows.entry(cluster).or_default();
        *sum = sum.saturating_add(rows);
    }

    /// Adds what was found elsewhere.
    pub fn merge(&mut self, other: &Partial) {
        self.new.extend(other.members.iter().zip(other.names.iter()));
        other.clusters.iter().zip(&other.rows).for_each(|(cluster, &rows)| self.count(cluster, rows));
    }

    /// What is found so far.
    #[must_use]
    pub fn partial(mut self) -> Partial {
        self.settle();
        Partial {
            members: self.links.keys().copied().collect(),
            names: self.links.values().copied().collect(),
            clusters: self.rows.keys().copied().collect(),
            rows: self.rows.values().copied().collect(),
        }
    }

    /// Labels from 0, by rows descending; of equally many, by the smallest key of their core points.
    #[must_use]
    pub fn labels(mut self) -> Labels {
        self.settle();
        let mut sizes = BTreeMap::<u128, u64>::new();
        for (cluster, rows) in &self.rows {
            let sum = sizes.entry(self.name(*cluster)).or_default();
            *sum = sum.saturating_add(*rows);
        }
        let mut order = sizes.into_iter().collect::<Vec<_>>();
        order.sort_by(|(one, rows), (other, others)| others.cmp(rows).then(one.cmp(other)));
        let numbers = order.iter().map(|(name, _)| *name).zip(0_i64..).collect::<BTreeMap<_, _>>();
        Labels {
            clusters: self.rows.keys().copied().collect(),
            labels: self.rows.keys().filter_map(|&cluster| numbers.get(&self.name(cluster)).copied()).collect(),
            rows: order.into_iter().map(|(_, rows)| rows).collect(),
        }
    }

    fn name(&self, cluster: u128) -> u128 {
        self.links.get(&cluster).copied().unwrap_or(cluster)
    }

    fn settle(&mut self) {
        let mut pairs = std::mem::take(&mut self.new);
        pairs.extend(std::mem::take(&mut self.links));
        let mut keys = pairs.iter().flat_map(|&(one, other)| [one, other]).collect::<Vec<_>>();
        keys.sort_unstable();
        keys.dedup();
        let number = |key: &u128| keys.binary_search(key).unwrap_or_default() as u32;
        let mut sets = Sets::new(keys.len() as u32);
        pairs.iter().for_each(|(one, other)| sets.unite(number(one), number(other)));
        let name = |(key, number): (&u128, u32)| Some((*key, *keys.get(sets.find(number) as usize)?));
        self.links = keys.iter().zip(0..).filter_map(name).collect();
    }
}

impl Labels {
    /// Each cluster of a box, and its label.
    pub fn iter(&self) -> impl Iterator<Item = (u128, i64)> + '_ {
        self.clusters.iter().zip(self.labels.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(links: &[(u128, u128)], rows: &[(u128, u64)]) -> Clusters {
        let mut clusters = Clusters::default();
        links.iter().for_each(|&(key, cluster)| clusters.link(key, cluster));
        rows.iter().for_each(|&(cluster, rows)| clusters.count(cluster, rows));
        clusters
    }

    #[test]
    fn a_chain_of_boxes_is_one_cluster_in_any_order_of_merging() {
        let parts = [
            clusters(&[(5, 2)], &[(2, 10), (1, 40)]),
            clusters(&[(5, 4), (9, 4)], &[(4, 20)]),
            clusters(&[(9, 7)], &[(7, 15), (u128::MAX, 40)]),
        ]
        .map(Clusters::partial);
        let merged = |order: [usize; 3]| {
            let mut all = Clusters::default();
            order.iter().for_each(|&part| all.merge(&parts[part]));
            all
        };
        let labels = merged([0, 1, 2]).labels();
        assert_eq!(labels.iter().collect::<Vec<_>>(), [(1, 1), (2, 0), (4, 0), (7, 0), (u128::MAX, 2)]);
        assert_eq!(labels.rows, [45, 40, 40]);
        for order in [[1, 0, 2], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(merged(order).partial(), merged([0, 1, 2]).partial());
            assert_eq!(merged(order).labels(), labels);
        }
    }
}
