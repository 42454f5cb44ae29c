use std::sync::Arc;

use arrow_array::types::{Int8Type, Int32Type};
use arrow_array::{Int8Array, Int32Array, ListArray, StringArray, StructArray};
use arrow_schema::{Field, Schema};
use proptest::prelude::*;

use super::*;

/// A vector as Spark ML keeps it.
#[derive(Debug, Clone)]
enum Vector {
    Dense(Vec<f64>),
    Sparse(i32, Vec<i32>, Vec<f64>),
}
use Vector::{Dense, Sparse};

fn lists<T: arrow_array::ArrowPrimitiveType>(rows: Vec<Option<Vec<T::Native>>>) -> ArrayRef {
    let rows = rows.into_iter().map(|row| row.map(|row| row.into_iter().map(Some)));
    let lists = ListArray::from_iter_primitive::<T, _, _>(rows);
    let member = Arc::new(Field::new("item", T::DATA_TYPE, false));
    let (_, offsets, values, nulls) = lists.into_parts();
    Arc::new(ListArray::new(member, offsets, values, nulls))
}

fn column(vectors: &[Vector]) -> ArrayRef {
    let types = vectors.iter().map(|vector| if matches!(vector, Dense(_)) { vector::DENSE } else { vector::SPARSE });
    let sizes = vectors.iter().map(|vector| if let Sparse(size, ..) = vector { Some(*size) } else { None });
    let places =
        vectors.iter().map(|vector| if let Sparse(_, places, _) = vector { Some(places.clone()) } else { None });
    let values = vectors.iter().map(|vector| match vector {
        Dense(values) | Sparse(_, _, values) => Some(values.clone()),
    });
    let columns: Vec<ArrayRef> = vec![
        Arc::new(types.collect::<arrow_array::PrimitiveArray<Int8Type>>()),
        Arc::new(sizes.collect::<Int32Array>()),
        lists::<Int32Type>(places.collect()),
        lists::<Float64Type>(values.collect()),
    ];
    Arc::new(StructArray::new(vector::members(), columns, None))
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let fields = columns.iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    RecordBatch::try_new(schema, columns.into_iter().map(|(_, array)| array).collect()).unwrap()
}

/// Every row written out, and whether the numbers were left where they lay.
fn read(batch: &RecordBatch, names: &[&str]) -> Result<(Vec<Vec<f64>>, bool), Error> {
    let names = names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let columns = FeatureColumns::new(&batch.schema(), &names)?;
    let mut spare = Spare { offsets: vec![7], places: vec![7], values: vec![7.0] };
    let rows = columns.rows(batch, &mut spare)?;
    let written = rows.iter().map(|row| {
        let mut dense = vec![0.0; rows.width()];
        row.write_to(&mut dense);
        dense
    });
    let written = written.collect();
    Ok((written, spare.values.is_empty()))
}

fn vectors(vectors: &[Vector]) -> Result<(Vec<Vec<f64>>, bool), Error> {
    read(&batch(vec![("features", column(vectors))]), &["features"])
}

#[test]
fn vectors_all_dense_or_all_sparse_stay_in_place() {
    let expected = vec![vec![0.0, 1.5, 0.0], vec![2.0, 0.0, -1.0]];
    let dense = expected.iter().cloned().map(Dense).collect::<Vec<_>>();
    let sparse = [Sparse(3, vec![1], vec![1.5]), Sparse(3, vec![0, 2], vec![2.0, -1.0])];
    assert_eq!(vectors(&dense).unwrap(), (expected.clone(), true));
    assert_eq!(vectors(&sparse).unwrap(), (expected.clone(), true));
    assert_eq!(vectors(&[dense[0].clone(), sparse[1].clone()]).unwrap(), (expected, false));
}

