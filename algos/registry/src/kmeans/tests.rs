use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use arrow_array::{ArrayRef, Float64Array, RecordBatch};
use arrow_schema::Schema;
use netlytics_kernel::{message, model, vector};

use crate::fits::{Table, everywhere_the_same};
use crate::{description, estimator, open};
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

#[test]
fn a_model_says_what_it_was_learned_from() {
    let batches = Table::heaps(60, 2).batches(60);
    let schema = batches[0].schema();
    let params = r#"{"k":3,"seed":7}"#;
    let (bytes, summary) = fit(estimator("clustering.kmeans", params, &schema).unwrap().as_ref(), &batches).unwrap();
    let found = model::description(&bytes).unwrap();
    assert_eq!((found.name.as_str(), found.estimator.as_str()), ("clustering.kmeans.model", "clustering.kmeans"));
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!((found.parameters, found.summary), (parsed(params), parsed(&summary)));
    assert_eq!((found.features.len(), found.features[0].data_type.as_str()), (1, "vector"));
    let contents = message::decode::<netlytics_clustering::kmeans::Model>(&found.name, found.version, &bytes).unwrap();
    let later = message::encode(&found.name, found.version + 1, &contents).unwrap();
    let later = model::annotate(&later, &found.estimator, params, &found.features, "{}").unwrap();
    assert!(description(&bytes).is_ok());
    let error = description(&later).unwrap_err();
    let expected =
        "This is a clustering.kmeans.model of version 2: this NetLytics reads clustering.kmeans.model of version 1.";
    assert_eq!(error.message, expected);
    let error = open("clustering.bisecting_kmeans.score", "{}", Some(&bytes), &schema).err().unwrap();
    let expected = "This is no clustering.bisecting_kmeans.model: it is a clustering.kmeans.model.";
    assert_eq!(error.message, expected);
    let error = open("clustering.kmeans.score", "{}", Some(b"pickle"), &schema).err().unwrap();
    assert!(error.message.starts_with("This is no clustering.kmeans.model: it is not Arrow"), "{error}");
}

#[test]
fn columns_of_doubles_are_found_by_the_names_the_model_knows() {
    let doubles = |names: [&str; 2]| {
        let column = |from: f64| -> ArrayRef { Arc::new(Float64Array::from(vec![from, from + 1.0, from + 9.0])) };
        RecordBatch::try_from_iter_with_nullable([(names[0], column(0.0), true), (names[1], column(5.0), true)])
            .unwrap()
    };
    let batch = doubles(["bytes", "packets"]);
    let params = r#"{"k":2,"features":["bytes","packets"]}"#;
    let fitting = estimator("clustering.kmeans", params, &batch.schema()).unwrap();
    let (model, _) = fit(fitting.as_ref(), &[batch]).unwrap();
    let open = |params: &str, names| open("clustering.kmeans.score", params, Some(&model), &doubles(names).schema());
    assert!(open("{}", ["packets", "bytes"]).is_ok());
    assert!(open(r#"{"features":["a","b"]}"#, ["a", "b"]).is_ok());
    assert_eq!(open("{}", ["byte", "packets"]).err().unwrap().message, "There is no column bytes: did you mean byte?");
}

#[test]
fn vectors_of_other_features_are_refused_by_name() {
    let schema = |second: &str| {
        let members = format!(
            r#"{{"ml_attr":{{"num_attrs":2,"attrs":{{"numeric":[{{"idx":0,"name":"bytes"}},
            {{"idx":1,"name":"{second}"}}]}}}}}}"#
        );
        let field = vector::field("features");
        let metadata = field.metadata().clone().into_iter().chain([(vector::SPARK_METADATA.to_owned(), members)]);
        let metadata: arrow_schema::Metadata = metadata.collect();
        Arc::new(Schema::new(vec![field.with_metadata(metadata)]))
    };
    let learned = schema("packets");
    let feature = model::Feature::of(learned.field(0));
    let batches = Table::heaps(30, 2).batches(30);
    let (model, _) =
        fit(estimator("clustering.kmeans", "{}", &batches[0].schema()).unwrap().as_ref(), &batches).unwrap();
    let model = model::annotate(&model, "clustering.kmeans", "{}", &[feature], "{}").unwrap();
    assert!(open("clustering.kmeans.score", "{}", Some(&model), &learned).is_ok());
    let error = open("clustering.kmeans.score", "{}", Some(&model), &schema("port")).err().unwrap();
    assert!(
        error.message.contains("has the features bytes, port: the model was learned from bytes, packets"),
        "{error}"
    );
}
