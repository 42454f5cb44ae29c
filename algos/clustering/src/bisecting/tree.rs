//! The way of a row through the splits.

use multiversion::multiversion;
use netlytics_features::{Row, Rows};

use super::state::{Model, Node, Trial};
use crate::assign;
use crate::error::Error;

/// Rows looked at together.
const BLOCK_ROWS: usize = 64;
/// Sums that make one.
const LANES: usize = 8;

/// Splits, ready to be walked through.
pub(super) struct Tree {
    width: usize,
    sparse: bool,
    root: Target,
    branches: Vec<Branch>,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    Branch(usize),
    End(usize),
    /// Rows that nothing is done with.
    Nowhere,
}

struct Branch {
    /// Half way between both points.
    middle: Vec<f64>,
    /// From the left point to the right one.
    along: Vec<f64>,
    /// The middle's place along that way.
    offset: f64,
    left: Target,
    right: Target,
}

impl Branch {
    fn new(left_point: &[f64], right_point: &[f64], left: Target, right: Target) -> Self {
        let pairs = || left_point.iter().zip(right_point);
        let middle = pairs().map(|(left, right)| 0.5 * left + 0.5 * right).collect::<Vec<_>>();
        let along = pairs().map(|(left, right)| right - left).collect::<Vec<_>>();
        let offset = middle.iter().zip(&along).fold(0.0, |sum, (middle, along)| sum + middle * along);
        Self { middle, along, offset, left, right }
    }
}

impl Tree {
    /// The ends are the sides of trials, left and right; rows of other clusters go nowhere.
    pub(super) fn of_trials(width: usize, sparse: bool, nodes: &[Node], trials: &[Trial]) -> Self {
        let mut tree = Self { width, sparse, root: Target::Nowhere, branches: Vec::new() };
        let sides = trials.iter().enumerate().map(|(at, trial)| {
            let sides = (Target::End(2 * at), Target::End(2 * at + 1));
            (trial.node, Branch::new(&trial.left, &trial.right, sides.0, sides.1))
        });
        let mut trials = sides.collect::<Vec<_>>();
        tree.root = tree.grow(nodes, 0, &mut |number, _| {
            trials.iter().position(|(node, _)| *node == number).map(|at| Leaf::Branch(trials.swap_remove(at).1))
        });
        tree
    }

    /// The ends are the clusters.
    fn of_model(model: &Model) -> Self {
        let width = model.nodes.first().map_or(0, |root| root.center.len());
        let mut tree = Self { width, sparse: model.sparse, root: Target::Nowhere, branches: Vec::new() };
        tree.root = tree.grow(&model.nodes, 0, &mut |_, node| {
            node.cluster.and_then(|cluster| usize::try_from(cluster).ok()).map(Leaf::End)
        });
        tree
    }

    fn grow(&mut self, nodes: &[Node], number: u64, leaf: &mut dyn FnMut(u64, &Node) -> Option<Leaf>) -> Target {
        let Some(node) = usize::try_from(number).ok().and_then(|at| nodes.get(at)) else { return Target::Nowhere };
        let branch = match &node.split {
            // Children come after their parents: so this ends.
            Some(split) if split.left > number && split.right > number => {
                let (left, right) = (self.grow(nodes, split.left, leaf), self.grow(nodes, split.right, leaf));
                Branch::new(&split.left_point, &split.right_point, left, right)
            }
            Some(_) => return Target::Nowhere,
            None => match leaf(number, node) {
                Some(Leaf::Branch(branch)) => branch,
                Some(Leaf::End(end)) => return Target::End(end),
                None => return Target::Nowhere,
            },
        };
        self.branches.push(branch);
        Target::Branch(self.branches.len() - 1)
    }

    /// Whether sides are computed from the numbers that are not zero.
    pub(super) fn is_sparse(&self) -> bool {
        self.sparse
    }

    /// Goes through the rows, with the end that each comes to.
    pub(super) fn walk(&self, rows: &Rows<'_>, spare: &mut Vec<f64>, mut each: impl FnMut(Row<'_>, usize)) {
        if self.sparse {
            for row in rows.iter() {
                let end = self.end(|branch| {
                    row.non_zero().fold(-branch.offset, |sum, (feature, value)| {
                        sum + value * branch.along.get(feature).copied().unwrap_or(0.0)
                    })
                });
                end.into_iter().for_each(|end| each(row, end));
            }
            return;
        }
        for start in (0..rows.len()).step_by(BLOCK_ROWS) {
            let values = assign::dense(rows, start, BLOCK_ROWS.min(rows.len() - start), spare);
            for row in values.chunks_exact(self.width) {
                let end = self.end(|branch| beyond(row, &branch.middle, &branch.along));
                end.into_iter().for_each(|end| each(Row::Dense(row), end));
            }
        }
    }

    fn end(&self, beyond: impl Fn(&Branch) -> f64) -> Option<usize> {
        let mut target = self.root;
        loop {
            target = match target {
                Target::End(end) => return Some(end),
                Target::Nowhere => return None,
                Target::Branch(at) => match self.branches.get(at) {
                    Some(branch) if beyond(branch) <= 0.0 => branch.left,
                    Some(branch) => branch.right,
                    None => Target::Nowhere,
                },
            };
        }
    }
}

enum Leaf {
    Branch(Branch),
    End(usize),
}

/// How far a row is beyond the middle, times the distance of the points. Eight sums, added up in a fixed order: the same
/// roundings with vector instructions of any width.
#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn beyond(row: &[f64], middle: &[f64], along: &[f64]) -> f64 {
    let mut sums = [0.0; LANES];
    let ((rows, row), (middles, middle), (alongs, along)) =
        (row.as_chunks::<LANES>(), middle.as_chunks::<LANES>(), along.as_chunks::<LANES>());
    for ((row, middle), along) in rows.iter().zip(middles).zip(alongs) {
        for (((sum, value), middle), along) in sums.iter_mut().zip(row).zip(middle).zip(along) {
            *sum += (value - middle) * along;
        }
    }
    for (((sum, value), middle), along) in sums.iter_mut().zip(row).zip(middle).zip(along) {
        *sum += (value - middle) * along;
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

/// Finds the cluster of each row.
pub struct Scorer {
    tree: Tree,
    spare: Vec<f64>,
}

impl Scorer {
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self { tree: Tree::of_model(model), spare: Vec::new() }
    }

    /// Appends the cluster of each row, from 0.
    ///
    /// # Errors
    /// The rows are not as wide as the centres, or the model is none.
    pub fn score(&mut self, rows: &Rows<'_>, clusters: &mut Vec<i64>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        if rows.width() != self.tree.width {
            return Err(Error::Width { expected: self.tree.width, found: rows.width() });
        }
        let before = clusters.len();
        self.tree.walk(rows, &mut self.spare, |_, cluster| clusters.push(cluster as i64));
        if clusters.len() - before == rows.len() { Ok(()) } else { Err(Error::Foreign("a tree with lost branches")) }
    }
}
