//! The least and the greatest number of each feature, side by side.

use multiversion::multiversion;

/// By side and feature, the range of the numbers. Where most numbers are zero only the others are looked at, and counted.
#[derive(Debug)]
pub(super) struct Ranges {
    width: usize,
    least: Vec<f64>,
    most: Vec<f64>,
    /// Numbers that are not zero; empty where all numbers are looked at.
    filled: Vec<u64>,
}

impl Ranges {
    pub(super) fn new(sides: usize, width: usize, sparse: bool) -> Self {
        let cells = sides * width;
        let filled = if sparse { vec![0; cells] } else { Vec::new() };
        Self { width, least: vec![f64::INFINITY; cells], most: vec![f64::NEG_INFINITY; cells], filled }
    }

    /// Takes rows, one after the other, each of a side; those of other sides than there are do not count.
    pub(super) fn add_all(&mut self, values: &[f64], sides: &[u32]) {
        widen(values, sides, self.width, &mut self.least, &mut self.most);
    }

    /// Takes the non-zero numbers of a row of this side.
    pub(super) fn add_sparse(&mut self, side: usize, numbers: impl Iterator<Item = (usize, f64)>) {
        for (feature, value) in numbers {
            let cell = side * self.width + feature;
            let bounds = self.least.get_mut(cell).zip(self.most.get_mut(cell)).zip(self.filled.get_mut(cell));
            if let Some(((least, most), filled)) = bounds {
                (*least, *most, *filled) = (least.min(value), most.max(value), *filled + 1);
            }
        }
    }

    pub(super) fn finish(self) -> (Vec<f64>, Vec<f64>, Vec<u64>) {
        (self.least, self.most, self.filled)
    }
}

#[multiversion(targets("x86_64+avx2+avx512f+avx512dq+avx512vl+avx512bw", "x86_64+avx2"))]
fn widen(values: &[f64], sides: &[u32], width: usize, least: &mut [f64], most: &mut [f64]) {
    for (row, &side) in values.chunks_exact(width).zip(sides) {
        let cells = (side as usize).saturating_mul(width)..(side as usize).saturating_mul(width).saturating_add(width);
        let (Some(least), Some(most)) = (least.get_mut(cells.clone()), most.get_mut(cells)) else { continue };
        for ((least, most), &value) in least.iter_mut().zip(most).zip(row) {
            *least = if value < *least { value } else { *least };
            *most = if value > *most { value } else { *most };
        }
    }
}
