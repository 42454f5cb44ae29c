use super::*;
use netlytics_features::Rows;
use netlytics_learning::Error;
use netlytics_learning::{Advance, Learner, LearningPass as _, fit};

const WIDTH: usize = 3;

/// Three heaps of points, made without chance, of which the last is flat.
fn heaps(rows: usize) -> Vec<f64> {
    let noise = |at: usize| ((at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64 / (1 << 24) as f64;
    let value = |at: usize| {
        let (row, feature) = (at / WIDTH, at % WIDTH);
        let flat = if row % 3 == 2 && feature == 1 { 0.01 } else { 1.0 };
        (row % 3) as f64 * 4.0 + noise(at) * flat
    };
    (0..rows * WIDTH).map(value).collect()
}

fn run(params: Params, values: &[f64]) -> Result<(Mixture, Summary), Error> {
    fit(&GaussianMixture::new(params)?, &[Rows::dense(WIDTH, values).unwrap()])
}

fn three() -> Params {
    Params { k: 3, ..Params::default() }
}

#[test]
fn heaps_are_found() {
    let values = heaps(3000);
    for covariance in [Covariance::Full, Covariance::Diagonal] {
        let (model, summary) = run(Params { covariance, ..three() }, &values).unwrap();
        assert_eq!((summary.sizes, summary.converged), (vec![1000; 3], true));
        assert!(model.weights.iter().all(|weight| (weight - 1.0 / 3.0).abs() < 1e-12));
        let flat = model.means.iter().position(|mean| mean[0] > 8.0).unwrap();
        let cell = if covariance == Covariance::Full { WIDTH + 1 } else { 1 };
        let variance = model.covariances[flat][cell];
        assert!((variance - 1e-6 - 1e-4 / 12.0).abs() < 1e-6, "{variance}");
    }
}

#[test]
fn a_step_is_that_of_plain_sums() {
    let values = (0..WIDTH * 200).map(|at| ((at * 7919) % 1009) as f64 * 0.01).collect::<Vec<_>>();
    let rows = values.chunks_exact(WIDTH).collect::<Vec<_>>();
    let means = vec![vec![1.0, 2.0, 3.0], vec![6.0, 5.0, 4.0]];
    let precision = vec![0.5, 0.1, 0.0, 0.1, 0.4, 0.0, 0.0, 0.0, 0.3];
    let precisions = vec![precision.clone(), precision.clone()];
    let init = Init::Components { weights: vec![0.25, 0.75], means: means.clone(), precisions };
    let (model, summary) = run(Params { k: 2, max_iter: 1, init, ..Params::default() }, &values).unwrap();
    let determinant: f64 = (0.5 * 0.4 - 0.01) * 0.3;
    let density = |row: &[f64], mean: &[f64]| {
        let centred = row.iter().zip(mean).map(|(value, mean)| value - mean).collect::<Vec<_>>();
        let cells = (0..9).map(|cell| centred[cell / 3] * precision[cell] * centred[cell % 3]);
        (determinant.sqrt() * (-0.5 * cells.sum::<f64>()).exp()) / std::f64::consts::TAU.powf(1.5)
    };
    let all = rows.iter().map(|row| [0.25 * density(row, &means[0]), 0.75 * density(row, &means[1])]);
    let all = all.collect::<Vec<_>>();
    let likelihood = all.iter().map(|both| (both[0] + both[1]).ln()).sum::<f64>();
    assert!((summary.cost + likelihood).abs() < 1e-9 * likelihood.abs());
    for component in 0..2 {
        let shares = all.iter().map(|both| both[component] / (both[0] + both[1])).collect::<Vec<_>>();
        let total = shares.iter().sum::<f64>();
        assert!((model.weights[component] - total / 200.0).abs() < 1e-12);
        let mean = |at: usize| shares.iter().zip(&rows).map(|(share, row)| share * row[at]).sum::<f64>() / total;
        for cell in 0..9 {
            let (one, other) = (cell / 3, cell % 3);
            assert!((model.means[component][one] - mean(one)).abs() < 1e-12);
            let products = shares
                .iter()
                .zip(&rows)
                .map(|(share, row)| share * (row[one] - mean(one)) * (row[other] - mean(other)));
            let expected = products.sum::<f64>() / total + if one == other { 1e-6 } else { 0.0 };
            assert!((model.covariances[component][cell] - expected).abs() < 1e-10, "{component} {cell}");
        }
    }
}

#[test]
fn partitions_and_order_do_not_matter() {
    let values = heaps(600);
    for (init, covariance) in [(Init::KMeans, Covariance::Full), (Init::Random, Covariance::Diagonal)] {
        let params = Params { k: 4, init, covariance, tol: 1e-6, ..Params::default() };
        let expected = run(params.clone(), &values).unwrap();
        for parts in [1, 3, 17] {
            let mut dealt = vec![Vec::new(); parts];
            for (at, row) in values.chunks_exact(WIDTH).rev().enumerate() {
                dealt[at * 7 % parts].extend_from_slice(row);
            }
            let learner = GaussianMixture::new(params.clone()).unwrap();
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
}

#[test]
fn the_likelihood_never_falls() {
    let values = heaps(300);
    let bound =
        |max_iter| run(Params { max_iter, tol: 0.0, reg_covar: 0.0, ..three() }, &values).unwrap().1.lower_bound;
    let bounds = (1..8).map(bound).collect::<Vec<_>>();
    assert!(bounds.windows(2).all(|pair| pair[1] >= pair[0] - 1e-12), "{bounds:?}");
}

#[test]
fn rows_far_from_all_components_have_a_density() {
    let (model, _) = run(three(), &heaps(300)).unwrap();
    let far = [1e6, -1e6, 1e6];
    let scored = Scorer::new(&model).unwrap().score(&Rows::dense(WIDTH, &far).unwrap()).unwrap();
    assert!(scored.log_densities[0] < -1e6 && scored.log_densities[0].is_finite());
    assert_eq!(scored.shares.iter().sum::<f64>(), 1.0);
}

#[test]
fn fewer_distinct_rows_and_constant_features() {
    let (model, summary) = run(Params::default(), &[1.0, 2.0, 3.0, 1.0, 5.0, 3.0].repeat(20)).unwrap();
    assert_eq!(model.weights, [0.5; 2]);
    assert_eq!(summary.sizes, [20, 20]);
    let error = run(Params { reg_covar: 0.0, ..Params::default() }, &[1.0, 2.0, 3.0]).unwrap_err();
    assert!(error.to_string().starts_with("the covariance of component 0 is singular: raise reg_covar"), "{error}");
}

#[test]
fn mistakes_are_told() {
    let message = |params: Params| GaussianMixture::new(params).unwrap_err().to_string();
    assert!(message(Params { k: 0, ..Params::default() }).starts_with("k is 0"));
    assert!(message(Params { reg_covar: -1.0, ..Params::default() }).starts_with("reg_covar is -1"));
    let init = Init::Components { weights: vec![0.5], means: vec![vec![0.0]], precisions: vec![vec![1.0]] };
    assert!(message(Params { k: 1, init, ..Params::default() }).starts_with("initial_weights is [0.5]"));
    assert_eq!(run(Params::default(), &[]).unwrap_err(), Error::NoRows);
    let wide = vec![1.0; 1001];
    let rows = [Rows::dense(1001, &wide).unwrap()];
    let error = fit(&GaussianMixture::new(Params::default()).unwrap(), &rows).unwrap_err();
    assert!(error.to_string().starts_with("covariance_type is full with 1001 features: expected diag"), "{error}");
    let diagonal = Params { covariance: Covariance::Diagonal, ..Params::default() };
    assert!(fit(&GaussianMixture::new(diagonal).unwrap(), &rows).is_ok());
}

#[test]
fn small_units_hide_no_component() {
    // Two groups of round trips of 60 and 160 µs, in seconds: the variances are far below scikit-learn's 1e-6.
    let noise = |at: usize| ((at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as f64 / (1 << 24) as f64 - 0.5;
    let micros = (0..1000).map(|at| if at % 2 == 0 { 60.0 } else { 160.0 } + 18.0 * noise(at)).collect::<Vec<_>>();
    for unit in [1e-6, 1.0, 1e6] {
        let values = micros.iter().map(|value| value * unit).collect::<Vec<_>>();
        let params = Params { k: 2, regularisation: Regularisation::Relative, ..Params::default() };
        let learner = GaussianMixture::new(params).unwrap();
        let (model, summary) = fit(&learner, &[Rows::dense(1, &values).unwrap()]).unwrap();
        assert_eq!(summary.sizes, [500, 500], "{unit}");
        let mut means = model.means.concat();
        means.sort_by(f64::total_cmp);
        assert!((means[0] / unit - 60.0).abs() < 1.0 && (means[1] / unit - 160.0).abs() < 1.0, "{means:?}");
    }
}
