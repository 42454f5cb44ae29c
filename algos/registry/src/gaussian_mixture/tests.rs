use arrow_array::cast::AsArray as _;
use arrow_array::types::Float64Type;

use crate::fits::{Table, everywhere_the_same};
use crate::{estimator, open};
use netlytics_kernel::estimator::fit;

const NAME: &str = "clustering.gaussian_mixture";

#[test]
fn partitions_batches_and_order_do_not_matter() {
    let table = Table::heaps(300, 3);
    for params in [
        r#"{"k":3,"tol":1e-6}"#,
        r#"{"k":4,"init":"random","covariance_type":"diag","stop":"total","tol":0.01}"#,
        r#"{"initial_means":[[0,0,0],[9,9,9]]}"#,
        r#"{"initial_means":[[0,0,0],[9,9,9]],"initial_precisions":[[1,1,1],[2,2,2]],"covariance_type":"diag"}"#,
    ] {
        everywhere_the_same(NAME, params, &table);
    }
}

#[test]
fn rows_have_a_component_shares_and_a_density() {
    let batches = Table::heaps(300, 3).batches(64);
    let schema = batches[0].schema();
    let (model, summary) = fit(estimator(NAME, r#"{"k":3}"#, &schema).unwrap().as_ref(), &batches).unwrap();
    assert!(summary.contains(r#""sizes":[100,100,100]"#), "{summary}");
    let score = |params: &str| {
        let mut kernel = open("clustering.gaussian_mixture.score", params, Some(&model), &schema).unwrap();
        kernel.push(&batches[1]).unwrap();
        kernel.next().unwrap().unwrap()
    };
    let (plain, detailed) = (score("{}"), score(r#"{"details":true}"#));
    assert_eq!((plain.num_columns(), detailed.num_columns()), (1, 3));
    assert_eq!(plain.column(0), detailed.column(0));
    for shares in detailed["probability"].as_list::<i32>().iter() {
        let total = shares.unwrap().as_primitive::<Float64Type>().values().iter().sum::<f64>();
        assert!((total - 1.0).abs() < 1e-12);
    }
    assert!(detailed["log_density"].as_primitive::<Float64Type>().values().iter().all(|log| log.is_finite()));
}

#[test]
fn mistakes_are_told() {
    let schema = Table::heaps(3, 3).batches(3)[0].schema();
    for (params, expected) in [
        (r#"{"covariance_type":"tied"}"#, "The parameter covariance_type is tied: expected full or diag."),
        (r#"{"stop":"never"}"#, "expected mean or total"),
        (r#"{"init":"best"}"#, "expected kmeans or random"),
        (r#"{"initial_weights":[1]}"#, "initial_precisions is not given"),
        (r#"{"initial_precisions":[[1]]}"#, "initial_means is not given"),
        (r#"{"tol":-1}"#, "The parameter tol is -1: expected 0 or more."),
    ] {
        let error = estimator(NAME, params, &schema).err().unwrap();
        assert!(error.message.contains(expected), "{error}");
    }
}
