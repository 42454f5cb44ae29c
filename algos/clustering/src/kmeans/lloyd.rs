//! A step of Lloyd's: the sums of the rows nearest to each centre.

use multiversion::multiversion;
use netlytics_features::Rows;
use netlytics_sums::{Grid, Table, Total};

use crate::assign::{Assigner, Block};
use netlytics_learning::Error;
use netlytics_learning::extent::{Extent, grid};

/// Sums of the rows nearest to each centre.
pub struct Sums {
    assigner: Assigner,
    counts: Vec<u64>,
    table: Table,
    cost: Total,
    cost_grid: Grid,
    farthest: f64,
}

impl Sums {
    /// # Errors
    /// The extent or the centres are not of a fit.
    pub fn new(extent: &Extent, centers: &[Vec<f64>]) -> Result<Self, Error> {
        let farthest = extent.farthest(centers);
        Ok(Self {
            assigner: Assigner::new(extent.width(), extent.sparse, centers),
            counts: vec![0; centers.len()],
            table: Table::new(centers.len(), &extent.grids()?),
            cost: Total::default(),
            cost_grid: grid(farthest)?,
            farthest,
        })
    }

    /// Adds rows. Of no use where they turn out to be outside the extent.
    pub fn push(&mut self, rows: &Rows<'_>) {
        let Self { assigner, counts, table, cost, cost_grid, farthest } = self;
        assigner.assign(rows, |block| {
            *cost += cost_of(cost_grid, *farthest, block.distances);
            for &label in block.labels {
                if let Some(count) = counts.get_mut(label as usize) {
                    *count += 1;
                }
            }
            add(table, block);
        });
    }

    /// Rows, sums and the sum of squared distances.
    pub(crate) fn finish(self) -> (Vec<u64>, Vec<Total>, Total) {
        (self.counts, self.table.into_totals(), self.cost)
    }
}

/// Adds a block's rows to the sums of their centres.
fn add(table: &mut Table, block: &Block<'_>) {
    match block.dense {
        Some(values) => table.add_all(values, block.labels),
        None => {
            for (row, &label) in block.rows().zip(block.labels) {
                table.add_sparse(label as usize, row.non_zero());
            }
        }
    }
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn cost_of(grid: &Grid, farthest: f64, distances: &[f64]) -> Total {
    grid.sum(distances.iter().map(|&distance| if distance < farthest { distance } else { farthest }))
}

/// The means of the rows nearest to each centre; a centre without rows stays.
pub(crate) fn means(
    extent: &Extent,
    centers: &[Vec<f64>],
    counts: &[u64],
    sums: &[Total],
) -> Result<Vec<Vec<f64>>, Error> {
    let grids = extent.grids()?;
    if counts.len() != centers.len() || sums.len() != centers.len() * grids.len() {
        return Err(Error::Foreign("sums of other centres"));
    }
    let rows = centers.iter().zip(counts).zip(sums.chunks_exact(grids.len()));
    Ok(rows
        .map(|((center, &count), sums)| match count {
            0 => center.clone(),
            _ => sums.iter().zip(&grids).map(|(sum, grid)| grid.value(*sum) / count as f64).collect(),
        })
        .collect())
}

/// The mean of the features' variances over all rows, from what a step knows: the variance within the clusters plus that of
/// the clusters' means.
///
/// `cost` is the sum of the squared distances of the rows to the centres before the step; `means` are those after it.
pub(crate) fn mean_variance(centers: &[Vec<f64>], means: &[Vec<f64>], counts: &[u64], cost: f64) -> f64 {
    let width = means.first().map_or(0, Vec::len);
    let rows = counts.iter().map(|&count| count as f64).sum::<f64>();
    let mut middle = vec![0.0; width];
    for (mean, &count) in means.iter().zip(counts) {
        middle.iter_mut().zip(mean).for_each(|(middle, value)| *middle += value * (count as f64 / rows));
    }
    let (mut moved, mut between) = (0.0, 0.0);
    for ((center, mean), &count) in centers.iter().zip(means).zip(counts) {
        moved += count as f64 * squared_distance(center, mean);
        between += count as f64 * squared_distance(mean, &middle);
    }
    // A row is farther from the centre before the step than from the mean.
    let within = (cost - moved).max(0.0);
    (within + between) / (rows * width as f64)
}

/// The square of the distance of two rows.
pub(crate) fn squared_distance(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).fold(0.0, |sum, (one, other)| sum + (one - other) * (one - other))
}
