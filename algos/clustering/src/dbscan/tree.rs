//! A k-d tree of points whose leaves are blocks for vector instructions.

use super::points::Matrix;

/// Points of a leaf.
pub(super) const LANES: usize = 16;

/// Points in the order of their leaves. The point at position p is in lane `p % LANES` of leaf `p / LANES`; all leaves but
/// the last are full.
///
/// Boxes around points bound distances without slack: each term of the sum of squares is at most (or at least) the term
/// of any two points inside, after rounding too, and the terms are added in the same order.
pub(super) struct Tree {
    width: usize,
    /// Which point is at each position.
    pub(super) order: Vec<u32>,
    /// For each leaf its columns, one after the other. Lanes without a point are NaN, which is near nothing.
    blocks: Vec<[f64; LANES]>,
    /// Each node before its children, the left one first.
    pub(super) nodes: Vec<Node>,
    /// For each node the least and the greatest number of each column.
    bounds: Vec<f64>,
}

/// A run of leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) first: u32,
    pub(super) leaves: u32,
    /// The right child, none of a leaf. The left one is the next node.
    pub(super) right: Option<u32>,
}

impl Node {
    /// The positions of its points.
    pub(super) fn positions(self) -> std::ops::Range<usize> {
        let first = self.first as usize * LANES;
        first..first + self.leaves as usize * LANES
    }

    /// Its children, given its own number.
    pub(super) fn children(self, node: u32) -> Option<[u32; 2]> {
        self.right.map(|right| [node + 1, right])
    }
}

impl Tree {
    /// The tree of these points, fewer than 2^32.
    pub(super) fn new(points: &Matrix, count: usize) -> Self {
        let width = points.width;
        let order = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect::<Vec<_>>();
        let mut tree = Self { width, order, blocks: Vec::new(), nodes: Vec::new(), bounds: Vec::new() };
        let mut order = std::mem::take(&mut tree.order);
        let mut keys = Vec::with_capacity(count);
        tree.cut(points, &mut order, 0, &mut keys);
        tree.order = order;
        tree.fill(points);
        tree.bound();
        tree
    }

    /// The node of this number.
    pub(super) fn node(&self, node: u32) -> Node {
        self.nodes.get(node as usize).copied().unwrap_or(Node { first: 0, leaves: 0, right: None })
    }

    /// Nodes that are leaves, in the order of the leaves.
    pub(super) fn leaves(&self) -> Vec<u32> {
        (0..).zip(&self.nodes).filter(|(_, node)| node.right.is_none()).map(|(number, _)| number).collect()
    }

    fn cut(&mut self, points: &Matrix, order: &mut [u32], first: u32, keys: &mut Vec<(f64, u32)>) {
        let leaves = order.len().div_ceil(LANES);
        let number = self.nodes.len();
        self.nodes.push(Node { first, leaves: leaves as u32, right: None });
        if leaves <= 1 {
            return;
        }
        let left = leaves.div_ceil(2);
        let column = widest(points, order);
        let key = |point: u32| points.values.get(point as usize * points.width + column).copied().unwrap_or(0.0);
        keys.clear();
        keys.extend(order.iter().map(|&point| (key(point), point)));
        keys.select_nth_unstable_by(left * LANES, |one, other| one.0.total_cmp(&other.0));
        for (slot, &(_, point)) in order.iter_mut().zip(keys.iter()) {
            *slot = point;
        }
        let Some((before, after)) = order.split_at_mut_checked(left * LANES) else { return };
        self.cut(points, before, first, keys);
        let right = self.nodes.len() as u32;
        if let Some(node) = self.nodes.get_mut(number) {
            node.right = Some(right);
        }
        self.cut(points, after, first + left as u32, keys);
    }

    fn fill(&mut self, points: &Matrix) {
        self.blocks.reserve(self.order.len().div_ceil(LANES) * self.width);
        for leaf in self.order.chunks(LANES) {
            for column in 0..self.width {
                let mut lanes = [f64::NAN; LANES];
                for (lane, &point) in lanes.iter_mut().zip(leaf) {
                    *lane = points.values.get(point as usize * self.width + column).copied().unwrap_or(f64::NAN);
                }
                self.blocks.push(lanes);
            }
        }
    }

