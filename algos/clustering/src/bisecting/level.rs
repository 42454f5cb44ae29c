//! What is known of the sides of splits: rows, sums, squares and ranges.

use multiversion::multiversion;
use netlytics_features::Rows;
use netlytics_sums::{Grid, Table, Total};

use super::ranges::Ranges;
use super::state::{Node, Partial, Trial};
use super::tree::{Spare, Tree, halfway};
use netlytics_learning::Error;
use netlytics_learning::extent::{Extent, grid};

/// Sums over the sides of trials; or over all rows, as the left side of the one trial of a root.
pub(super) struct Sides {
    tree: Tree,
    points: Vec<Vec<f64>>,
    counts: Vec<u64>,
    sums: Table,
    /// Of the last pass of a level.
    squares: Option<(Table, Ranges)>,
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
            squares: grids.map(|grids| {
                let ranges = Ranges::new(points.len(), extent.width(), extent.sparse);
                (Table::new(points.len(), &grids), ranges)
            }),
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
                if let Some((squares, ranges)) = squares {
                    squared.clear();
                    square(values, block.ends, points, squared);
                    squares.add_all(squared, block.ends);
                    ranges.add_all(values, block.ends);
                }
                return;
            }
            for (row, &side) in block.rows.iter().zip(block.ends) {
                sums.add_sparse(side as usize, row.non_zero());
                if let Some((squares, ranges)) = squares {
                    ranges.add_sparse(side as usize, row.non_zero());
                    squares.add_sparse(side as usize, row.non_zero().map(|(feature, value)| (feature, value * value)));
                }
            }
        });
    }

    /// The partial result, without the number of rows.
    pub(super) fn finish(self) -> Partial {
        let (counts, sums) = (self.counts, self.sums.into_totals());
        let Some((squares, ranges)) = self.squares else { return Partial { counts, sums, ..Partial::default() } };
        let (least, most, filled) = ranges.finish();
        Partial { counts, sums, squares: squares.into_totals(), least, most, filled, ..Partial::default() }
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
    totals.iter().zip(grids).map(|(total, grid)| grid.mean(*total, rows)).collect()
}

/// The sides as clusters; none for one without rows.
///
/// # Errors
/// The sums are of other trials, or not of the last pass of a level.
pub(super) fn clusters(
    extent: &Extent,
    trials: &[Trial],
    centers: Vec<Option<Vec<f64>>>,
    found: &Partial,
) -> Result<Vec<Option<Node>>, Error> {
    let (points, width) = (points(extent, trials), extent.width());
    let cells = points.len() * width;
    let whole = [found.squares.len(), found.least.len(), found.most.len()] == [cells; 3];
    if !whole || found.counts.len() != points.len() {
        return Err(Error::Foreign("sums of other splits"));
    }
    let grids = square_grids(extent)?;
    let sides = points.iter().zip(&found.counts).zip(centers).enumerate();
    Ok(sides
        .map(|(side, ((point, &rows), center))| {
            let cells = side * width..(side + 1) * width;
            let squares = per_row(found.squares.get(cells.clone())?, &grids, rows);
            let filled = found.filled.get(cells.clone()).unwrap_or_default();
            let ranges = found.least.get(cells.clone())?.iter().zip(found.most.get(cells)?).enumerate();
            let ranges = ranges.map(|(feature, (least, most))| match filled.get(feature) {
                Some(&filled) if filled < rows => (least.min(0.0), most.max(0.0)),
                _ => (*least, *most),
            });
            Some(node(point, rows, center?, &squares, &ranges.collect::<Vec<_>>()))
        })
        .collect())
}

/// A cluster of rows, from the means of their squared differences from a point and the range of each feature.
fn node(point: &[f64], rows: u64, center: Vec<f64>, squares: &[f64], ranges: &[(f64, f64)]) -> Node {
    let features = squares.iter().zip(&center).zip(point).zip(ranges);
    let variances = features.map(|(((square, center), point), (least, most))| {
        // No numbers of a range vary more than those at its two ends.
        let most = 0.25 * (most - least) * (most - least);
        (square - (center - point) * (center - point)).max(0.0).min(most)
    });
    let variances = variances.collect::<Vec<_>>();
    let widths = ranges.iter().map(|(least, most)| most - least);
    let widest =
        |best: (usize, (f64, f64)), (at, width): (usize, (f64, f64))| if width > best.1 { (at, width) } else { best };
    // Where all variances are lost to rounding, the widest range decides.
    let (axis, (variance, _)) = variances.iter().copied().zip(widths).enumerate().fold((0, (0.0, 0.0)), widest);
    let spread = variance.sqrt();
    let middle = center.get(axis).copied().unwrap_or(0.0);
    let (least, most) = ranges.get(axis).copied().unwrap_or_default();
    let (mut low, mut high) = (middle - spread, middle + spread);
    let between = halfway(low, high);
    if !(low < high && least <= between && between < most) {
        // One row of many differs, or only by the last digits: a standard deviation does not reach it.
        (low, high) = (least, most);
    }
    let cost = rows as f64 * variances.iter().fold(0.0, |sum, variance| sum + variance);
    Node { center, rows, cost, axis: axis as u64, low, high, cluster: None, split: None }
}

/// Two points on both sides of a cluster's mean.
pub(super) fn trial(number: u64, node: &Node) -> Trial {
    let at = |place: f64| {
        let mut point = node.center.clone();
        if let Some(value) = usize::try_from(node.axis).ok().and_then(|axis| point.get_mut(axis)) {
            *value = place;
        }
        point
    };
    Trial { node: number, left: at(node.low), right: at(node.high) }
}
