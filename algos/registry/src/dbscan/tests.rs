//! The whole plan by its kernels' names, as Spark runs it.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{ArrayRef, Float64Array, Int64Array, ListArray, RecordBatch};
use arrow_select::concat::concat_batches;
use arrow_select::take::take_record_batch;
use netlytics_kernel::{Error, Next};

use crate::{estimator, open};

/// Points of a generator without a seed of its own: two columns, twice every seventh.
fn rows(count: usize) -> Vec<[f64; 2]> {
    let mut state = 11_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut rows = (0..count).map(|_| [next(), next()]).collect::<Vec<_>>();
    rows.extend(rows.clone().into_iter().step_by(7));
    rows
}

fn lists(rows: &[[f64; 2]]) -> RecordBatch {
    let rows = rows.iter().map(|row| Some(row.iter().map(|value| Some(*value))));
    let features: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Float64Type, _, _>(rows));
    RecordBatch::try_from_iter_with_nullable([("features", features, true)]).unwrap()
}

fn run(name: &str, params: &str, model: Option<&[u8]>, batches: &[RecordBatch]) -> Result<RecordBatch, Error> {
    let mut kernel = open(name, params, model, &batches[0].schema())?;
    let mut found = Vec::new();
    for batch in batches {
        kernel.push(batch)?;
        found.extend(std::iter::from_fn(|| kernel.next().transpose()).collect::<Result<Vec<_>, _>>()?);
    }
    kernel.end()?;
    found.extend(std::iter::from_fn(|| kernel.next().transpose()).collect::<Result<Vec<_>, _>>()?);
    Ok(concat_batches(&kernel.schema(), &found).unwrap())
}

/// A fit over partitions, merged from the last to the first.
fn fit(name: &str, params: &str, partitions: &[RecordBatch]) -> Result<(Vec<u8>, String), Error> {
    let estimator = estimator(name, params, &partitions[0].schema())?;
    let mut state = estimator.start()?;
    loop {
        let partial = |batch: &RecordBatch| {
            let mut pass = estimator.pass(&state)?;
            pass.push(batch)?;
            pass.finish()
        };
        let mut partials = partitions.iter().map(partial).collect::<Result<Vec<_>, _>>()?.into_iter().rev();
        let first = partials.next().unwrap();
        let merged = partials.try_fold(first, |all, partial| estimator.merge(&partial, &all))?;
        match estimator.advance(&state, &merged)? {
            Next::Again { state: next, .. } => state = next,
            Next::Done { model, summary } => return Ok((model, summary)),
        }
    }
}

fn with(batch: &RecordBatch, others: &[(&str, ArrayRef)]) -> RecordBatch {
    let schema = batch.schema();
    let columns = schema.fields().iter().map(|field| field.name().clone()).zip(batch.columns().to_vec());
    let others = others.iter().map(|(name, column)| ((*name).to_owned(), Arc::clone(column)));
    RecordBatch::try_from_iter_with_nullable(columns.chain(others).map(|(name, column)| (name, column, true))).unwrap()
}

fn longs(batch: &RecordBatch, name: &str) -> Vec<Option<i64>> {
    batch.column_by_name(name).unwrap().as_primitive::<Int64Type>().iter().collect()
}

fn keys(batch: &RecordBatch) -> Vec<(Option<i64>, Option<i64>)> {
    longs(batch, "key_high").into_iter().zip(longs(batch, "key_low")).collect()
}

fn taken(batch: &RecordBatch, places: impl IntoIterator<Item = i64>) -> RecordBatch {
    take_record_batch(batch, &Int64Array::from_iter_values(places)).unwrap()
}

/// Cuts a batch into this many.
fn cut(batch: &RecordBatch, parts: i64) -> Vec<RecordBatch> {
    (0..parts).map(|part| taken(batch, (0..batch.num_rows() as i64).filter(|row| row % parts == part))).collect()
}

/// The distinct rows, with keys and weights: what Spark's groupBy gives.
fn distinct(table: &RecordBatch) -> RecordBatch {
    let keyed = run("features.key", "{}", None, std::slice::from_ref(table)).unwrap();
    let mut groups = BTreeMap::<_, Vec<i64>>::new();
    keys(&keyed).into_iter().zip(0..).for_each(|(key, row)| groups.entry(key).or_default().push(row));
    let weights = groups.values().map(|rows| rows.len() as i64).collect::<Int64Array>();
    let firsts = groups.values().map(|rows| rows[0]).collect::<Vec<_>>();
    let columns = ["key_high", "key_low"].map(|name| (name, Arc::clone(keyed.column_by_name(name).unwrap())));
    with(&taken(&with(table, &columns), firsts), &[("weight", Arc::new(weights))])
}

