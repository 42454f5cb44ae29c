use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;

use crate::fits::{Table, everywhere_the_same};
use crate::{estimator, open};

const NAME: &str = "clustering.bisecting_kmeans";

#[test]
fn partitions_batches_and_order_do_not_matter() {
    let table = Table::heaps(400, 5);
    for params in [r#"{"k":3}"#, r#"{"k":9,"max_iter":3}"#] {
        everywhere_the_same(NAME, params, &table);
    }
}

#[test]
fn rows_are_scored_in_their_order() {
    let table = Table::heaps(300, 5);
    let (model, summary) = everywhere_the_same(NAME, r#"{"k":3}"#, &table);
    assert!(summary.contains(r#""sizes":[100,100,100]"#), "{summary}");
    let batch = &table.batches(300)[0];
    let mut kernel = open("clustering.bisecting_kmeans.score", "{}", Some(&model), &batch.schema()).unwrap();
    kernel.push(batch).unwrap();
    let found = kernel.next().unwrap().unwrap();
    let predictions = found["prediction"].as_primitive::<Int64Type>().values();
    assert!(predictions.iter().enumerate().all(|(row, &cluster)| cluster == predictions[row % 3]));
}

#[test]
fn mistakes_are_told() {
    let schema = Table::heaps(3, 3).batches(3)[0].schema();
    for (params, expected) in [
        (r#"{"k":0}"#, "The parameter k is 0: expected"),
        (r#"{"min_divisible_size":-1}"#, "The parameter min_divisible_size is -1"),
        (r#"{"tol":1}"#, "unknown field `tol`"),
    ] {
        let error = estimator(NAME, params, &schema).err().unwrap();
        assert!(error.message.contains(expected), "{error}");
    }
}