    fn bound(&mut self) {
        self.bounds = vec![0.0; self.nodes.len() * self.width * 2];
        for number in (0..self.nodes.len() as u32).rev() {
            let node = self.node(number);
            let (mut low, mut high) = (vec![f64::INFINITY; self.width], vec![f64::NEG_INFINITY; self.width]);
            match node.children(number) {
                None => {
                    for ((lanes, low), high) in self.block(node.first).iter().zip(&mut low).zip(&mut high) {
                        *low = lanes.iter().copied().fold(*low, f64::min);
                        *high = lanes.iter().copied().fold(*high, f64::max);
                    }
                }
                Some(children) => {
                    for child in children {
                        let (least, greatest) = self.box_of(child);
                        low.iter_mut().zip(least).for_each(|(low, &other)| *low = low.min(other));
                        high.iter_mut().zip(greatest).for_each(|(high, &other)| *high = high.max(other));
                    }
                }
            }
            let slots = self.bounds.iter_mut().skip(number as usize * self.width * 2);
            slots.zip(low.into_iter().chain(high)).for_each(|(slot, bound)| *slot = bound);
        }
    }

    /// The columns of a leaf.
    pub(super) fn block(&self, leaf: u32) -> &[[f64; LANES]] {
        let from = leaf as usize * self.width;
        self.blocks.get(from..from + self.width).unwrap_or_default()
    }

    /// The rows of a leaf, one after the other.
    pub(super) fn rows(&self, leaf: u32, rows: &mut Vec<f64>) {
        rows.clear();
        rows.resize(LANES * self.width, 0.0);
        for (column, lanes) in self.block(leaf).iter().enumerate() {
            let slots = rows.iter_mut().skip(column).step_by(self.width);
            slots.zip(lanes).for_each(|(slot, &value)| *slot = value);
        }
    }

    /// Numbers in a row.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Squared distance from a point to the nearest place of a node's box.
    pub(super) fn to_point(&self, point: &[f64], node: u32) -> f64 {
        let (low, high) = self.box_of(node);
        let beside = |((value, low), high): ((&f64, &f64), &f64)| (low - value).max(value - high).max(0.0);
        point.iter().zip(low).zip(high).map(beside).fold(0.0, |sum, beside| sum + beside * beside)
    }

    /// Least squared distance of two nodes' boxes.
    pub(super) fn between(&self, one: u32, other: u32) -> f64 {
        let ((low, high), (least, greatest)) = (self.box_of(one), self.box_of(other));
        let sides = low.iter().zip(high).zip(least.iter().zip(greatest));
        sides
            .map(|((low, high), (least, greatest))| (least - high).max(low - greatest).max(0.0))
            .fold(0.0, |sum, beside| sum + beside * beside)
    }

    /// Squared diagonal of a node's box.
    pub(super) fn diagonal(&self, node: u32) -> f64 {
        let (low, high) = self.box_of(node);
        low.iter().zip(high).map(|(low, high)| high - low).fold(0.0, |sum, side| sum + side * side)
    }

    fn box_of(&self, node: u32) -> (&[f64], &[f64]) {
        let from = node as usize * self.width * 2;
        let bounds = self.bounds.get(from..from + self.width * 2).unwrap_or_default();
        bounds.split_at_checked(self.width).unwrap_or_default()
    }
}

/// Squared distances from a point to those of a block.
#[inline]
pub(super) fn distances(block: &[[f64; LANES]], point: &[f64]) -> [f64; LANES] {
    let mut sums = [0.0; LANES];
    for (column, value) in block.iter().zip(point) {
        for (sum, other) in sums.iter_mut().zip(column) {
            let apart = other - value;
            *sum += apart * apart;
        }
    }
    sums
}

/// The column in which points differ most, judged by up to 64 of them: it decides about speed only.
fn widest(points: &Matrix, order: &[u32]) -> usize {
    let step = order.len().div_ceil(64).max(1);
    let mut bounds = vec![(f64::INFINITY, f64::NEG_INFINITY); points.width];
    for &point in order.iter().step_by(step) {
        let row = points.values.iter().skip(point as usize * points.width);
        for ((low, high), &value) in bounds.iter_mut().zip(row) {
            *low = low.min(value);
            *high = high.max(value);
        }
    }
    let sides = bounds.iter().map(|(low, high)| high - low).enumerate();
    sides.max_by(|one, other| one.1.total_cmp(&other.1)).map_or(0, |(column, _)| column)
}