/// The label of each key.
fn labels(table: &RecordBatch, params: &str, parts: i64) -> BTreeMap<(Option<i64>, Option<i64>), i64> {
    let points = distinct(table);
    let partitions = cut(&points, parts);
    let (boxes, summary) = fit("clustering.dbscan.boxes", params, &partitions).unwrap();
    assert!(summary.contains("\"points\":"), "{summary}");
    let routed = partitions
        .iter()
        .map(|part| run("clustering.dbscan.route", params, Some(&boxes), std::slice::from_ref(part)).unwrap())
        .collect::<Vec<_>>();
    let routed = concat_batches(&routed[0].schema(), &routed).unwrap();
    let mut order = longs(&routed, "box").into_iter().zip(0_i64..).collect::<Vec<_>>();
    order.sort_unstable();
    let sorted = taken(&routed, order.into_iter().map(|(_, row)| row));
    // A box goes on in the next batch.
    let halves =
        [sorted.slice(0, sorted.num_rows() / 2), sorted.slice(sorted.num_rows() / 2, sorted.num_rows().div_ceil(2))];
    let found = run("clustering.dbscan.local", params, None, &halves).unwrap();
    let (merged, _) = fit("clustering.dbscan.merge", "{}", &cut(&found, parts)).unwrap();
    let kinds = found.column_by_name("kind").unwrap().as_string::<i32>().clone();
    let of_points = ["core", "border", "noise"];
    let owned = (0..found.num_rows()).filter(|&row| of_points.contains(&kinds.value(row))).map(|row| row as i64);
    let found = taken(&found, owned);
    let labelled = run("clustering.dbscan.label", "{}", Some(&merged), std::slice::from_ref(&found)).unwrap();
    let labels = keys(&found).into_iter().zip(longs(&labelled, "prediction").into_iter().flatten());
    let labels = labels.collect::<BTreeMap<_, _>>();
    assert_eq!((labels.len(), found.num_rows()), (points.num_rows(), points.num_rows()), "each point has one label");
    labels
}

#[test]
fn labels_do_not_depend_on_boxes_or_partitions() {
    let table = lists(&rows(4000));
    let params = |of: u64| format!(r#"{{"eps": 0.02, "min_points": 5, "box_points": {of}}}"#);
    let expected = labels(&table, &params(100_000), 1);
    let sizes = |label| expected.values().filter(|other| **other == label).count();
    assert!(sizes(0) >= sizes(1) && sizes(1) > 1 && sizes(-1) > 1);
    for (of, parts) in [(1000, 1), (1000, 3), (250, 17)] {
        assert_eq!(labels(&table, &params(of), parts), expected);
    }
}

#[test]
fn features_may_be_columns() {
    let rows = rows(500);
    let column = |at: usize| -> ArrayRef { Arc::new(rows.iter().map(|row| Some(row[at])).collect::<Float64Array>()) };
    let table = RecordBatch::try_from_iter_with_nullable([("x", column(0), true), ("y", column(1), true)]).unwrap();
    let keys_of = |table: &RecordBatch, params: &str| {
        keys(&run("features.key", params, None, std::slice::from_ref(table)).unwrap())
    };
    assert_eq!(keys_of(&table, r#"{"features": ["x", "y"]}"#), keys_of(&lists(&rows), "{}"));
}

#[test]
fn too_much_work_is_refused_in_advance() {
    let points = distinct(&lists(&rows(3000)));
    let refused = fit("clustering.dbscan.boxes", r#"{"eps": 0.5, "max_pairs": 1000}"#, &[points]).unwrap_err();
    assert!(refused.message.starts_with("About ") && refused.message.contains("a smaller eps"), "{refused}");
}

#[test]
fn what_is_not_valid_is_named() {
    let table = lists(&rows(10));
    let points = distinct(&table);
    for (params, expected) in [
        (r#"{"metric": "cosine"}"#, "There is no metric cosine: expected euclidean."),
        (r#"{"eps": -1}"#, "eps is -1: expected a number from 0"),
        (r#"{"min_points": 0}"#, "min_points is 0: expected a number from 1"),
        (r#"{"epsilon": 1}"#, "unknown field `epsilon`"),
        (r#"{"features": ["feature"]}"#, "There is no column feature"),
    ] {
        let error = estimator("clustering.dbscan.boxes", params, &points.schema()).err().unwrap();
        assert!(error.message.contains(expected), "{error}");
    }
    let error = estimator("clustering.dbscan.boxes", "{}", &table.schema()).err().unwrap();
    assert!(error.message.contains("There is no column key_high"), "{error}");
    let error = open("clustering.dbscan.route", "{}", None, &points.schema()).err().unwrap();
    assert!(error.message.contains("takes the model that clustering.dbscan.boxes finds"), "{error}");
}

#[test]
fn rows_of_two_lengths_are_refused() {
    let short = distinct(&lists(&rows(10)));
    let one: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Float64Type, _, _>([Some([Some(1.0)])]));
    let one = distinct(&RecordBatch::try_from_iter_with_nullable([("features", one, true)]).unwrap());
    let refused = fit("clustering.dbscan.boxes", "{}", &[short, one]).unwrap_err();
    assert!(refused.message.contains("Some rows have 1 features and others 2"), "{refused}");
}

#[test]
fn no_rows_have_no_clusters() {
    let table = lists(&[]);
    let points = distinct(&table);
    assert_eq!(points.num_rows(), 0);
    let (boxes, _) = fit("clustering.dbscan.boxes", "{}", std::slice::from_ref(&points)).unwrap();
    let routed = run("clustering.dbscan.route", "{}", Some(&boxes), &[points]).unwrap();
    let found = run("clustering.dbscan.local", "{}", None, &[routed]).unwrap();
    let (_, summary) = fit("clustering.dbscan.merge", "{}", std::slice::from_ref(&found)).unwrap();
    assert!(found.num_rows() == 0 && summary.contains("\"clusters\":0"), "{summary}");
}
