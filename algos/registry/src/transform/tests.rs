use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::{Array as _, ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use netlytics_kernel::estimator::fit;
use netlytics_kernel::{Error, Estimator as _, Kernel as _, Next, vector};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::Model;
use super::{FeaturesKernel, Transform};
use crate::vectors::{FeatureColumns, Spare};

type Cells<'a> = (Option<f64>, Option<&'a str>);

fn batch(rows: &[Cells]) -> RecordBatch {
    let bytes: ArrayRef = Arc::new(rows.iter().map(|row| row.0).collect::<Float64Array>());
    let methods: ArrayRef = Arc::new(rows.iter().map(|row| row.1).collect::<StringArray>());
    let counts: ArrayRef = Arc::new(Int64Array::from(vec![1; rows.len()]));
    RecordBatch::try_from_iter_with_nullable([("bytes", bytes, true), ("method", methods, true), ("n", counts, true)])
        .unwrap()
}

fn params(more: Value) -> String {
    let mut params = json!({"numerical": ["bytes"], "categorical": ["method"], "normalize": false});
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    params.to_string()
}

fn learn(params: &str, batches: &[RecordBatch]) -> Result<(Vec<u8>, String), Error> {
    fit(&Transform::open(params, &batches[0].schema())?, batches)
}

fn score(model: &[u8], batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let mut kernel = FeaturesKernel::open("{}", Some(model), &batch.schema())?;
    kernel.push(batch)?;
    let scored = kernel.next()?.unwrap();
    assert_eq!(scored.schema(), kernel.schema());
    assert_eq!((scored.num_rows(), kernel.next()?), (batch.num_rows(), None));
    Ok(scored)
}

/// The features of every row, written out, and whether they are sparse.
fn features(scored: &RecordBatch) -> (Vec<Vec<f64>>, bool) {
    let columns = FeatureColumns::new(&scored.schema(), &["features".to_owned()]).unwrap();
    let mut spare = Spare::default();
    let rows = columns.rows(scored, &mut spare).unwrap();
    let written = rows.iter().map(|row| {
        let mut dense = vec![0.0; rows.width()];
        row.write_to(&mut dense);
        dense
    });
    (written.collect(), rows.as_dense().is_none())
}

fn transformed(more: Value, rows: &[Cells]) -> Result<Vec<Vec<f64>>, Error> {
    let (model, _) = learn(&params(more), &[batch(rows)])?;
    Ok(features(&score(&model, &batch(rows))?).0)
}

const ROWS: [Cells; 5] = [
    (Some(3.0), Some("GET")),
    (Some(1.0), Some("POST")),
    (Some(0.0), None),
    (Some(2.0), Some("GET")),
    (Some(4.0), None),
];

#[test]
fn numbers_then_slots_by_frequency_and_value() {
    let expected = [[3.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [2.0, 1.0, 0.0], [4.0, 0.0, 1.0]];
    // GET and __NA__ occur twice each: in the order of their texts.
    assert_eq!(transformed(json!({}), &ROWS).unwrap(), expected);
    let normalized = transformed(json!({"normalize": true}), &ROWS).unwrap();
    let length = 10.0_f64.sqrt();
    assert_eq!(normalized[0], [3.0 / length, 1.0 / length, 0.0]);
    assert_eq!(normalized[2], [0.0, 0.0, 1.0]);
    let largest = transformed(json!({"normalize": true, "normalize_p": "inf"}), &ROWS).unwrap();
    assert_eq!(largest[3], [1.0, 0.5, 0.0]);
    let scaled = transformed(json!({"scale": "minmax"}), &ROWS).unwrap();
    assert_eq!(scaled.iter().map(|row| row[0]).collect::<Vec<_>>(), [0.75, 0.25, 0.0, 0.5, 1.0]);
    let scaled = transformed(json!({"scale": "standard"}), &ROWS).unwrap();
    assert_eq!(scaled[3][0], 0.0);
    assert!((scaled[4][0] - 2.0_f64.sqrt()).abs() < 1e-15);
}

#[test]
fn the_model_and_the_column_tell_what_each_feature_is() {
    let (message, summary) = learn(&params(json!({})), &[batch(&ROWS)]).unwrap();
    let model = Model::decode(&message).unwrap();
    assert_eq!(model.features, ["bytes", "method=GET", "method=__NA__"]);
    assert_eq!((&model.categories[0].values[2], &model.categories[0].counts), (&"POST".to_owned(), &vec![2, 2, 1]));
    let summary: Value = serde_json::from_str(&summary).unwrap();
    assert_eq!(summary, json!({"rows": 5, "rows_left_out": 0, "features": 3, "categories": {"method": 3}}));
    let scored = score(&message, &batch(&ROWS)).unwrap();
    let metadata: Value = serde_json::from_str(&scored.schema().field(0).metadata()[vector::SPARK_METADATA]).unwrap();
    let binary = json!([{"idx": 1, "name": "method=GET"}, {"idx": 2, "name": "method=__NA__"}]);
    let numeric = json!([{"idx": 0, "name": "bytes"}]);
    assert_eq!(metadata, json!({"ml_attr": {"num_attrs": 3, "attrs": {"numeric": numeric, "binary": binary}}}));
}

#[test]
fn features_by_the_names_of_their_columns() {
    let more = json!({"numerical": ["bytes", "z"], "order": "name"});
    let with_z = |rows: &[Cells]| {
        let batch = batch(rows);
        let z: ArrayRef = Arc::new(Float64Array::from(vec![9.0; rows.len()]));
        let columns = [("z", z), ("method", batch["method"].clone()), ("bytes", batch["bytes"].clone())];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, array)| (name, array, true))).unwrap()
    };
    let (message, _) = learn(&params(more), &[with_z(&ROWS)]).unwrap();
    let model = Model::decode(&message).unwrap();
    assert_eq!(model.features, ["bytes", "method=GET", "method=__NA__", "z"]);
    assert_eq!(
        features(&score(&message, &with_z(&ROWS[..2])).unwrap()).0,
        [[3.0, 1.0, 0.0, 9.0], [1.0, 0.0, 0.0, 9.0]]
    );
    let metadata: Value = serde_json::from_str(&model.metadata().unwrap()).unwrap();
    let numeric = json!([{"idx": 0, "name": "bytes"}, {"idx": 3, "name": "z"}]);
    assert_eq!(metadata["ml_attr"]["attrs"]["numeric"], numeric);
    let (alone, _) = learn(&params(json!({})), &[batch(&ROWS[..1])]).unwrap();
    assert!(!Model::decode(&alone).unwrap().metadata().unwrap().contains("binary"));
}

