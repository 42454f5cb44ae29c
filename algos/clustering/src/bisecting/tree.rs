//! The way of a row through the splits.

use multiversion::multiversion;
use netlytics_features::Rows;

use super::state::{Model, Node, Trial};
use crate::assign;
use netlytics_learning::Error;

/// Sums that make one.
const LANES: usize = 8;
/// The end of rows that nothing is done with.
const NOWHERE: u32 = u32::MAX;

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
    End(u32),
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

/// Half way between two numbers; of neighbours, between which there is none, the left one, so that they part.
pub(super) fn halfway(left: f64, right: f64) -> f64 {
    let middle = 0.5 * left + 0.5 * right;
    if middle == right { left } else { middle }
}

impl Branch {
    fn new(left_point: &[f64], right_point: &[f64], left: Target, right: Target) -> Self {
        let pairs = || left_point.iter().zip(right_point);
        let middle = pairs().map(|(left, right)| halfway(*left, *right)).collect::<Vec<_>>();
        let along = pairs().map(|(left, right)| right - left).collect::<Vec<_>>();
        let offset = middle.iter().zip(&along).fold(0.0, |sum, (middle, along)| sum + middle * along);
        Self { middle, along, offset, left, right }
    }
}

impl Tree {
    /// The ends are the sides of trials, left and right; rows of other clusters go nowhere.
    pub(super) fn of_trials(width: usize, sparse: bool, nodes: &[Node], trials: &[Trial]) -> Self {
        let mut tree = Self { width, sparse, root: Target::End(NOWHERE), branches: Vec::new() };
        let sides = (0..).zip(trials).map(|(at, trial)| {
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
        let mut tree = Self { width, sparse: model.sparse, root: Target::End(NOWHERE), branches: Vec::new() };
        tree.root = tree.grow(&model.nodes, 0, &mut |_, node| {
            node.cluster.and_then(|cluster| u32::try_from(cluster).ok()).map(Leaf::End)
        });
        tree
    }

    fn grow(&mut self, nodes: &[Node], number: u64, leaf: &mut dyn FnMut(u64, &Node) -> Option<Leaf>) -> Target {
        let Some(node) = usize::try_from(number).ok().and_then(|at| nodes.get(at)) else { return Target::End(NOWHERE) };
        let branch = match &node.split {
            // Children come after their parents: so this ends.
            Some(split) if split.left > number && split.right > number => {
                let (left, right) = (self.grow(nodes, split.left, leaf), self.grow(nodes, split.right, leaf));
                Branch::new(&split.left_point, &split.right_point, left, right)
            }
            Some(_) => return Target::End(NOWHERE),
            None => match leaf(number, node) {
                Some(Leaf::Branch(branch)) => branch,
                Some(Leaf::End(end)) => return Target::End(end),
                None => return Target::End(NOWHERE),
            },
        };
        self.branches.push(branch);
        Target::Branch(self.branches.len() - 1)
    }

    /// Goes through the rows, block by block.
    pub(super) fn walk(&self, rows: &Rows<'_>, spare: &mut Spare, mut each: impl FnMut(&Block<'_>)) {
        let Spare { values, ends } = spare;
        for rows in rows.chunks(assign::at_once(self.width)) {
            ends.clear();
            let dense = if self.sparse { None } else { Some(assign::dense(&rows, values)) };
            match dense {
                Some(values) => ends_of(self, values, ends),
                None => ends.extend(rows.iter().map(|row| {
                    self.end(|branch| {
                        row.non_zero().fold(-branch.offset, |sum, (feature, value)| {
                            sum + value * branch.along.get(feature).copied().unwrap_or(0.0)
                        })
                    })
                })),
            }
            each(&Block { rows, dense, ends });
        }
    }

    #[inline(always)]
    fn end(&self, beyond: impl Fn(&Branch) -> f64) -> u32 {
        let mut target = self.root;
        loop {
            target = match target {
                Target::End(end) => return end,
                Target::Branch(at) => match self.branches.get(at) {
                    Some(branch) if beyond(branch) <= 0.0 => branch.left,
                    Some(branch) => branch.right,
                    None => return NOWHERE,
                },
            };
        }
    }
}

/// Some rows and the end that each comes to; one that no tree has for rows that nothing is done with.
pub(super) struct Block<'a> {
    pub(super) rows: Rows<'a>,
    /// The rows' numbers; none where sides are computed from those that are not zero.
    pub(super) dense: Option<&'a [f64]>,
    pub(super) ends: &'a [u32],
}

/// Memory for a walk, kept from batch to batch.
#[derive(Debug, Default)]
pub(super) struct Spare {
    values: Vec<f64>,
    ends: Vec<u32>,
}

enum Leaf {
    Branch(Branch),
    End(u32),
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn ends_of(tree: &Tree, values: &[f64], ends: &mut Vec<u32>) {
    let rows = values.chunks_exact(tree.width);
    ends.extend(rows.map(|row| tree.end(|branch| beyond(row, &branch.middle, &branch.along))));
}

/// How far a row is beyond the middle, times the distance of the points. Eight sums, added up in a fixed order: the same
/// roundings with vector instructions of any width.
#[inline(always)]
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
    spare: Spare,
}

impl Scorer {
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self { tree: Tree::of_model(model), spare: Spare::default() }
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
        let mut lost = false;
        self.tree.walk(rows, &mut self.spare, |block| {
            lost |= block.ends.contains(&NOWHERE);
            clusters.extend(block.ends.iter().map(|&cluster| i64::from(cluster)));
        });
        if lost { Err(Error::Foreign("a tree with lost branches")) } else { Ok(()) }
    }
}
