//! Counts of groups equal those counted from rows, however the partial results are cut.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use arrow_array::cast::AsArray as _;
use arrow_array::types::Int64Type;
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::Batches;
use proptest::prelude::*;

/// Query and port of a group, and how many rows and response codes it has.
type Counts = BTreeMap<(Option<String>, Option<i64>), (i64, i64)>;

fn read(log: &str, options: ScanOptions) -> Vec<arrow_array::RecordBatch> {
    let options = ScanOptions { connector: "zeek_to_DNS".to_owned(), ..options };
    Batches::new(log.as_bytes(), options).unwrap().map(Result::unwrap).collect()
}

fn names(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|&column| column.to_owned()).collect()
}

fn counted_from_rows(log: &str) -> Counts {
    let mut counts = Counts::new();
    for batch in read(log, ScanOptions { columns: names(&["query", "c_port", "resp_code"]), ..ScanOptions::default() })
    {
        let (queries, codes) = (batch.column(0).as_string::<i32>(), batch.column(2).as_string::<i32>());
        let ports = batch.column(1).as_primitive::<Int64Type>();
        for ((query, port), code) in queries.iter().zip(ports.iter()).zip(codes.iter()) {
            let count = counts.entry((query.map(str::to_owned), port)).or_default();
            *count = (count.0 + 1, count.1 + i64::from(code.is_some()));
        }
    }
    counts
}

fn counted_in_groups(log: &str, batch_rows: usize) -> Counts {
    let options = ScanOptions {
        group_by: Some(names(&["query", "c_port"])),
        counts: vec![None, Some("resp_code".to_owned())],
        batch_rows,
        ..ScanOptions::default()
    };
    let mut counts = Counts::new();
    for batch in read(log, options) {
        assert!(batch.num_rows() <= batch_rows);
        let number = |column: usize, row| batch.column(column).as_primitive::<Int64Type>().iter().nth(row).unwrap();
        let queries = batch.column(0).as_string::<i32>();
        for (row, query) in queries.iter().enumerate() {
            let count = counts.entry((query.map(str::to_owned), number(1, row))).or_default();
            *count = (count.0 + number(2, row).unwrap(), count.1 + number(3, row).unwrap());
        }
    }
    counts
}

proptest! {
    #[test]
    fn groups_count_as_rows_do(
        rows in prop::collection::vec(("[ab]{1,2}|-|\\(empty\\)", "[12]|-|x", "NOERROR|-"), 0..60), batch_rows in 1..9_usize,
    ) {
        let lines = rows.iter().map(|(query, port, code)| format!("{query}\t{port}\t{code}\n")).collect::<String>();
        let log = format!("#fields\tquery\tid.orig_p\trcode_name\n{lines}");
        prop_assert_eq!(counted_in_groups(&log, batch_rows), counted_from_rows(&log));
    }
}

#[test]
fn all_rows_are_one_group() {
    let options = ScanOptions { group_by: Some(Vec::new()), counts: vec![None], ..ScanOptions::default() };
    let batches = read("#fields\tquery\na\nb\n-\n", options);
    let counts =
        batches.iter().flat_map(|batch| batch.column(0).as_primitive::<Int64Type>().iter()).collect::<Vec<_>>();
    assert_eq!(counts, [Some(3)]);
}
