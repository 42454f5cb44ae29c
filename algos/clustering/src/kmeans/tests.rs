use proptest::prelude::*;

use super::*;
use netlytics_features::Rows;
use netlytics_learning::Error;
use netlytics_learning::{Advance, Learner, LearningPass as _, fit};

/// Three heaps of points, made without chance.
fn heaps(rows: usize, width: usize) -> Vec<f64> {
    let noise = |at: usize| ((at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64 / (1 << 24) as f64;
    (0..rows * width).map(|at| ((at / width) % 3) as f64 * 4.0 + noise(at)).collect()
}

fn run(params: Params, values: &[f64], width: usize) -> (Model, Summary) {
    fit(&KMeans::new(params).unwrap(), &[Rows::dense(width, values).unwrap()]).unwrap()
}

/// The fit with rows dealt to so many parts, turned around, and merged from the last.
fn run_parts(params: Params, values: &[f64], width: usize, parts: usize) -> (Model, Summary) {
    let mut dealt = vec![Vec::new(); parts];
    for (at, row) in values.chunks_exact(width).rev().enumerate() {
        dealt[at * 7 % parts].extend_from_slice(row);
    }
    let learner = KMeans::new(params).unwrap();
    let mut state = learner.start();
    loop {
        let found = dealt.iter().rev().map(|part| {
            let mut pass = learner.pass(&state).unwrap();
            part.chunks(width * 13).for_each(|batch| pass.push(&Rows::dense(width, batch).unwrap()).unwrap());
            pass.finish()
        });
        let found = found.reduce(|left, right| learner.merge(right, left).unwrap()).unwrap();
        match learner.advance(state, found).unwrap() {
            Advance::Again { state: next, .. } => state = next,
            Advance::Done { model, summary } => return (model, summary),
        }
    }
}

#[test]
fn heaps_are_found() {
    let (model, summary) = run(Params { k: 3, ..Params::default() }, &heaps(3000, 4), 4);
    assert_eq!((summary.sizes, summary.converged), (vec![1000; 3], true));
    let mut firsts = model.centers.iter().map(|center| center[0]).collect::<Vec<_>>();
    firsts.sort_by(f64::total_cmp);
    assert!(firsts.iter().zip([0.5, 4.5, 8.5]).all(|(at, expected)| (at - expected).abs() < 0.1), "{firsts:?}");
}

#[test]
fn partitions_and_order_do_not_matter() {
    let values = heaps(1000, 5);
    for init in [Init::Parallel, Init::Random] {
        let params = Params { k: 7, init, ..Params::default() };
        let expected = run(params.clone(), &values, 5);
        for parts in [1, 3, 17] {
            assert_eq!(run_parts(params.clone(), &values, 5, parts), expected, "{parts}");
        }
    }
}

#[test]
fn fewer_distinct_rows_than_clusters() {
    let values = [1.0, 2.0, 1.0, 2.0, 3.0, 4.0].repeat(10);
    for init in [Init::Parallel, Init::Random] {
        let (model, summary) = run(Params { init, ..Params::default() }, &values, 2);
        let mut sizes = summary.sizes;
        sizes.sort_unstable();
        assert_eq!((model.centers.len(), sizes, summary.cost), (2, vec![10, 20], 0.0));
    }
    let (model, summary) = run(Params::default(), &[7.0; 40], 4);
    assert_eq!((model.centers, summary.sizes), (vec![vec![7.0; 4]], vec![10]));
}

#[test]
fn a_centre_without_rows_stays() {
    let init = Init::Centers(vec![vec![0.0], vec![100.0]]);
    let (model, summary) = run(Params { k: 2, init, ..Params::default() }, &[1.0, 2.0], 1);
    assert_eq!((model.centers, summary.sizes), (vec![vec![1.5], vec![100.0]], vec![2, 0]));
}

#[test]
fn units_do_not_decide_when_a_fit_ends() {
    let seconds = (0..3000).map(|at| f64::from(at % 5) * 1e-4 + f64::from(at * 7919 % 1000) * 2e-7).collect::<Vec<_>>();
    let fit_in = |unit: f64| {
        let values = seconds.iter().map(|value| value * unit).collect::<Vec<_>>();
        let init = Init::Centers(values.iter().take(5).map(|value| vec![value * 0.7]).collect());
        let (_, summary) = run(Params { init, ..Params::default() }, &values, 1);
        (summary.iterations, summary.converged, summary.sizes, summary.cost / unit / unit)
    };
    // Powers of two change no digit.
    let expected = fit_in(1.0);
    assert!(expected.0 > 2, "{expected:?}");
    for unit in [2.0_f64.powi(-20), 2.0_f64.powi(20), 2.0_f64.powi(40)] {
        assert_eq!(fit_in(unit), expected);
    }
}

#[test]
fn the_mean_variance_comes_of_what_a_step_knows() {
    let values = heaps(900, 4);
    let rows = values.chunks_exact(4).collect::<Vec<_>>();
    let variance = |at: usize| {
        let mean = rows.iter().map(|row| row[at]).sum::<f64>() / 900.0;
        rows.iter().map(|row| (row[at] - mean).powi(2)).sum::<f64>() / 900.0
    };
    let expected = (0..4).map(variance).sum::<f64>() / 4.0;
    let centers = vec![vec![0.0; 4], vec![9.0, 2.0, 5.0, 7.0], vec![1e3; 4]];
    let (mut counts, mut sums, mut cost) = (vec![0; 3], vec![vec![0.0; 4]; 3], 0.0);
    for row in &rows {
        let distance = |at: &usize| lloyd::squared_distance(row, &centers[*at]);
        let nearest = (0..3).min_by(|one, other| distance(one).total_cmp(&distance(other))).unwrap();
        (counts[nearest], cost) = (counts[nearest] + 1, cost + distance(&nearest));
        sums[nearest].iter_mut().zip(*row).for_each(|(sum, value)| *sum += value);
    }
    let mean = |(at, sums): (usize, &Vec<f64>)| match counts[at] {
        0 => centers[at].clone(),
        count => sums.iter().map(|sum| sum / count as f64).collect(),
    };
    let means = sums.iter().enumerate().map(mean).collect::<Vec<_>>();
    let found = lloyd::mean_variance(&centers, &means, &counts, cost);
    assert!((found / expected - 1.0).abs() < 1e-12, "{found} is not {expected}");
}

#[test]
fn small_clusters_beside_huge_numbers() {
    let mut values = (0..1000).map(|at| 1e-3 + f64::from(at) * 1e-9).collect::<Vec<_>>();
    values.push(1e12);
    let init = Init::Centers(vec![vec![0.0], vec![1e12]]);
    let (model, _) = run(Params { k: 2, init, ..Params::default() }, &values, 1);
    let mean = 1e-3 + 499.5 * 1e-9;
    assert!((model.centers[0][0] / mean - 1.0).abs() < 1e-11, "{:?}", model.centers);
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
    let learner = KMeans::new(Params { k: 3, ..Params::default() }).unwrap();
    let (model, summary) = fit(&learner, &[rows]).unwrap();
    assert!(model.sparse);
    assert_eq!(summary.sizes, [300; 3]);
    let mut dense = vec![0.0; 900 * width];
    rows.iter().zip(dense.chunks_exact_mut(width)).for_each(|(row, slots)| row.write_to(slots));
    let same = fit(&learner, &[Rows::dense(width, &dense).unwrap()]).unwrap();
    assert_eq!(same, (model.clone(), summary));
    let (mut one, mut other) = (Vec::new(), Vec::new());
    Scorer::new(&model).score(&rows, &mut one).unwrap();
    Scorer::new(&model).score(&Rows::dense(width, &dense).unwrap(), &mut other).unwrap();
    assert_eq!(one, other);
}

#[test]
fn mistakes_are_told() {
    let message = |params: Params| KMeans::new(params).unwrap_err().to_string();
    assert_eq!(
        message(Params { k: 0, ..Params::default() }),
        "k is 0: expected a number of clusters from 1 to 4294967295"
    );
    assert_eq!(message(Params { tol: f64::NAN, ..Params::default() }), "tol is NaN: expected a share of 0 or more");
    assert!(message(Params { max_iter: 0, ..Params::default() }).starts_with("max_iter is 0"));
    assert!(message(Params { init_steps: 0, ..Params::default() }).starts_with("init_steps is 0"));
    let centers = Init::Centers(vec![vec![0.0]]);
    assert!(message(Params { init: centers.clone(), ..Params::default() }).starts_with("initial_centers is 1"));
    let one = KMeans::new(Params { k: 1, init: centers, ..Params::default() }).unwrap();
    let rows = Rows::dense(2, &[1.0, 2.0]).unwrap();
    assert!(matches!(fit(&one, &[rows]), Err(Error::Parameter { name: "initial_centers", .. })));
    let learner = KMeans::new(Params::default()).unwrap();
    assert_eq!(fit(&learner, &[]), Err(Error::NoRows));
    let narrow = Rows::dense(1, &[1.0]).unwrap();
    assert_eq!(fit(&learner, &[rows, narrow]), Err(Error::Width { expected: 2, found: 1 }));
}

#[test]
fn rows_that_change_between_passes_are_noticed() {
    let learner = KMeans::new(Params { k: 1, ..Params::default() }).unwrap();
    let mut pass = learner.pass(&learner.start()).unwrap();
    pass.push(&Rows::dense(1, &[1.0, 2.0]).unwrap()).unwrap();
    let Advance::Again { state, .. } = learner.advance(learner.start(), pass.finish()).unwrap() else { panic!() };
    let mut pass = learner.pass(&state).unwrap();
    assert!(matches!(pass.push(&Rows::dense(1, &[3.0]).unwrap()), Err(Error::Changed { .. })));
    pass.push(&Rows::dense(1, &[1.5]).unwrap()).unwrap();
    assert!(matches!(learner.advance(state, pass.finish()), Err(Error::Changed { .. })));
}

proptest! {
    #[test]
    fn steps_are_those_of_plain_sums(
        values in prop::collection::vec(-50..50_i32, 12..300),
        k in 1..4_usize,
    ) {
        let values = values[..values.len() / 3 * 3].iter().map(|&value| f64::from(value) * 0.1).collect::<Vec<_>>();
        let rows = values.chunks_exact(3).map(<[f64]>::to_vec).collect::<Vec<_>>();
        let start = rows[..k].to_vec();
        let params = Params { k, max_iter: 1, init: Init::Centers(start.clone()), ..Params::default() };
        let (model, summary) = run(params, &values, 3);
        let mut cost = 0.0;
        let mut sums = vec![(0.0, vec![0.0; 3]); k];
        for row in &rows {
            let distances = start.iter().map(|center| lloyd::squared_distance(row, center)).collect::<Vec<_>>();
            let nearest = (0..k).reduce(|best, at| if distances[at] < distances[best] { at } else { best }).unwrap();
            cost += distances[nearest];
            sums[nearest].0 += 1.0;
            sums[nearest].1.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        prop_assert!((summary.cost - cost).abs() <= 1e-12 * (1.0 + cost));
        for ((center, (count, sum)), start) in model.centers.iter().zip(&sums).zip(&start) {
            for ((value, sum), start) in center.iter().zip(sum).zip(start) {
                let expected = if *count > 0.0 { sum / count } else { *start };
                prop_assert!((value - expected).abs() < 1e-12);
            }
        }
    }
}
