use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use netlytics_kernel::{Kernel as _, Next, estimator::fit, message::decode};
use proptest::prelude::*;

use super::*;

fn schema() -> SchemaRef {
    let fields = [("host", DataType::Utf8), ("value", DataType::Float64)];
    Arc::new(Schema::new(fields.map(|(name, kind)| Field::new(name, kind, true)).to_vec()))
}

fn rows(host: &str, values: &[Option<f64>]) -> RecordBatch {
    let hosts: ArrayRef = Arc::new(StringArray::from(vec![host; values.len()]));
    let values: ArrayRef = Arc::new(Float64Array::from(values.to_vec()));
    RecordBatch::try_new(schema(), vec![hosts, values]).unwrap()
}

/// The bounds by one pass after the other over these partitions, merged from the last to the first.
fn over_partitions(params: &str, partitions: &[RecordBatch]) -> Model {
    let estimator = estimator(params, &schema()).unwrap();
    let mut state = estimator.start().unwrap();
    loop {
        let partials = partitions.iter().map(|rows| {
            let mut pass = estimator.pass(&state).unwrap();
            pass.push(rows).unwrap();
            pass.finish().unwrap()
        });
        let all = partials.rev().reduce(|all, partial| estimator.merge(&all, &partial).unwrap()).unwrap();
        match estimator.advance(&state, &all).unwrap() {
            Next::Again { state: next, .. } => state = next,
            Next::Done { model, .. } => return decode("anomaly.univariate.model", 1, &model).unwrap(),
        }
    }
}

fn bounds_of_groups(params: &str, batches: &[RecordBatch]) -> Result<Vec<RecordBatch>, Error> {
    let mut kernel = GroupsKernel::open(params, &schema())?;
    batches.iter().try_for_each(|batch| kernel.push(batch))?;
    kernel.end()?;
    Ok(std::iter::from_fn(|| kernel.next().unwrap()).collect())
}

const BOXPLOT: &str = r#"{"method":"boxplot","factor":1.0}"#;

#[test]
fn bounds_and_what_is_told_of_them() {
    let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0].map(Some);
    let batches = [rows("a", &values), rows("a", &[None, None])];
    for (params, low, high, key, value) in
        [("{}", -1.0, 11.0, "standard_deviation", 2.0), (BOXPLOT, 3.0, 6.0, "lower_quartile", 4.0)]
    {
        let (model, summary) = fit(estimator(params, &schema()).unwrap().as_ref(), &batches).unwrap();
        assert_eq!(decode::<Model>("anomaly.univariate.model", 1, &model), Ok(Model { low, high }));
        let summary = serde_json::from_str::<serde_json::Value>(&summary).unwrap();
        assert_eq!((&summary["values"], &summary["nulls"]), (&8.into(), &2.into()));
        assert_eq!((&summary["low"], &summary["high"]), (&low.into(), &high.into()));
        assert_eq!((&summary["least"], &summary["greatest"]), (&2.0.into(), &9.0.into()));
        assert_eq!(summary[key], value);
    }
}

