//! Logs of one sensor, and what the connector makes of them.

use std::path::Path;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array as _, RecordBatch};
use arrow_schema::DataType;
use netlytics_connectors::combine::{combination, combiner};
use netlytics_connectors::layout::{Listing, Verdict, judge};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::Batches;
use netlytics_schema::{NamedFlows, Table as _};

pub const CONNECTOR: &str = "zeek_to_NamedFlows";

/// The value of a row's column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Null,
    Long(i64),
    Double(f64),
    Text(String),
    Texts(Vec<Option<String>>),
}

impl Cell {
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn double(&self) -> Option<f64> {
        if let Self::Double(value) = self { Some(*value) } else { None }
    }

    pub fn long(&self) -> Option<i64> {
        if let Self::Long(value) = self { Some(*value) } else { None }
    }
}

pub type Row = Vec<Cell>;

/// The bytes of each file, as the parts that read them are called.
#[derive(Debug, Clone, Default)]
pub struct Logs {
    pub names: Vec<Vec<u8>>,
    pub dns: Vec<Vec<u8>>,
    pub flows: Vec<Vec<u8>>,
}

impl Logs {
    /// The files of a directory that each part takes for its own.
    pub fn of(folder: &Path) -> Self {
        let mut files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
        files.retain(|file| file.is_file());
        files.sort();
        let of_part = |part: &str| {
            let entries = files.iter().map(|file| (file.display().to_string(), false)).collect();
            let connector = format!("{CONNECTOR}/{part}");
            let verdicts = judge(&Listing {
                connector,
                start_day: None,
                end_day: None,
                root: None,
                entries,
                options: ScanOptions::default().given,
            });
            let wanted = files.iter().zip(verdicts.unwrap()).filter(|(_, verdict)| *verdict == Verdict::Read);
            wanted.map(|(file, _)| std::fs::read(file).unwrap()).collect()
        };
        Self { names: of_part("names"), dns: of_part("dns"), flows: of_part("flows") }
    }

    fn of_view(&self, view: &str) -> &[Vec<u8>] {
        match view {
            "names" => &self.names,
            "dns" => &self.dns,
            "flows" => &self.flows,
            other => panic!("there is no part {other}"),
        }
    }
}

/// Options of a connector or part.
pub fn options(connector: &str, columns: &[&str], given: &[(&str, &str)], batch_rows: usize) -> ScanOptions {
    ScanOptions {
        connector: connector.to_owned(),
        columns: columns.iter().map(|&column| column.to_owned()).collect(),
        given: given.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        batch_rows,
        ..ScanOptions::default()
    }
}

/// The rows of one file; each bad line's reason after them.
pub fn read(file: &[u8], settings: ScanOptions) -> (Vec<RecordBatch>, Vec<String>) {
    let mut batches = Batches::new(file, ScanOptions { keep_bad_records: true, ..settings }).unwrap();
    let mut read = Vec::new();
    let mut reasons = Vec::new();
    while let Some(batch) = batches.next() {
        read.push(batch.unwrap());
        reasons.extend(batches.take_bad_records().into_iter().map(|bad| bad.reason));
    }
    reasons.extend(batches.take_bad_records().into_iter().map(|bad| bad.reason));
    let rows = read.iter().map(RecordBatch::num_rows).sum::<usize>() as u64;
    assert_eq!((batches.metrics().records, batches.metrics().malformed), (rows, reasons.len() as u64));
    (read, reasons)
}

pub fn all_columns() -> Vec<&'static str> {
    NamedFlows::COLUMNS.iter().map(|column| column.definition().name).collect()
}

/// What the connector's combiner makes of the logs, all columns.
pub fn combined(logs: &Logs, given: &[(&str, &str)], batch_rows: usize) -> Vec<Row> {
    let settings = options(CONNECTOR, &all_columns(), given, batch_rows);
    let mut combiner = combiner(&settings).unwrap().unwrap();
    let mut found = Vec::new();
    for (number, part) in combination(&settings).unwrap().unwrap().parts.iter().enumerate() {
        for file in logs.of_view(part.view) {
            for batch in read(file, options(&part.connector, &part.columns, given, batch_rows)).0 {
                found.extend(combiner.push(number, &batch).unwrap());
            }
        }
    }
    while let Some(batch) = combiner.finish().unwrap() {
        found.push(batch);
    }
    assert!(found.iter().all(|batch| batch.schema() == combiner.schema()));
    rows(&found)
}

/// The rows of one part, with the columns that the combination needs of it.
pub fn part(logs: &Logs, view: &str) -> Vec<Row> {
    let settings = options(CONNECTOR, &all_columns(), &[], 8192);
    let parts = combination(&settings).unwrap().unwrap().parts;
    let part = parts.iter().find(|part| part.view == view).unwrap();
    let files = logs.of_view(view).iter();
    files.flat_map(|file| rows(&read(file, options(&part.connector, &part.columns, &[], 8192)).0)).collect()
}

pub fn rows(batches: &[RecordBatch]) -> Vec<Row> {
    let row =
        |batch: &RecordBatch, row: usize| (0..batch.num_columns()).map(|column| cell(batch, column, row)).collect();
    batches.iter().flat_map(|batch| (0..batch.num_rows()).map(move |number| row(batch, number))).collect()
}

fn cell(batch: &RecordBatch, column: usize, row: usize) -> Cell {
    let column = batch.column(column);
    if column.is_null(row) {
        return Cell::Null;
    }
    match column.data_type() {
        DataType::Int64 => Cell::Long(column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => Cell::Double(column.as_primitive::<Float64Type>().value(row)),
        DataType::Utf8 => Cell::Text(column.as_string::<i32>().value(row).to_owned()),
        _ => {
            let list = column.as_list::<i32>().value(row);
            Cell::Texts(list.as_string::<i32>().iter().map(|member| member.map(str::to_owned)).collect())
        }
    }
}
