use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;

use crate::fits::{Table, everywhere_the_same};
use crate::{estimator, open};
use netlytics_kernel::estimator::fit;

#[test]
fn partitions_batches_and_order_do_not_matter() {
    let table = Table::heaps(700, 5);
    for params in [r#"{"k":4}"#, r#"{"k":6,"init":"random"}"#, r#"{"initial_centers":[[0,0,0,0,0],[9,9,9,9,9]]}"#] {
        everywhere_the_same("clustering.kmeans", params, &table);
    }
}

#[test]
fn rows_are_scored_in_their_order() {
    let table = Table::heaps(700, 5);
    let batches = table.batches(64);
    let schema = batches[0].schema();
    let (model, summary) =
        fit(estimator("clustering.kmeans", r#"{"k":3}"#, &schema).unwrap().as_ref(), &batches).unwrap();
    assert!(summary.contains(r#""converged":true,"cost":"#), "{summary}");
    let mut kernel = open("clustering.kmeans.score", "{}", Some(&model), &schema).unwrap();
    let mut predictions = Vec::new();
    for batch in &batches {
        kernel.push(batch).unwrap();
        let found = kernel.next().unwrap().unwrap();
        predictions.extend_from_slice(found["prediction"].as_primitive::<Int64Type>().values());
        assert_eq!((found.num_rows(), found.num_columns()), (batch.num_rows(), 1));
    }
    assert_eq!(predictions.len(), 700);
    assert!(predictions.iter().enumerate().all(|(row, &cluster)| cluster == predictions[row % 3]));
    assert_ne!(predictions[0], predictions[1]);
}

#[test]
fn mistakes_are_told() {
    let table = Table::heaps(30, 5);
    let schema = table.batches(30)[0].schema();
    for (params, expected) in [
        (r#"{"k":0}"#, "The parameter k is 0: expected"),
        (r#"{"init":"best"}"#, "The parameter init is best: expected k-means|| or random."),
        (r#"{"clusters":3}"#, "unknown field `clusters`"),
        (r#"{"features":["feature"]}"#, "did you mean features?"),
    ] {
        let error = estimator("clustering.kmeans", params, &schema).err().unwrap();
        assert!(error.message.contains(expected), "{error}");
    }
    let fitted = |batches: &[_]| fit(estimator("clustering.kmeans", "{}", &schema).unwrap().as_ref(), batches);
    assert_eq!(fitted(&[]).unwrap_err().message, "There are no rows to learn from.");
    let narrow = Table::heaps(30, 4).batches(30);
    let error = fitted(&[table.batches(30), narrow.clone()].concat()).unwrap_err();
    assert_eq!(error.message, "A row has 4 features: expected 5 as in the rows before.");
    let mut bad = Table::heaps(30, 5);
    bad.rows[17][3] = f64::NAN;
    let error = fitted(&bad.batches(30)).unwrap_err();
    assert!(error.message.contains("row 17") && error.message.contains("feature 3"), "{error}");
    let (model, _) = fitted(&table.batches(7)).unwrap();
    assert!(open("clustering.kmeans.score", "{}", None, &schema).err().unwrap().message.contains("needs a model"));
    let mut kernel = open("clustering.kmeans.score", "{}", Some(&model), &schema).unwrap();
    assert!(kernel.push(&narrow[0]).unwrap_err().message.contains("expected 5"));
}
