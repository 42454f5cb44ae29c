//! For tests: a table of features, and a check that a fit is the same however the table is cut.

use std::sync::Arc;

use arrow_array::types::Float64Type;
use arrow_array::{ArrayRef, ListArray, RecordBatch};
use netlytics_kernel::estimator::fit;
use netlytics_kernel::{Estimator, Next};

#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Vec<f64>>,
}

impl Table {
    /// Rows of three heaps in turn.
    pub(crate) fn heaps(rows: usize, width: usize) -> Self {
        let noise = |at: usize| ((at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64 / (1 << 24) as f64;
        let row = |row: usize| (0..width).map(|at| (row % 3) as f64 * 4.0 + noise(row * width + at)).collect();
        Self { rows: (0..rows).map(row).collect() }
    }

    pub(crate) fn batches(&self, rows: usize) -> Vec<RecordBatch> {
        self.rows.chunks(rows).map(batch).collect()
    }
}

fn batch(rows: &[Vec<f64>]) -> RecordBatch {
    let lists = rows.iter().map(|row| Some(row.iter().map(|&value| Some(value))));
    let features: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Float64Type, _, _>(lists));
    RecordBatch::try_from_iter_with_nullable([("features", features, true)]).unwrap()
}

/// Fits in 1, 3 and 17 partitions of shuffled rows, merged in other orders, and compares the bytes.
pub(crate) fn everywhere_the_same(name: &str, params: &str, table: &Table) -> (Vec<u8>, String) {
    let batches = table.batches(97);
    let estimator = crate::estimator(name, params, &batches[0].schema()).unwrap();
    let expected = fit(estimator.as_ref(), &batches).unwrap();
    for parts in [1, 3, 17] {
        let mut dealt = vec![Table { rows: Vec::new() }; parts];
        for at in 0..table.rows.len() {
            let row = at * 389 % table.rows.len();
            dealt[row * 7 % parts].rows.push(table.rows[row].clone());
        }
        let found = fit_parts(estimator.as_ref(), &dealt);
        assert!(found == expected, "{name} {params} in {parts} parts: {} is not {}", found.1, expected.1);
    }
    expected
}

fn fit_parts(estimator: &dyn Estimator, parts: &[Table]) -> (Vec<u8>, String) {
    let mut state = estimator.start().unwrap();
    let mut number = 0;
    loop {
        let found = (0..parts.len()).map(|part| {
            let mut pass = estimator.pass(&state).unwrap();
            let part = &parts[(part + number) % parts.len()];
            part.batches(11 + number).iter().for_each(|batch| pass.push(batch).unwrap());
            pass.finish().unwrap()
        });
        let merge = |left: Vec<u8>, right: Vec<u8>| match number % 2 {
            0 => estimator.merge(&left, &right).unwrap(),
            _ => estimator.merge(&right, &left).unwrap(),
        };
        match estimator.advance(&state, &found.reduce(merge).unwrap()).unwrap() {
            Next::Again { state: next, .. } => state = next,
            Next::Done { model, summary } => return (model, summary),
        }
        number += 1;
    }
}