#[test]
fn parts_of_a_batch_are_its_rows() {
    let dense = [Dense(vec![f64::NAN, 9.0]), Dense(vec![1.0, 2.0]), Dense(vec![3.0, 4.0])];
    let whole = batch(vec![("features", column(&dense))]);
    assert_eq!(read(&whole.slice(1, 2), &["features"]).unwrap(), (vec![vec![1.0, 2.0], vec![3.0, 4.0]], true));
    let sparse = [Sparse(2, vec![0], vec![f64::NAN]), Sparse(2, vec![], vec![]), Sparse(2, vec![1], vec![5.0])];
    let whole = batch(vec![("features", column(&sparse))]);
    assert_eq!(read(&whole.slice(1, 2), &["features"]).unwrap(), (vec![vec![0.0, 0.0], vec![0.0, 5.0]], true));
}

#[test]
fn arrays_and_columns_of_doubles() {
    let arrays = lists::<Float64Type>(vec![Some(vec![1.0, 2.0]), Some(vec![3.0, 4.0])]);
    let (a, b): (ArrayRef, ArrayRef) =
        (Arc::new(Float64Array::from(vec![1.0, 3.0])), Arc::new(Float64Array::from(vec![2.0, 4.0])));
    let batch = batch(vec![("b", b), ("features", arrays), ("a", a)]);
    let expected = vec![vec![1.0, 2.0], vec![3.0, 4.0]];
    assert_eq!(read(&batch, &["features"]).unwrap(), (expected.clone(), true));
    assert_eq!(read(&batch, &["a", "b"]).unwrap(), (expected, false));
    assert_eq!(read(&batch, &["b"]).unwrap(), (vec![vec![2.0], vec![4.0]], true));
    assert_eq!(read(&batch.slice(1, 1), &["a", "b"]).unwrap().0, [[3.0, 4.0]]);
}

#[test]
fn no_rows_are_rows() {
    let numbers: ArrayRef = Arc::new(Float64Array::from(Vec::<f64>::new()));
    let batch =
        batch(vec![("v", column(&[])), ("l", lists::<Float64Type>(vec![])), ("a", numbers.clone()), ("b", numbers)]);
    for names in [&["v"][..], &["l"], &["a"], &["a", "b"]] {
        assert_eq!(read(&batch, names).unwrap().0, Vec::<Vec<f64>>::new());
    }
}

#[test]
fn columns_that_hold_no_features_are_named() {
    let text: ArrayRef = Arc::new(StringArray::from(vec!["x"]));
    let long: ArrayRef = Arc::new(arrow_array::Int64Array::from(vec![1]));
    let double: ArrayRef = Arc::new(Float64Array::from(vec![1.0]));
    let batch = batch(vec![("text", text), ("long", long), ("double", double), ("v", column(&[Dense(vec![1.0])]))]);
    for (names, expected) in [
        (&["duoble"][..], "There is no column duoble: did you mean double?"),
        (&["zzzzzz"], "there are text, long, double, v."),
        (&["text"], "The feature text is text: cast it"),
        (&["long"], "The feature long is Int64: cast it to double."),
        (&["double", "v"], "one column of vectors"),
        (&[], "No column is named"),
    ] {
        let error = read(&batch, names).unwrap_err();
        assert!(error.message.contains(expected), "{error}");
        assert_eq!(error.kind, netlytics_kernel::Kind::BadParameter);
    }
}

