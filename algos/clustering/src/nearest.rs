//! The nearest of some centres to each row: what most time goes into.
//!
//! Eight centres at a time, their numbers of one feature side by side: then every step is the same for eight centres, and
//! vector instructions of any width do it with the same roundings. Rows are read as they lie; four of them at a time, so
//! that additions need not wait for each other. Each distance is Σ(c−x)² in the order of the features; shorter formulas
//! lose digits where a centre lies far from zero. The loops are built for each kind of CPU by `pulp`, with eight lanes on
//! all of them; fused multiply-add, which rounds differently, is left out.

use netlytics_sums::lanes;
use pulp::bytemuck::cast;
use pulp::{Simd, WithSimd};

/// Centres at a time.
const LANES: usize = 8;
/// Rows at a time: enough additions that do not wait for each other, and few enough for the registers.
const ROWS: usize = 4;

/// The numbers of the first centres. Doubles, which hold all numbers of 32 bits and are chosen by the same instructions as
/// distances.
const FIRST: Lanes = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];

/// One number of each of eight centres.
type Lanes = [f64; LANES];

/// Centres in groups of eight; within a group feature after feature.
#[derive(Debug, Clone)]
pub(crate) struct Packed {
    width: usize,
    values: Vec<Lanes>,
}

impl Packed {
    pub(crate) fn new(width: usize, centres: &[Vec<f64>]) -> Self {
        let mut values = Vec::with_capacity(width * centres.len().div_ceil(LANES));
        for group in centres.chunks(LANES) {
            for feature in 0..width {
                // The last group is filled up with centres that are infinitely far from all rows.
                let mut lanes = [f64::INFINITY; LANES];
                for (lane, centre) in lanes.iter_mut().zip(group) {
                    *lane = centre.get(feature).copied().unwrap_or(0.0);
                }
                values.push(lanes);
            }
        }
        Self { width, values }
    }
}

/// For each row of `rows`, one after the other, which centre is nearest (the first of those as near), and the square of
/// how far it is.
pub(crate) fn nearest(rows: &[f64], centres: &Packed, labels: &mut [u32], distances: &mut [f64]) {
    lanes::run(Search { rows, centres, labels, distances });
}

struct Search<'a> {
    rows: &'a [f64],
    centres: &'a Packed,
    labels: &'a mut [u32],
    distances: &'a mut [f64],
}

impl WithSimd for Search<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { rows, centres: Packed { width, values: centres }, labels, distances } = self;
        let tiles = rows.chunks(width * ROWS).zip(labels.chunks_mut(ROWS)).zip(distances.chunks_mut(ROWS));
        for ((rows, labels), distances) in tiles {
            let mut rows = rows.chunks_exact(*width);
            let one = rows.next().unwrap_or_default();
            // Where there are fewer rows, the first is looked at more than once.
            let (two, three, four) =
                (rows.next().unwrap_or(one), rows.next().unwrap_or(one), rows.next().unwrap_or(one));
            let mut best = [Best::none(simd); ROWS];
            let mut numbers = cast(FIRST);
            for group in centres.chunks_exact(*width) {
                let mut sums = [simd.splat_f64s(0.0); ROWS];
                for ((((centres, one), two), three), four) in group.iter().zip(one).zip(two).zip(three).zip(four) {
                    let centres = cast(*centres);
                    for (sum, value) in sums.iter_mut().zip([one, two, three, four]) {
                        let difference = simd.sub_f64s(centres, simd.splat_f64s(*value));
                        *sum = simd.add_f64s(*sum, simd.mul_f64s(difference, difference));
                    }
                }
                for (best, sums) in best.iter_mut().zip(sums) {
                    best.take(simd, numbers, sums);
                }
                numbers = simd.add_f64s(numbers, simd.splat_f64s(LANES as f64));
            }
            for ((label, distance), best) in labels.iter_mut().zip(distances).zip(best) {
                (*label, *distance) = best.of_all(simd);
            }
        }
    }
}

/// The nearest centres so far, of those in each lane.
#[derive(Clone, Copy)]
struct Best<S: Simd> {
    distances: S::f64s,
    numbers: S::f64s,
}

impl<S: Simd> Best<S> {
    #[inline(always)]
    fn none(simd: S) -> Self {
        Self { distances: simd.splat_f64s(f64::INFINITY), numbers: cast(FIRST) }
    }

    #[inline(always)]
    fn take(&mut self, simd: S, numbers: S::f64s, distances: S::f64s) {
        let nearer = simd.less_than_f64s(distances, self.distances);
        self.numbers = simd.select_f64s(nearer, numbers, self.numbers);
        self.distances = simd.select_f64s(nearer, distances, self.distances);
    }

    /// The nearest of all lanes, the first of those as near.
    #[inline(always)]
    fn of_all(self, simd: S) -> (u32, f64) {
        let least = simd.reduce_min_f64s(self.distances);
        let as_near = simd.equal_f64s(self.distances, simd.splat_f64s(least));
        let numbers = simd.select_f64s(as_near, self.numbers, simd.splat_f64s(f64::INFINITY));
        (simd.reduce_min_f64s(numbers) as u32, least)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_cpu_finds_the_same() {
        let width = 9;
        let values = (0..width * 103).map(|at| (at * 7919 % 1009) as f64 * 0.1).collect::<Vec<_>>();
        let centres = values.chunks_exact(width).step_by(5).map(<[f64]>::to_vec).collect::<Vec<_>>();
        let centres = Packed::new(width, &centres);
        let (mut labels, mut distances) = (vec![0; 103], vec![0.0; 103]);
        nearest(&values, &centres, &mut labels, &mut distances);
        let (mut plain_labels, mut plain_distances) = (vec![0; 103], vec![0.0; 103]);
        let search =
            Search { rows: &values, centres: &centres, labels: &mut plain_labels, distances: &mut plain_distances };
        lanes::run_one_by_one(search);
        assert_eq!((&labels, &distances), (&plain_labels, &plain_distances));
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            labels.fill(0);
            distances.fill(0.0);
            let search = Search { rows: &values, centres: &centres, labels: &mut labels, distances: &mut distances };
            lanes::run_in_halves(simd, search);
            assert_eq!((labels, distances), (plain_labels, plain_distances));
        }
    }

    proptest! {
        #[test]
        fn the_same_as_one_by_one(
            width in 1..20_usize,
            values in prop::collection::vec(-3..3_i32, 0..800),
            centres in prop::collection::vec(prop::collection::vec(-3..3_i32, 20), 1..20),
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
