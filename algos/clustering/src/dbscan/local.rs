//! The clusters of one box.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::components::{Components, Positions};
use super::points::{Member, Points};
use super::tree::{LANES, Tree};
use super::{Error, Parameters};

/// What a point is. Clusters are named by the smallest key of their core points that the box knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A core point, and its cluster.
    Core(u128),
    /// A point within ε of a core point of this cluster.
    Border(u128),
    /// A point of no cluster.
    Noise,
    /// A point of another box that is not core, or that this box need not know to be.
    Outside,
}

/// The clusters of one box.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Local {
    /// For each point, in the order they were added, what it is. Exact for points owned; for others that are shared, whether
    /// they are core is exact.
    pub found: Vec<Found>,
    /// Each cluster's name, and the rows of the points in it that the box owns.
    pub clusters: BTreeMap<u128, u64>,
}

impl Local {
    /// Finds the clusters of points that are no two of the same numbers. Deterministic whatever their order; n log n for
    /// points that lie around clusters, and n² distances at worst, for noise of many columns.
    ///
    /// # Errors
    /// More than 2^32 points.
    pub fn new(points: &Points, parameters: &Parameters) -> Result<Self, Error> {
        let members = points.members();
        // Positions of the last leaf that are empty are numbered too.
        if members.len() >= u32::MAX as usize - LANES {
            return Err(Error::TooMany(members.len()));
        }
        if members.is_empty() {
            return Ok(Self::default());
        }
        let matrix = points.varying();
        let tree = Tree::new(&matrix, members.len());
        let at = |position: usize| tree.order.get(position).and_then(|&point| members.get(point as usize));
        let slots = members.len().next_multiple_of(LANES);
        let positions = Positions {
            // More weight than is asked for tells nothing, and could overflow a sum.
            weights: (0..slots)
                .map(|slot| at(slot).map_or(0, |member| member.weight.min(parameters.min_points())))
                .collect(),
            asked: (0..slots).map(|slot| at(slot).is_some_and(|member| member.owned || member.shared)).collect(),
        };
        let mut components = Components::new(&tree, &positions, parameters);

        let mut names = vec![u128::MAX; slots];
        for position in (0..members.len()).filter(|&position| components.is_core(position)).collect::<Vec<_>>() {
            let cluster = components.cluster(position);
            if let (Some(name), Some(member)) = (names.get_mut(cluster as usize), at(position)) {
                *name = member.key.min(*name);
            }
        }
        let name = |components: &mut Components<'_>, position| {
            names.get(components.cluster(position) as usize).copied().unwrap_or(u128::MAX)
        };

        let row = |position: usize| {
            let from = tree.order.get(position).map_or(0, |&point| point as usize * matrix.width);
            matrix.values.get(from..from + matrix.width).unwrap_or_default()
        };
        let borders = components.borders(
            |position| at(position).is_some_and(|member| member.owned),
            |one, other| row(one).partial_cmp(row(other)) == Some(Ordering::Less),
        );
        let mut local = Self { found: vec![Found::Outside; members.len()], clusters: BTreeMap::new() };
        for position in 0..members.len() {
            if components.is_core(position) {
                let root = name(&mut components, position);
                local.note(&tree, members, position, Found::Core(root));
            }
        }
        for (position, nearest) in borders {
            let found = match nearest {
                None => Found::Noise,
                Some(core) => Found::Border(name(&mut components, core)),
            };
            local.note(&tree, members, position, found);
        }
        Ok(local)
    }

    fn note(&mut self, tree: &Tree, members: &[Member], position: usize, found: Found) {
        let Some(&point) = tree.order.get(position) else { return };
        if let Some(slot) = self.found.get_mut(point as usize) {
            *slot = found;
        }
        let owned = members.get(point as usize).filter(|member| member.owned);
        if let (Found::Core(root) | Found::Border(root), Some(member)) = (found, owned) {
            let weight = self.clusters.entry(root).or_default();
            *weight = weight.saturating_add(member.weight);
        }
    }

    /// The core points that another box knows to be core too, each with the cluster that it is in here.
    pub fn links<'a>(&'a self, points: &'a Points) -> impl Iterator<Item = (u128, u128)> + 'a {
        self.found.iter().zip(points.members()).filter_map(|(found, member)| match found {
            Found::Core(root) if member.shared => Some((member.key, *root)),
            _ => None,
        })
    }
}
