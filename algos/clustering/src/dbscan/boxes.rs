//! Boxes of space, and which of them a point goes to.

use serde::{Deserialize, Serialize};

/// A binary tree of cuts. Each leaf is a box, which owns the points that fall into it.
///
/// Which other points a box gets is decided by the bounds of the points that it owns, not by the cuts: where the points of
/// two boxes lie far apart, as rows of different categories do, nothing is copied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Boxes {
    pub(super) width: u64,
    /// Each node before its children, the left one first.
    pub(super) nodes: Vec<Node>,
    /// For each node the least and greatest number of each column, of the points that it owns. Empty if there is one box.
    bounds: Vec<f64>,
    /// How many boxes there are.
    pub count: u64,
}

/// A cut or a box.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Node {
    /// Points with less in this column than `threshold` are of the next node, others of the node `right`.
    pub(super) column: u64,
    pub(super) threshold: f64,
    /// 0 if the node is a box.
    pub(super) right: u64,
    /// Its number if the node is a box.
    pub(super) number: u64,
}

/// Where a point goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The box.
    pub number: u64,
    /// Whether it owns the point.
    pub owned: bool,
    /// As for a [`super::points::Member`].
    pub shared: bool,
}

/// The least and greatest numbers of the points that each box owns. Merging is exact in any order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extents {
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Extents {
    /// Of these boxes, without points.
    #[must_use]
    pub fn new(boxes: &Boxes) -> Self {
        let numbers = size(boxes.width) * size(boxes.count);
        Self { low: vec![f64::INFINITY; numbers], high: vec![f64::NEG_INFINITY; numbers] }
    }

    /// Adds a point to the box that owns it.
    pub fn push(&mut self, boxes: &Boxes, row: &[f64]) {
        let from = size(boxes.owner(row)) * row.len();
        self.low.iter_mut().skip(from).zip(row).for_each(|(low, &value)| *low = low.min(value));
        self.high.iter_mut().skip(from).zip(row).for_each(|(high, &value)| *high = high.max(value));
    }

    /// Adds those of other points.
    pub fn merge(&mut self, other: &Self) {
        self.low.iter_mut().zip(&other.low).for_each(|(one, &other)| *one = one.min(other));
        self.high.iter_mut().zip(&other.high).for_each(|(one, &other)| *one = one.max(other));
    }
}

impl Boxes {
    /// Boxes of cuts, of which no bounds are known yet.
    pub(super) fn of(width: u64, nodes: Vec<Node>) -> Self {
        let count = nodes.iter().filter(|node| node.right == 0).count() as u64;
        Self { width, nodes, bounds: Vec::new(), count }
    }

    /// The one box of everything.
    #[must_use]
    pub fn one(width: u64) -> Self {
        Self::of(width, vec![Node { column: 0, threshold: 0.0, right: 0, number: 0 }])
    }

    /// Sets the bounds of all points, which every number of boxes above one needs.
    pub fn bound(&mut self, extents: &Extents) {
        let width = size(self.width);
        self.bounds = vec![0.0; self.nodes.len() * width * 2];
        for at in (0..self.nodes.len()).rev() {
            let Some(node) = self.nodes.get(at).copied() else { continue };
            let of_box = |bounds: &[f64]| bounds.iter().skip(size(node.number) * width).take(width).copied().collect();
            let (low, high): (Vec<f64>, Vec<f64>) = if node.right == 0 {
                (of_box(&extents.low), of_box(&extents.high))
            } else {
                let ((low, high), (least, greatest)) = (self.bounds_of(at + 1), self.bounds_of(size(node.right)));
                let low = low.iter().zip(least).map(|(one, other)| one.min(*other)).collect();
                (low, high.iter().zip(greatest).map(|(one, other)| one.max(*other)).collect())
            };
            let slots = self.bounds.iter_mut().skip(at * width * 2);
            slots.zip(low.into_iter().chain(high)).for_each(|(slot, bound)| *slot = bound);
        }
    }

    /// The box that owns a point.
    #[must_use]
    pub fn owner(&self, row: &[f64]) -> u64 {
        let mut at = 0;
        loop {
            let Some(node) = self.nodes.get(at) else { return 0 };
            if node.right == 0 {
                return node.number;
            }
            let less = row.get(size(node.column)).is_some_and(|value| *value < node.threshold);
            at = if less { at + 1 } else { size(node.right) };
        }
    }

    /// The boxes that a point goes to: the one that owns it first.
    pub fn route(&self, row: &[f64], eps: f64, visits: &mut Vec<Visit>) {
        let number = self.owner(row);
        visits.clear();
        visits.push(Visit { number, owned: true, shared: false });
        // A little more than ε and 2ε, so that rounding and underflow of a computed distance miss no box.
        let near = eps * (1.0 + 1e-9) + 1e-150;
        let far = near * 2.0 * (1.0 + 1e-9);
        let (near, far) = (near * near, far * far);
        if self.count > 1 {
            self.visit(0, row, near, far, visits);
        }
        let shared = visits.iter().any(|visit| !visit.owned && visit.shared);
        visits.iter_mut().take(1).for_each(|owner| owner.shared = shared);
    }

    fn visit(&self, at: usize, row: &[f64], near: f64, far: f64, visits: &mut Vec<Visit>) {
        let Some(node) = self.nodes.get(at) else { return };
        let (low, high) = self.bounds_of(at);
        let beside = |((value, low), high): ((&f64, &f64), &f64)| (low - value).max(value - high).max(0.0);
        let apart = row.iter().zip(low).zip(high).map(beside).fold(0.0, |sum, beside| sum + beside * beside);
        // A node without points has infinite bounds.
        if apart > far || apart == f64::INFINITY {
            return;
        }
        if node.right != 0 {
            self.visit(at + 1, row, near, far, visits);
            self.visit(size(node.right), row, near, far, visits);
        } else if visits.first().is_some_and(|owner| owner.number != node.number) {
            visits.push(Visit { number: node.number, owned: false, shared: apart <= near });
        }
    }

    fn bounds_of(&self, at: usize) -> (&[f64], &[f64]) {
        let width = size(self.width);
        let from = at * width * 2;
        let bounds = self.bounds.get(from..from + width * 2).unwrap_or_default();
        bounds.split_at_checked(width).unwrap_or_default()
    }
}

pub(super) fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