#[test]
fn mistakes_are_told() {
    for (params, expected) in [
        (r#"{"method":"box"}"#, "box"),
        (r#"{"value":"bytes"}"#, "no column bytes"),
        (r#"{"value":"host"}"#, "doubles are expected"),
        (r#"{"group_by":["host"]}"#, "found by anomaly.univariate.groups"),
    ] {
        let error = estimator(params, &schema()).err().unwrap();
        assert!(error.message.contains(expected), "{error}");
    }
    for params in ["{}", BOXPLOT] {
        let estimator = estimator(params, &schema()).unwrap();
        for (batch, expected) in [
            (rows("a", &[Some(1.0), Some(f64::NAN)]), "value holds NaN"),
            (rows("a", &[Some(f64::INFINITY)]), "value holds inf"),
            (rows("a", &[None]), "holds no value"),
            (rows("a", &[]), "holds no value"),
        ] {
            let error = fit(estimator.as_ref(), &[batch]).unwrap_err();
            assert!(error.message.contains(expected), "{error}");
            assert_eq!(error.column.as_deref(), Some("value"));
        }
    }
    for (factor, expected) in [("-1", "factor is -1: expected a number not below 0"), ("1e300", "finite")] {
        for method in ["gaussian", "boxplot"] {
            let params = format!(r#"{{"method":"{method}","factor":{factor}}}"#);
            let batch = rows("a", &[-1e90, -1e90, 1e90, 1e90].map(Some));
            let error = fit(estimator(&params, &schema()).unwrap().as_ref(), &[batch]).unwrap_err();
            assert!(error.message.contains(expected), "{error}");
        }
    }
}

#[test]
fn groups_however_they_are_cut() {
    let (one, two) = ([1.0, 3.0].map(Some), [Some(5.0), None]);
    let batches = [rows("a", &one[..1]), rows("a", &one[1..]), rows("b", &[None]), rows("c", &two)];
    let params = r#"{"group_by":["host"],"factor":1}"#;
    let found = bounds_of_groups(params, &batches).unwrap();
    assert_eq!(found, bounds_of_groups(params, &[rows("a", &one), rows("b", &[None]), rows("c", &two)]).unwrap());
    let double = |name: &str| found[0][name].as_primitive::<Float64Type>().iter().collect::<Vec<_>>();
    let long = |name: &str| found[0][name].as_primitive::<Int64Type>().values().to_vec();
    assert_eq!(double("low"), [Some(1.0), None, Some(5.0)]);
    assert_eq!(double("high"), [Some(3.0), None, Some(5.0)]);
    assert_eq!((long("values"), long("nulls")), (vec![2, 0, 1], vec![0, 1, 1]));

    let error = bounds_of_groups(params, &[rows("a", &one), rows("b", &[Some(f64::NAN)])]).unwrap_err();
    assert!(error.message.starts_with("Group of host b: The column value holds NaN"), "{error}");
}

#[test]
fn more_groups_than_a_batch_holds() {
    let batches = (0..20_000).map(|group| rows(&format!("{group:05}"), &[Some(1.0)])).collect::<Vec<_>>();
    let found = bounds_of_groups(r#"{"group_by":["host"],"method":"boxplot"}"#, &batches).unwrap();
    assert_eq!(found.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [8192, 8192, 3616]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_same_to_the_last_bit_for_any_partitions_and_for_a_group(
        values in prop::collection::vec(prop::option::weighted(0.9, prop_oneof![-1e3..1e3, -1e90..1e90, Just(-0.0)]), 1..300),
        turn in any::<prop::sample::Index>(),
    ) {
        prop_assume!(values.iter().any(Option::is_some));
        let mut turned = values.clone();
        turned.rotate_left(turn.index(values.len()));
        for method in ["gaussian", "boxplot"] {
            let params = format!(r#"{{"method":"{method}"}}"#);
            let bits = |model: Model| [model.low, model.high].map(f64::to_bits);
            let whole = bits(over_partitions(&params, &[rows("a", &values)]));
            for parts in [3, 17] {
                let cut = turned.chunks(values.len().div_ceil(parts)).map(|part| rows("a", part)).collect::<Vec<_>>();
                prop_assert_eq!(bits(over_partitions(&params, &cut)), whole);
            }
            let grouped = format!(r#"{{"method":"{method}","group_by":["host"]}}"#);
            let group = bounds_of_groups(&grouped, &[rows("a", &turned)]).unwrap().remove(0);
            let bound = |name: &str| group[name].as_primitive::<Float64Type>().value(0).to_bits();
            prop_assert_eq!([bound("low"), bound("high")], whole);
        }
    }
}

#[test]
fn a_model_says_which_rows_are_outside() {
    let batches = [rows("a", &[1.0, 2.0, 3.0, 2.0].map(Some))];
    let (model, _) = fit(crate::estimator(NAME, r#"{"factor":1}"#, &schema()).unwrap().as_ref(), &batches).unwrap();
    let mut kernel = crate::open(SCORE, "{}", Some(&model), &schema()).unwrap();
    kernel.push(&rows("b", &[Some(2.1), None, Some(9.0), Some(-9.0)])).unwrap();
    let found = kernel.next().unwrap().unwrap();
    let outliers = found["outlier"].as_boolean().iter().collect::<Vec<_>>();
    assert_eq!(outliers, [Some(false), None, Some(true), Some(true)]);
    let other = Arc::new(Schema::new(vec![Field::new("bytes", DataType::Float64, true)]));
    let error = crate::open(SCORE, "{}", Some(&model), &other).err().unwrap();
    assert!(error.message.contains("no column value"), "{error}");
    assert!(crate::open(SCORE, r#"{"value":"bytes"}"#, Some(&model), &other).is_ok());
}
