//! Core points of a tree, their clusters, and the border points around them.

use super::Parameters;
use super::sets::Sets;
use super::tree::{LANES, Tree, distances};

/// No position.
const NONE: u32 = u32::MAX;

/// What is known of the point at each position of a tree. Positions without a point have weight 0.
pub(super) struct Positions {
    pub(super) weights: Vec<u64>,
    /// Whether it is to be known if the point is core.
    pub(super) asked: Vec<bool>,
}

/// The search at work. Its cost is not the number of neighbours: counting ends at `min_points`, and nodes whose core points
/// are all of one cluster are not looked into again by that cluster.
pub(super) struct Components<'a> {
    tree: &'a Tree,
    squared: f64,
    min_points: u64,
    positions: &'a Positions,
    core: Vec<bool>,
    sets: Sets,
    /// The first core point of each node, if any.
    firsts: Vec<u32>,
    /// Whether all core points of a node are known to be of one cluster.
    uniform: Vec<bool>,
}

impl<'a> Components<'a> {
    /// Finds the core points and joins those within ε of each other.
    pub(super) fn new(tree: &'a Tree, positions: &'a Positions, parameters: &Parameters) -> Self {
        let slots = positions.weights.len();
        let mut found = Self {
            tree,
            squared: parameters.squared(),
            min_points: parameters.min_points(),
            positions,
            core: vec![false; slots],
            sets: Sets::new(u32::try_from(slots).unwrap_or(u32::MAX)),
            firsts: vec![NONE; tree.nodes.len()],
            uniform: vec![false; tree.nodes.len()],
        };
        let leaves = tree.leaves();
        found.dense(0);
        found.count(&leaves);
        found.summarise();
        found.join(&leaves);
        found
    }

    /// Whether the point at a position is core.
    pub(super) fn is_core(&self, position: usize) -> bool {
        self.core.get(position).copied().unwrap_or(false)
    }

    /// A position that stands for the cluster of a core point.
    pub(super) fn cluster(&mut self, position: usize) -> u32 {
        self.sets.find(position as u32)
    }

    /// Marks nodes so small that all their points are neighbours, if they are enough: no distance is needed for these.
    fn dense(&mut self, node: u32) {
        let content = self.tree.node(node);
        if self.tree.diagonal(node) <= self.squared {
            let positions = content.positions();
            let weights = self.positions.weights.get(positions.clone()).unwrap_or_default();
            if weights.iter().fold(0, |sum: u64, &weight| sum.saturating_add(weight)) < self.min_points {
                return;
            }
            let first = positions.start as u32;
            for (position, &weight) in positions.zip(weights) {
                if weight > 0 {
                    self.sets.unite(first, position as u32);
                    if let Some(core) = self.core.get_mut(position) {
                        *core = true;
                    }
                }
            }
        } else {
            content.children(node).into_iter().flatten().for_each(|child| self.dense(child));
        }
    }

