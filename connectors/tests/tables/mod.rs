//! Logs read to the end, their rows as text that tests can compare.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::scan::Metrics;
use netlytics_connectors::source::Batches;
use netlytics_schema::{Dns, Http, NamedFlows, Table};

/// Names of the columns and what they hold; columns that are null are left out.
pub type Row = BTreeMap<String, String>;

/// What came of a log.
pub struct Contents {
    pub rows: Vec<Row>,
    /// Why lines were refused, in order.
    pub reasons: Vec<String>,
    pub skipped: Vec<(&'static str, u64)>,
    pub metrics: Metrics,
}

pub fn options(connector: &str, given: &[(&str, &str)]) -> ScanOptions {
    let names = |columns: Vec<&str>| columns.into_iter().map(str::to_owned).collect();
    let columns = match connector {
        _ if connector.contains("DNS") => names(Dns::COLUMNS.iter().map(|column| column.definition().name).collect()),
        _ if connector.contains("HTTP") => names(Http::COLUMNS.iter().map(|column| column.definition().name).collect()),
        _ => names(NamedFlows::COLUMNS.iter().map(|column| column.definition().name).collect()),
    };
    ScanOptions {
        connector: connector.to_owned(),
        columns,
        keep_bad_records: true,
        given: given.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        ..ScanOptions::default()
    }
}

/// Reads a log with all columns. Every line must be accounted for.
pub fn read(log: &[u8], connector: &str, given: &[(&str, &str)]) -> Contents {
    let mut batches = Batches::new(log, options(connector, given)).unwrap();
    let (mut rows, mut reasons) = (Vec::new(), Vec::new());
    while let Some(batch) = batches.next() {
        rows.extend(text_rows(&batch.unwrap()));
        reasons.extend(batches.take_bad_records().into_iter().map(|bad| bad.reason));
    }
    reasons.extend(batches.take_bad_records().into_iter().map(|bad| bad.reason));
    let metrics = batches.metrics();
    let skipped = batches.skipped().to_vec();
    assert_eq!((rows.len() as u64, reasons.len() as u64), (metrics.records, metrics.malformed));
    Contents { rows, reasons, skipped, metrics }
}

pub fn text_rows(batch: &RecordBatch) -> Vec<Row> {
    let schema = batch.schema();
    (0..batch.num_rows())
        .map(|row| {
            let columns = schema.fields().iter().zip(batch.columns());
            columns.filter_map(|(field, array)| Some((field.name().clone(), text(array, row)?))).collect()
        })
        .collect()
}

fn text(array: &dyn Array, row: usize) -> Option<String> {
    if array.is_null(row) {
        return None;
    }
    Some(match array.data_type() {
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        _ => {
            let members = array.as_list::<i32>().value(row);
            let texts = (0..members.len()).map(|member| text(&members, member).unwrap_or("null".to_owned()));
            format!("[{}]", texts.collect::<Vec<_>>().join(", "))
        }
    })
}

/// Checks that rows are the expected ones, and shows the first that is not.
pub fn same(place: &str, found: &[Row], expected: &[Row]) {
    for (number, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found, expected, "{place}, row {number}");
    }
    assert_eq!(found.len(), expected.len(), "{place}");
}
