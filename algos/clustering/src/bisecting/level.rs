//! What is known of the sides of splits: rows, sums and squares.

use multiversion::multiversion;
use netlytics_features::Rows;
use netlytics_sums::{Grid, Table, Total};

use super::state::{Node, Trial};
use super::tree::{Spare, Tree};
use crate::error::Error;
use crate::extent::{Extent, grid};

/// Rows of a cluster are taken for equal if their standard deviation is below this share of their magnitude.
const EQUAL: f64 = 1e-12;

/// Sums over the sides of trials; or over all rows, as the left side of the one trial of a root.
pub(super) struct Sides {
    tree: Tree,
    points: Vec<Vec<f64>>,
    counts: Vec<u64>,
    sums: Table,
    squares: Option<Table>,
    spare: Spare,
    squared: Vec<f64>,
}

/// The points that squared differences are taken from: those of the sides, which keeps digits; or zeros, where most numbers
/// are zero, so that only the others have to be looked at.
fn points(extent: &Extent, trials: &[Trial]) -> Vec<Vec<f64>> {
    let sides = trials.iter().flat_map(|trial| [&trial.left, &trial.right]);
    sides.map(|point| if extent.sparse { vec![0.0; point.len()] } else { point.clone() }).collect()
}

/// The grids of the squares. A side's point is at most half the extent outside of it.
fn square_grids(extent: &Extent) -> Result<Vec<Grid>, Error> {
    let bounds = extent.least.iter().zip(&extent.most).map(|(least, most)| {
        let reach = if extent.sparse { least.abs().max(most.abs()) } else { 2.0 * (most - least) };
        reach * reach
    });
    bounds.map(grid).collect()
}

impl Sides {
    /// # Errors
    /// The extent is not of a fit.
    pub(super) fn new(extent: &Extent, nodes: &[Node], trials: &[Trial], measured: bool) -> Result<Self, Error> {
        let points = points(extent, trials);
        let grids = if measured { Some(square_grids(extent)?) } else { None };
        Ok(Self {
            tree: Tree::of_trials(extent.width(), extent.sparse, nodes, trials),
            counts: vec![0; points.len()],
            sums: Table::new(points.len(), &extent.grids()?),
            squares: grids.map(|grids| Table::new(points.len(), &grids)),
            points,
            spare: Spare::default(),
            squared: Vec::new(),
        })
    }

    pub(super) fn push(&mut self, rows: &Rows<'_>) {
        let Self { tree, points, counts, sums, squares, spare, squared } = self;
        tree.walk(rows, spare, |block| {
            for &side in block.ends {
                if let Some(count) = counts.get_mut(side as usize) {
                    *count += 1;
                }
            }
            if let Some(values) = block.dense {
                sums.add_all(values, block.ends);
                if let Some(squares) = squares {
                    squared.clear();
                    square(values, block.ends, points, squared);
                    squares.add_all(squared, block.ends);
                }
                return;
            }
            for (row, &side) in block.rows.iter().zip(block.ends) {
                sums.add_sparse(side as usize, row.non_zero());
                if let Some(squares) = squares {
                    squares.add_sparse(side as usize, row.non_zero().map(|(feature, value)| (feature, value * value)));
                }
            }
        });
    }

    pub(super) fn finish(self) -> (Vec<u64>, Vec<Total>, Vec<Total>) {
        (self.counts, self.sums.into_totals(), self.squares.map(Table::into_totals).unwrap_or_default())
    }
}

/// Appends the squared differences of rows from their sides' points.
#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn square(values: &[f64], sides: &[u32], points: &[Vec<f64>], squared: &mut Vec<f64>) {
    let Some(width) = points.first().map(Vec::len) else { return };
    for (row, &side) in values.chunks_exact(width).zip(sides) {
        match points.get(side as usize) {
            Some(point) => {
                squared.extend(row.iter().zip(point).map(|(value, point)| (value - point) * (value - point)))
            }
            // Of no side: nothing is done with it.
            None => squared.extend_from_slice(row),
        }
    }
}

/// The means of the sides; none of one without rows.
///
/// # Errors
/// The sums are of other trials.
pub(super) fn means(
    extent: &Extent,
    trials: &[Trial],
    counts: &[u64],
    sums: &[Total],
) -> Result<Vec<Option<Vec<f64>>>, Error> {
    if counts.len() != 2 * trials.len() || sums.len() != counts.len() * extent.width() {
        return Err(Error::Foreign("sums of other splits"));
    }
    let grids = extent.grids()?;
    let sides = counts.iter().zip(sums.chunks_exact(extent.width()));
    Ok(sides.map(|(&count, sums)| (count > 0).then(|| per_row(sums, &grids, count))).collect())
}

fn per_row(totals: &[Total], grids: &[Grid], rows: u64) -> Vec<f64> {
    totals.iter().zip(grids).map(|(total, grid)| grid.value(*total) / rows as f64).collect()
}

/// The sides as clusters; none for one without rows.
///
/// # Errors
/// The sums are of other trials, or not of the last pass of a level.
pub(super) fn clusters(
    extent: &Extent,
    trials: &[Trial],
    counts: &[u64],
    centers: Vec<Option<Vec<f64>>>,
    squares: &[Total],
) -> Result<Vec<Option<Node>>, Error> {
    let points = points(extent, trials);
    if squares.len() != points.len() * extent.width() {
        return Err(Error::Foreign("sums of other splits"));
    }
    let grids = square_grids(extent)?;
    let sides = points.iter().zip(counts).zip(centers).zip(squares.chunks_exact(extent.width()));
    Ok(sides
        .map(|(((point, &rows), center), squares)| {
            center.map(|center| node(point, rows, center, &per_row(squares, &grids, rows)))
        })
        .collect())
}

/// A cluster of rows, from the means of their squared differences from a point.
fn node(point: &[f64], rows: u64, center: Vec<f64>, squares: &[f64]) -> Node {
    let pairs = squares.iter().zip(&center).zip(point);
    let variance =
        |((square, center), point): ((&f64, &f64), &f64)| (square - (center - point) * (center - point)).max(0.0);
    let variances = pairs.map(variance).collect::<Vec<_>>();
    let largest =
        |best: (usize, f64), (at, &variance): (usize, &f64)| if variance > best.1 { (at, variance) } else { best };
    let (axis, variance) = variances.iter().enumerate().fold((0, 0.0), largest);
    let magnitude = center.get(axis).copied().unwrap_or(0.0).abs();
    let spread = if variance.sqrt() <= EQUAL * magnitude { 0.0 } else { variance.sqrt() };
    let cost = rows as f64 * variances.iter().fold(0.0, |sum, variance| sum + variance);
    Node { center, rows, cost, axis: axis as u64, spread, cluster: None, split: None }
}

/// Two points on both sides of a cluster's mean.
pub(super) fn trial(number: u64, node: &Node) -> Trial {
    let shifted = |by: f64| {
        let mut point = node.center.clone();
        if let Some(value) = usize::try_from(node.axis).ok().and_then(|axis| point.get_mut(axis)) {
            *value += by;
        }
        point
    };
    Trial { node: number, left: shifted(-node.spread), right: shifted(node.spread) }
}