#[test]
fn rows_that_are_no_features_are_named() {
    let nulls: ArrayRef = Arc::new(Float64Array::from(vec![Some(1.0), None]));
    let infinite: ArrayRef = Arc::new(Float64Array::from(vec![1.0, f64::INFINITY]));
    let short = lists::<Float64Type>(vec![Some(vec![1.0]), Some(vec![1.0, 2.0])]);
    let nothing = lists::<Float64Type>(vec![Some(vec![]), Some(vec![])]);
    let absent = lists::<Float64Type>(vec![Some(vec![1.0]), None]);
    let inner: ArrayRef =
        Arc::new(ListArray::from_iter_primitive::<Float64Type, _, _>([Some(vec![Some(1.0)]), Some(vec![None])]));
    let columns = [
        ("null", nulls, "The column null is null in row 1"),
        ("infinite", infinite, "The column infinite is inf in row 1"),
        ("short", short, "The column short has 2 numbers in row 1: expected 1 as in row 0"),
        ("nothing", nothing, "The column nothing has no numbers in row 0"),
        ("absent", absent, "The column absent is null in row 1"),
        ("inner", inner, "The column inner is null in row 1"),
    ];
    for (name, array, expected) in columns {
        let error = read(&batch(vec![(name, array)]), &[name]).unwrap_err();
        assert!(error.message.contains(expected), "{error}");
        assert_eq!(error.column.as_deref(), Some(name));
    }
    let one = Sparse(3, vec![0], vec![1.0]);
    for (other, expected) in [
        (Sparse(4, vec![0], vec![1.0]), "has 4 numbers in row 1"),
        (Sparse(3, vec![0, 1], vec![1.0]), "2 indices and 1 values"),
        (Sparse(3, vec![3], vec![1.0]), "a value at place 3"),
        (Sparse(3, vec![2], vec![f64::NAN]), "row 1 has NaN as feature 2"),
        (Dense(vec![0.0, f64::NEG_INFINITY, 0.0]), "row 1 has -inf as feature 1"),
    ] {
        let error = vectors(&[one.clone(), other]).unwrap_err();
        assert!(error.message.contains(expected), "{error}");
        assert_eq!(error.column.as_deref(), Some("features"));
    }
}

#[test]
fn other_types_of_vectors_are_refused() {
    let vectors = column(&[Dense(vec![1.0])]);
    let mut members = vectors.as_struct().columns().to_vec();
    members[0] = Arc::new(Int8Array::from(vec![2]));
    let vectors: ArrayRef = Arc::new(StructArray::new(vector::members(), members, None));
    let error = read(&batch(vec![("v", vectors)]), &["v"]).unwrap_err();
    assert!(error.message.contains("it has the type 2"), "{error}");
}

proptest! {
    /// The same numbers dense, sparse and in a mixture, as arrays and as columns.
    #[test]
    fn the_same_rows_in_every_form(
        (width, cells) in (1..6_usize, 0..9_usize).prop_flat_map(|(width, rows)| {
            let number = prop_oneof![Just(0.0), Just(-0.0), -9.0..9.0_f64];
            (Just(width), prop::collection::vec((prop::collection::vec(number, width), any::<bool>()), rows))
        })
    ) {
        let expected = cells.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>();
        let sparse = |row: &Vec<f64>| {
            let places = (0_i32..).zip(row).filter(|(_, value)| **value != 0.0);
            let (places, values) = places.map(|(place, value)| (place, *value)).unzip();
            Sparse(width as i32, places, values)
        };
        let forms = [
            cells.iter().map(|(row, _)| Dense(row.clone())).collect::<Vec<_>>(),
            cells.iter().map(|(row, _)| sparse(row)).collect(),
            cells.iter().map(|(row, dense)| if *dense { Dense(row.clone()) } else { sparse(row) }).collect(),
        ];
        for form in forms {
            prop_assert_eq!(&vectors(&form).unwrap().0, &expected);
        }
        let arrays = lists::<Float64Type>(expected.iter().cloned().map(Some).collect());
        prop_assert_eq!(&read(&batch(vec![("l", arrays)]), &["l"]).unwrap().0, &expected);
        let names = (0..width).map(|at| format!("c{at}")).collect::<Vec<_>>();
        let columns = names.iter().enumerate().map(|(at, name)| {
            let numbers: ArrayRef = Arc::new(expected.iter().map(|row| Some(row[at])).collect::<Float64Array>());
            (name.as_str(), numbers)
        });
        let names = names.iter().map(String::as_str).collect::<Vec<_>>();
        prop_assert_eq!(&read(&batch(columns.collect()), &names).unwrap().0, &expected);
    }
}