#[test]
fn many_categories_stay_sparse_and_unknown_ones_are_zeros() {
    let names = (0..100).map(|at| format!("m{at:03}")).collect::<Vec<_>>();
    let rows = names.iter().map(|name| (Some(2.0), Some(name.as_str()))).collect::<Vec<_>>();
    let (model, _) = learn(&params(json!({})), &[batch(&rows)]).unwrap();
    let unseen = [(Some(7.0), Some("m007")), (Some(8.0), Some("PUT")), (Some(9.0), None), (Some(0.0), Some("m099"))];
    let (found, sparse) = features(&score(&model, &batch(&unseen)).unwrap());
    assert!(sparse);
    let row = |number: f64, slot: Option<usize>| {
        let mut row = vec![0.0; 100];
        row[0] = number;
        slot.into_iter().for_each(|slot| row[1 + slot] = 1.0);
        row
    };
    assert_eq!(found, [row(7.0, Some(7)), row(8.0, None), row(9.0, None), row(0.0, None)]);
}

#[test]
fn null_numbers_by_policy() {
    let rows = [(Some(3.0), Some("GET")), (None, Some("PUT")), (Some(1.0), Some("POST"))];
    let error = transformed(json!({}), &rows).unwrap_err();
    assert!(error.message.starts_with("The column bytes is null in 1 of 3 rows"), "{error}");
    assert_eq!(error.column.as_deref(), Some("bytes"));
    let zero = transformed(json!({"null_policy": "zero", "scale": "minmax"}), &rows).unwrap();
    assert_eq!(zero.iter().map(|row| row[0]).collect::<Vec<_>>(), [1.0, 0.0, 1.0 / 3.0]);
    // The row that is left out is not learned from either: PUT is no category, 0 is not the least number.
    let (model, summary) = learn(&params(json!({"null_policy": "drop", "scale": "minmax"})), &[batch(&rows)]).unwrap();
    assert!(summary.contains(r#""rows_left_out":1"#), "{summary}");
    let scored = score(&model, &batch(&rows)).unwrap();
    let vectors = scored.column(0).as_struct();
    assert_eq!((0..3).map(|row| vectors.is_null(row)).collect::<Vec<_>>(), [false, true, false]);
    let kept = batch(&[rows[0], rows[2]]);
    assert_eq!(features(&score(&model, &kept).unwrap()).0, [[1.0, 1.0], [0.0, 0.0]]);
}

#[test]
fn mistakes_are_told() {
    let schema = batch(&ROWS).schema();
    for (given, expected) in [
        (json!({"numerical": ["byte"]}), "There is no column byte: did you mean bytes?"),
        (json!({"numerical": ["method"], "categorical": []}), "The numerical feature method is text: cast it"),
        (json!({"numerical": ["n"]}), "The numerical feature n is Int64: cast it to double."),
        (json!({"categorical": ["n"]}), "The categorical feature n is Int64: cast it to string."),
        (json!({"categorical": ["bytes"]}), "The feature bytes is named twice."),
        (json!({"numerical": [], "categorical": []}), "No feature is named"),
        (json!({"normalize_p": 0.5}), "normalize_p: expected a number from 1"),
        (json!({"normalize_p": "most"}), "normalize_p: expected a number from 1"),
        (json!({"scale": "max"}), "unknown variant `max`"),
        (json!({"null_policy": "keep"}), "unknown variant `keep`"),
        (json!({"max_categories": 0}), "max_categories is 0: expected 1 to 100000000."),
        (json!({"maximum": 0}), "unknown field `maximum`"),
    ] {
        let error = Transform::open(&params(given), &schema).err().unwrap();
        assert!(error.message.contains(expected), "{error}");
        assert_eq!(error.kind, netlytics_kernel::Kind::BadParameter);
    }
    let error = FeaturesKernel::open("{}", None, &schema).err().unwrap();
    assert!(error.message.contains("needs a model"), "{error}");
    let (model, _) = learn(&params(json!({})), &[batch(&ROWS)]).unwrap();
    let error = FeaturesKernel::open(r#"{"numerical":[]}"#, Some(&model), &schema).err().unwrap();
    assert!(error.message.contains("0 numerical columns are named: the model has 1"), "{error}");
}

#[test]
fn rows_that_cannot_be_transformed_are_told() {
    for (given, rows, expected) in [
        (json!({}), &[(Some(f64::NAN), None), (Some(0.0), Some("a"))][..], "The column bytes is NaN in row 0"),
        (json!({"max_categories": 1}), &ROWS, "The column method has more than 1 different values"),
        (json!({"numerical": []}), &[(None, Some("GET")); 3], "method has the same value in all rows"),
        (json!({"numerical": []}), &[], "No feature is left: there are no rows"),
        (json!({"scale": "minmax"}), &[(Some(f64::MAX), None), (Some(f64::MIN), None)], "bytes are too far apart"),
    ] {
        let error = transformed(given, rows).unwrap_err();
        assert!(error.message.contains(expected), "{error}");
        assert_eq!(error.kind, netlytics_kernel::Kind::BadInput);
    }
    let most = params(json!({"max_categories": 2}));
    let estimator = Transform::open(&most, &batch(&ROWS).schema()).unwrap();
    let partial = |rows: &[Cells]| {
        let mut pass = estimator.pass(&estimator.start().unwrap()).unwrap();
        pass.push(&batch(rows)).unwrap();
        pass.finish().unwrap()
    };
    let error = estimator.merge(&partial(&ROWS[..2]), &partial(&[(None, Some("PUT"))][..0])).map(drop);
    assert_eq!(error, Ok(()));
    let put = partial(&[(Some(0.0), Some("PUT"))]);
    let error = estimator.merge(&partial(&ROWS[..2]), &put).unwrap_err();
    assert!(error.message.contains("more than 2 different values"), "{error}");
}

#[test]
fn without_rows() {
    let (model, _) = learn(&params(json!({"scale": "standard"})), &[batch(&[])]).unwrap();
    assert_eq!(features(&score(&model, &batch(&[])).unwrap()).0, Vec::<Vec<f64>>::new());
    assert_eq!(features(&score(&model, &batch(&ROWS[..1])).unwrap()).0, [[0.0]]);
}

proptest! {
    /// The same model, to the last bit, in whatever partitions, batches and order the rows come.
    #[test]
    fn however_the_rows_are_cut(
        cells in prop::collection::vec((-1e9..1e9_f64, prop::option::of("[a-c]{1,2}")), 2..40),
        cuts in prop::collection::vec(0..40_usize, 2),
        scale in prop::sample::select(vec!["none", "standard", "minmax"]),
    ) {
        let rows = cells.iter().map(|(number, text)| (Some(*number), text.as_deref())).collect::<Vec<_>>();
        let params = params(json!({"scale": scale}));
        let estimator = Transform::open(&params, &batch(&rows).schema()).unwrap();
        let start = estimator.start().unwrap();
        let partial = |batches: &[&[Cells]]| {
            let mut pass = estimator.pass(&start).unwrap();
            batches.iter().for_each(|rows| pass.push(&batch(rows)).unwrap());
            pass.finish().unwrap()
        };
        let model = |partial: &[u8]| match estimator.advance(&start, partial).unwrap() {
            Next::Done { model, .. } => model,
            other @ Next::Again { .. } => panic!("{other:?}"),
        };
        let mut cuts = cuts.iter().map(|cut| cut % rows.len()).collect::<Vec<_>>();
        cuts.sort_unstable();
        let [a, b, c] = [&rows[..cuts[0]], &rows[cuts[0]..cuts[1]], &rows[cuts[1]..]];
        let expected = model(&partial(&[&rows]));
        let [x, y, z] = [a, b, c].map(|rows| partial(&[rows]));
        let left = estimator.merge(&estimator.merge(&x, &y).unwrap(), &z).unwrap();
        let right = estimator.merge(&z, &estimator.merge(&y, &x).unwrap()).unwrap();
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(&model(&left), &expected);
        prop_assert_eq!(&model(&partial(&[c, a, b])), &expected);
        let whole = features(&score(&expected, &batch(&rows)).unwrap()).0;
        let parts = [a, b, c].into_iter().flat_map(|rows| features(&score(&expected, &batch(rows)).unwrap()).0);
        prop_assert_eq!(parts.collect::<Vec<_>>(), whole);
    }
}