    /// Decides for the points that are left, leaf by leaf, the nearest leaves first.
    fn count(&mut self, leaves: &[u32]) {
        let (mut rows, mut near, mut stack) = (Vec::new(), Vec::new(), Vec::new());
        for (leaf, &node) in leaves.iter().enumerate() {
            let at = leaf * LANES;
            let asked = self.positions.asked.iter().zip(&self.core).skip(at).take(LANES);
            let left = asked.enumerate().filter(|(_, (asked, core))| **asked && !**core);
            let mut left = left.map(|(lane, _)| (lane, 0_u64)).collect::<Vec<_>>();
            if left.is_empty() {
                continue;
            }
            self.near(node, &mut stack, &mut near);
            near.sort_unstable_by(|one: &(f64, u32), other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            self.tree.rows(leaf as u32, &mut rows);
            for &(_, other) in &near {
                for (lane, count) in &mut left {
                    let point = row(&rows, *lane, self.tree.width());
                    if self.tree.to_point(point, other) <= self.squared {
                        *count += self.weight_within(point, self.tree.node(other).first);
                    }
                    if *count >= self.min_points {
                        self.core.iter_mut().skip(at + *lane).take(1).for_each(|core| *core = true);
                    }
                }
                left.retain(|(_, count)| *count < self.min_points);
                if left.is_empty() {
                    break;
                }
            }
        }
    }

    /// The leaves within ε of a leaf's box, and how far they are.
    fn near(&self, leaf: u32, stack: &mut Vec<u32>, near: &mut Vec<(f64, u32)>) {
        near.clear();
        stack.push(0);
        while let Some(node) = stack.pop() {
            let apart = self.tree.between(leaf, node);
            if apart <= self.squared {
                match self.tree.node(node).children(node) {
                    None => near.push((apart, node)),
                    Some(children) => stack.extend(children),
                }
            }
        }
    }

    fn weight_within(&self, point: &[f64], leaf: u32) -> u64 {
        let from = leaf as usize * LANES;
        let weights = self.positions.weights.get(from..from + LANES).unwrap_or_default();
        let distances = distances(self.tree.block(leaf), point);
        let within = |(distance, weight): (&f64, &u64)| if *distance <= self.squared { *weight } else { 0 };
        distances.iter().zip(weights).map(within).sum()
    }

    /// What each node holds, children before parents.
    fn summarise(&mut self) {
        for number in (0..self.tree.nodes.len() as u32).rev() {
            let node = self.tree.node(number);
            let first = match node.children(number) {
                None => node.positions().find(|&position| self.is_core(position)).map_or(NONE, |first| first as u32),
                Some(children) => children.into_iter().map(|child| self.first(child)).min().unwrap_or(NONE),
            };
            if let Some(slot) = self.firsts.get_mut(number as usize) {
                *slot = first;
            }
            self.refresh(number);
        }
    }

    fn first(&self, node: u32) -> u32 {
        self.firsts.get(node as usize).copied().unwrap_or(NONE)
    }

    /// The cluster of all core points of a node, if they are known to be of one.
    fn sole(&mut self, node: u32) -> Option<u32> {
        let uniform = self.uniform.get(node as usize).copied().unwrap_or(false);
        if uniform { Some(self.sets.find(self.first(node))) } else { None }
    }

    /// Looks again whether all core points of a node are of one cluster.
    fn refresh(&mut self, number: u32) {
        let first = self.first(number);
        if first == NONE || self.sole(number).is_some() {
            return;
        }
        let cluster = self.sets.find(first);
        let node = self.tree.node(number);
        let uniform = match node.children(number) {
            None => node.positions().all(|position| !self.is_core(position) || self.cluster(position) == cluster),
            Some(children) => children
                .into_iter()
                .all(|child| self.first(child) == NONE || self.sole(child).is_some_and(|sole| sole == cluster)),
        };
        if let Some(slot) = self.uniform.get_mut(number as usize) {
            *slot = uniform;
        }
    }

    fn join(&mut self, leaves: &[u32]) {
        let mut rows = Vec::new();
        for &leaf in leaves {
            if self.first(leaf) == NONE {
                continue;
            }
            self.tree.rows(self.tree.node(leaf).first, &mut rows);
            if self.sole(leaf).is_none() {
                self.connect(leaf, leaf, &rows);
            }
            self.join_leaf(leaf, 0, &rows);
        }
    }

    /// Joins a leaf with the later leaves under a node.
    fn join_leaf(&mut self, leaf: u32, number: u32, rows: &[f64]) {
        let node = self.tree.node(number);
        if self.first(number) == NONE || node.first + node.leaves <= self.tree.node(leaf).first + 1 {
            return;
        }
        if self.joined(leaf, number) || self.tree.between(leaf, number) > self.squared {
            return;
        }
        match node.children(number) {
            None => self.connect(leaf, number, rows),
            Some(children) => {
                children.into_iter().for_each(|child| self.join_leaf(leaf, child, rows));
                self.refresh(number);
            }
        }
    }

    fn joined(&mut self, one: u32, other: u32) -> bool {
        match (self.sole(one), self.sole(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
    }

    /// Joins the core points of two leaves, of the first of which these are the rows.
    fn connect(&mut self, one: u32, other: u32, rows: &[f64]) {
        let (first, second) = (self.tree.node(one).first, self.tree.node(other).first);
        for lane in 0..LANES {
            let position = first as usize * LANES + lane;
            let point = row(rows, lane, self.tree.width());
            if !self.is_core(position) || self.tree.to_point(point, other) > self.squared {
                continue;
            }
            let cluster = self.cluster(position);
            if self.sole(other).is_some_and(|sole| sole == cluster) {
                continue;
            }
            let distances = distances(self.tree.block(second), point);
            for (position, distance) in (second as usize * LANES..).zip(distances) {
                if distance <= self.squared && self.is_core(position) {
                    self.sets.unite(cluster, position as u32);
                }
            }
            if self.joined(one, other) {
                return;
            }
        }
        self.refresh(one);
        self.refresh(other);
    }

    /// The nearest core point within ε of each wanted point that is not core; of several, the one that `before` puts first.
    ///
    /// # Arguments
    /// - `wanted`: whether the point at a position is.
    /// - `before`: whether the first position's point comes before the second's.
    pub(super) fn borders(
        &self,
        wanted: impl Fn(usize) -> bool,
        before: impl Fn(usize, usize) -> bool,
    ) -> Vec<(usize, Option<usize>)> {
        let (mut rows, mut near, mut stack, mut borders) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for leaf in self.tree.leaves() {
            let positions = self.tree.node(leaf).positions();
            let mut sought = positions
                .clone()
                .filter(|&at| wanted(at) && !self.is_core(at))
                .map(|at| (at, self.squared, None))
                .collect::<Vec<_>>();
            if sought.is_empty() {
                continue;
            }
            self.near(leaf, &mut stack, &mut near);
            self.tree.rows(self.tree.node(leaf).first, &mut rows);
            for &(_, other) in &near {
                if self.first(other) == NONE {
                    continue;
                }
                let begin = self.tree.node(other).first;
                for (at, nearest, found) in &mut sought {
                    let point = row(&rows, *at - positions.start, self.tree.width());
                    if self.tree.to_point(point, other) > *nearest {
                        continue;
                    }
                    for (core, distance) in (begin as usize * LANES..).zip(distances(self.tree.block(begin), point)) {
                        let first = || found.is_none_or(|found| distance < *nearest || before(core, found));
                        if distance <= *nearest && self.is_core(core) && first() {
                            (*nearest, *found) = (distance, Some(core));
                        }
                    }
                }
            }
            borders.extend(sought.into_iter().map(|(at, _, found)| (at, found)));
        }
        borders
    }
}

fn row(rows: &[f64], lane: usize, width: usize) -> &[f64] {
    rows.get(lane * width..(lane + 1) * width).unwrap_or_default()
}
