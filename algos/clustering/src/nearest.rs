//! The nearest of some centres to each row: what most time goes into.
//!
//! Eight rows at a time, their numbers turned so that those of one feature lie side by side: then every step is the same
//! for eight rows, and vector instructions of any width do it with the same roundings. Each distance is Σ(x−c)² in the
//! order of the features; shorter formulas lose digits where a centre lies far from zero. `multiversion` builds the loops
//! for the CPUs that there are; fused multiply-add, which rounds differently, is left out.

use multiversion::multiversion;

/// Rows at a time.
pub(crate) const LANES: usize = 8;
/// Centres at a time: enough additions that do not wait for each other, and few enough for the registers.
const GROUP: usize = 4;

/// One number of each of eight rows.
pub(crate) type Lanes = [f64; LANES];

/// Centres in groups of four; within a group feature after feature.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    width: usize,
    values: Vec<f64>,
}

impl Packed {
    pub(crate) fn new(width: usize, centres: &[Vec<f64>]) -> Self {
        let mut values = Vec::with_capacity(width * centres.len());
        for group in centres.chunks(GROUP) {
            for feature in 0..width {
                values.extend(group.iter().map(|centre| centre.get(feature).copied().unwrap_or(0.0)));
            }
        }
        Self { width, values }
    }
}

/// For each row of `rows`, one after the other, which centre is nearest (the first of those as near), and the square of
/// how far it is.
pub(crate) fn nearest(rows: &[f64], centres: &Packed, labels: &mut [u32], distances: &mut [f64]) {
    let mut columns = vec![[0.0; LANES]; centres.width];
    of_tiles(rows, centres.width, &centres.values, &mut columns, labels, distances);
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn of_tiles(
    rows: &[f64],
    width: usize,
    centres: &[f64],
    columns: &mut [Lanes],
    labels: &mut [u32],
    distances: &mut [f64],
) {
    let tiles = rows.chunks(width * LANES).zip(labels.chunks_mut(LANES)).zip(distances.chunks_mut(LANES));
    for ((rows, labels), distances) in tiles {
        turn(rows, width, columns);
        let mut best = Best { distances: [f64::INFINITY; LANES], labels: [0; LANES] };
        let mut first = 0;
        for group in centres.chunks(width * GROUP) {
            match group.len() / width {
                4 => best.of::<4>(columns, group, first),
                3 => best.of::<3>(columns, group, first),
                2 => best.of::<2>(columns, group, first),
                _ => best.of::<1>(columns, group, first),
            }
            first += GROUP as u64;
        }
        labels.iter_mut().zip(best.labels).for_each(|(label, best)| *label = best as u32);
        distances.iter_mut().zip(best.distances).for_each(|(distance, best)| *distance = best);
    }
}

/// Turns up to eight rows; where there are fewer, the rest is what it was.
#[inline(always)]
pub(crate) fn turn(rows: &[f64], width: usize, columns: &mut [Lanes]) {
    for (lane, row) in rows.chunks_exact(width).enumerate() {
        for (column, value) in columns.iter_mut().zip(row) {
            if let Some(slot) = column.get_mut(lane) {
                *slot = *value;
            }
        }
    }
}

/// The nearest centres so far.
struct Best {
    distances: Lanes,
    labels: [u64; LANES],
}

impl Best {
    #[inline(always)]
    fn of<const CENTRES: usize>(&mut self, columns: &[Lanes], group: &[f64], first: u64) {
        let mut sums = [[0.0; LANES]; CENTRES];
        for (column, centres) in columns.iter().zip(group.as_chunks::<CENTRES>().0) {
            for (sums, centre) in sums.iter_mut().zip(centres) {
                for (sum, value) in sums.iter_mut().zip(column) {
                    let difference = value - centre;
                    *sum += difference * difference;
                }
            }
        }
        for (label, sums) in (first..).zip(&sums) {
            for ((best, best_label), sum) in self.distances.iter_mut().zip(&mut self.labels).zip(sums) {
                let nearer = *sum < *best;
                *best_label = if nearer { label } else { *best_label };
                *best = if nearer { *sum } else { *best };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_same_as_one_by_one(
            width in 1..20_usize,
            values in prop::collection::vec(-3..3_i32, 0..800),
            centres in prop::collection::vec(prop::collection::vec(-3..3_i32, 20), 1..14),
        ) {
            let rows = values.chunks_exact(width).flatten().map(|&value| f64::from(value) * 0.1).collect::<Vec<_>>();
            let centres = centres.iter()
                .map(|centre| centre.iter().take(width).map(|&value| f64::from(value) * 0.1).collect::<Vec<_>>())
                .collect::<Vec<_>>();
            let (mut labels, mut distances) = (vec![0; rows.len() / width], vec![0.0; rows.len() / width]);
            nearest(&rows, &Packed::new(width, &centres), &mut labels, &mut distances);
            for ((row, label), distance) in rows.chunks_exact(width).zip(labels).zip(distances) {
                let distance_to = |centre: &Vec<f64>| row.iter().zip(centre).fold(0.0, |sum, (x, c)| sum + (x - c) * (x - c));
                let all = centres.iter().map(distance_to).collect::<Vec<_>>();
                let least = all.iter().copied().fold(f64::INFINITY, f64::min);
                prop_assert_eq!(distance, least);
                prop_assert_eq!(all.iter().position(|&other| other == least), Some(label as usize));
            }
        }
    }
}
