use super::*;
use netlytics_features::Rows;
use netlytics_learning::Error;
use netlytics_learning::{Advance, Learner, LearningPass as _, fit};

const WIDTH: usize = 3;

fn heaps(rows: usize, count: usize) -> Vec<f64> {
    let noise = |at: usize| ((at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64 / (1 << 24) as f64;
    (0..rows * WIDTH).map(|at| ((at / WIDTH) % count) as f64 * 4.0 - 6.0 + noise(at)).collect()
}

fn run(params: Params, values: &[f64]) -> (Model, Summary) {
    fit(&Bisecting::new(params).unwrap(), &[Rows::dense(WIDTH, values).unwrap()]).unwrap()
}

/// Children have the rows of their parents, cost less, and the scorer finds as many rows as the nodes say.
fn check(model: &Model, summary: &Summary, rows: &Rows<'_>) {
    let mut costs = 0.0;
    for node in &model.nodes {
        if let Some(split) = &node.split {
            let [left, right] = [split.left, split.right].map(|at| &model.nodes[at as usize]);
            assert_eq!(left.rows + right.rows, node.rows);
            assert!(left.cost + right.cost < node.cost);
            assert_eq!(node.cluster, None);
        } else {
            assert_eq!(summary.sizes[node.cluster.unwrap() as usize], node.rows);
            costs += node.cost;
        }
    }
    assert_eq!(model.nodes.len(), 2 * summary.sizes.len() - 1);
    assert!((costs - summary.cost).abs() <= 1e-12 * costs);
    let mut clusters = Vec::new();
    Scorer::new(model).score(rows, &mut clusters).unwrap();
    let mut sizes = vec![0; summary.sizes.len()];
    clusters.iter().for_each(|&cluster| sizes[cluster as usize] += 1);
    assert_eq!(sizes, summary.sizes);
}

#[test]
fn heaps_are_found() {
    for count in [2, 4] {
        let values = heaps(1200, count);
        let (model, summary) = run(Params { k: count, ..Params::default() }, &values);
        assert_eq!((&summary.sizes, summary.converged), (&vec![1200 / count as u64; count], true));
        check(&model, &summary, &Rows::dense(WIDTH, &values).unwrap());
    }
}

#[test]
fn levels_end_when_nothing_moves_or_after_so_many_steps() {
    let values = heaps(1200, 5);
    let rows = Rows::dense(WIDTH, &values).unwrap();
    let (settled, enough) = run(Params { k: 4, max_iter: 100, ..Params::default() }, &values);
    assert!(enough.converged && enough.iterations > 2);
    for max_iter in 1..=enough.iterations {
        let (model, summary) = run(Params { k: 4, max_iter, ..Params::default() }, &values);
        check(&model, &summary, &rows);
        assert!(summary.iterations <= 2 * max_iter, "two levels make four clusters");
        assert_eq!(summary.converged && summary.iterations == enough.iterations, model == settled);
    }
}

#[test]
fn larger_clusters_are_split_first() {
    let mut values = heaps(400, 2);
    values.extend(heaps(100, 1).iter().map(|value| value + 1000.0));
    for k in 1..9 {
        let (model, summary) = run(Params { k, ..Params::default() }, &values);
        assert_eq!(summary.sizes.len(), k);
        check(&model, &summary, &Rows::dense(WIDTH, &values).unwrap());
        if k == 3 {
            assert_eq!(summary.sizes, [200, 200, 100]);
        }
    }
    let (model, summary) = run(Params { k: 6, max_iter: 1, ..Params::default() }, &values);
    check(&model, &summary, &Rows::dense(WIDTH, &values).unwrap());
    let (_, summary) = run(Params { k: 8, min_divisible_size: 150.0, ..Params::default() }, &values);
    assert!(summary.sizes.len() < 8 && summary.sizes.contains(&100));
}

#[test]
fn equal_rows_are_not_split() {
    let values = [0.1, 1e9 / 3.0, -2.0, 0.3, 1e9 / 3.0, -2.0].repeat(77);
    let (model, summary) = run(Params::default(), &values);
    assert_eq!(summary.sizes, [77, 77]);
    check(&model, &summary, &Rows::dense(WIDTH, &values).unwrap());
    assert_eq!(run(Params::default(), &[0.1; 3 * 50]).1.sizes, [50]);
}

#[test]
fn partitions_and_order_do_not_matter() {
    let values = heaps(700, 5);
    let learner = Bisecting::new(Params { k: 7, ..Params::default() }).unwrap();
    let expected = fit(&learner, &[Rows::dense(WIDTH, &values).unwrap()]).unwrap();
    for parts in [1, 3, 17] {
        let mut dealt = vec![Vec::new(); parts];
        for (at, row) in values.chunks_exact(WIDTH).rev().enumerate() {
            dealt[at * 7 % parts].extend_from_slice(row);
        }
        let mut state = learner.start();
        let found = loop {
            let found = dealt.iter().rev().map(|part| {
                let mut pass = learner.pass(&state).unwrap();
                part.chunks(WIDTH * 13).for_each(|batch| pass.push(&Rows::dense(WIDTH, batch).unwrap()).unwrap());
                pass.finish()
            });
            let found = found.reduce(|left, right| learner.merge(right, left).unwrap()).unwrap();
            match learner.advance(state, found).unwrap() {
                Advance::Again { state: next, .. } => state = next,
                Advance::Done { model, summary } => break (model, summary),
            }
        };
        assert_eq!(found, expected, "{parts}");
    }
}

#[test]
fn rows_mostly_of_zeros() {
    let width = 200;
    let (mut offsets, mut places, mut values) = (vec![0], vec![], vec![]);
    for row in 0..900_i32 {
        places.extend([row % 3, 3 + row * 7919 % 197]);
        values.extend([9.0, 0.5]);
        offsets.push(places.len() as i32);
    }
    let rows = Rows::sparse(width, &offsets, &places, &values).unwrap();
    let learner = Bisecting::new(Params { k: 3, ..Params::default() }).unwrap();
    let found = fit(&learner, &[rows]).unwrap();
    assert!(found.0.sparse);
    assert_eq!(found.1.sizes, [300; 3]);
    check(&found.0, &found.1, &rows);
    let mut dense = vec![0.0; 900 * width];
    rows.iter().zip(dense.chunks_exact_mut(width)).for_each(|(row, slots)| row.write_to(slots));
    assert_eq!(fit(&learner, &[Rows::dense(width, &dense).unwrap()]).unwrap(), found);
}

#[test]
fn mistakes_are_told() {
    let message = |params: Params| Bisecting::new(params).unwrap_err().to_string();
    assert!(message(Params { k: 0, ..Params::default() }).starts_with("k is 0"));
    assert!(message(Params { max_iter: 0, ..Params::default() }).starts_with("max_iter is 0"));
    assert!(message(Params { min_divisible_size: 0.0, ..Params::default() }).starts_with("min_divisible_size is 0"));
    assert_eq!(fit(&Bisecting::new(Params::default()).unwrap(), &[]).unwrap_err(), Error::NoRows);
}

/// The cluster of each number.
fn clusters_of(values: &[f64], k: usize) -> Vec<i64> {
    let rows = Rows::dense(1, values).unwrap();
    let (model, _) = fit(&Bisecting::new(Params { k, ..Params::default() }).unwrap(), &[rows]).unwrap();
    let mut clusters = Vec::new();
    Scorer::new(&model).score(&rows, &mut clusters).unwrap();
    clusters
}

#[test]
fn numbers_far_from_zero_are_split_as_those_near_it() {
    for first in [0.0, 1e9, 1_795_219_370_000_000.0, -1_795_219_370_000_000.0] {
        let bursts = [0.0, 10.0, 20.0, 500.0, 510.0, 520.0].map(|offset| first + offset);
        assert_eq!(clusters_of(&bursts, 2), [0, 0, 0, 1, 1, 1], "{first}");
        let all = clusters_of(&bursts, 6);
        assert_eq!(all, [0, 1, 2, 3, 4, 5], "{first}: six distinct rows");
    }
}

#[test]
fn one_row_of_many_that_differs_by_little_is_a_cluster() {
    for (value, other) in [(5.0, 5.0 + 1e-9), (1.8e15, 1.8e15 + 1.0), (1.0, 1.0 + f64::EPSILON), (3e15, 3e15 - 0.5)] {
        let mut values = vec![value; 10_000];
        values[77] = other;
        let clusters = clusters_of(&values, 5);
        assert_eq!(clusters.iter().filter(|cluster| **cluster == clusters[77]).count(), 1, "{value} and {other}");
        assert_eq!(clusters.iter().max(), Some(&1));
    }
}

#[test]
fn times_that_differ_are_told_apart_beside_a_missing_one() {
    let values = [0.0, 1.8e15, 1.8e15, 1.8e15 + 10.0, 1.8e15 + 10.0];
    assert_eq!(clusters_of(&values, 3), [0, 1, 1, 2, 2]);
}

#[test]
fn a_time_among_flags_is_split_too() {
    let width = 40;
    let (mut offsets, mut places, mut values) = (vec![0], vec![], vec![]);
    for row in 0..60_i32 {
        places.extend([0, 1]);
        values.extend([1.8e15 + f64::from(row % 2) * 1000.0, 1.0]);
        offsets.push(places.len() as i32);
    }
    let rows = Rows::sparse(width, &offsets, &places, &values).unwrap();
    let (model, summary) = fit(&Bisecting::new(Params { k: 2, ..Params::default() }).unwrap(), &[rows]).unwrap();
    assert!(model.sparse);
    assert_eq!(summary.sizes, [30, 30]);
}
