//! What is written can be read again, and is there only when it is whole.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs::{self, File};
use std::path::Path;

use arrow_array::RecordBatch;
use netlytics_connectors::error::{Error, Kind};
use netlytics_local::convert::{Written, convert};
use netlytics_local::dataset::Dataset;
use netlytics_local::request::Request;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

/// Rows of more than two row groups.
const ROWS: usize = 260_000;

fn table(folder: &Path) -> Dataset {
    let mut log = "#separator \\x09\n#fields\tts\tid.orig_p\tquery\tanswers\tTTLs\n".to_owned();
    for row in 0..ROWS {
        log += &match row % 3 {
            0 => format!("{row}.5\t53\tü{row}.example\t192.0.2.1,-,a\\x2cb\t60.0,-,5.0\n"),
            1 => format!("{row}.5\t{}\tx{row}.example\t-\t-\n", row % 65536),
            _ => "-\t-\t-\t(empty)\t(empty)\n".to_owned(),
        };
    }
    fs::write(folder.join("dns.log"), log).unwrap();
    open(folder)
}

fn open(folder: &Path) -> Dataset {
    let paths = vec![folder.join("dns.log").display().to_string()];
    Dataset::open(&Request { connector: "zeek_to_DNS".to_owned(), paths, ..Request::default() }).unwrap()
}

fn write(table: &Dataset, output: &Path) -> Result<Written, Error> {
    convert(&mut table.read(2).unwrap(), output, 2, &mut |_| Ok(()))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect::<Vec<_>>();
    names.sort();
    names
}

#[test]
fn the_file_holds_the_rows_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let table = table(folder.path());
    let output = folder.path().join("out.parquet");
    fs::write(&output, "an older one").unwrap();
    let written = write(&table, &output).unwrap();
    assert_eq!(written, Written { rows: ROWS as u64, bytes: fs::metadata(&output).unwrap().len() });
    assert_eq!(names(folder.path()), ["dns.log", "out.parquet"]);

    let file = SerializedFileReader::new(File::open(&output).unwrap()).unwrap();
    assert_eq!(file.metadata().num_row_groups(), 3);
    let read = ParquetRecordBatchReaderBuilder::try_new(File::open(&output).unwrap()).unwrap();
    assert_eq!(read.schema().fields(), table.schema().fields());
    let read = read.with_batch_size(ROWS).build().unwrap().map(Result::unwrap).collect::<Vec<RecordBatch>>();
    let direct = table.read(2).unwrap().map(Result::unwrap).collect::<Vec<_>>();
    let mut first = 0;
    for batch in direct {
        let same = read.iter().map(|read| read.slice(first, batch.num_rows())).next().unwrap();
        assert!(same.columns() == batch.columns(), "rows from {first}");
        first += batch.num_rows();
    }
    assert_eq!(first, ROWS);
}

#[test]
fn nothing_is_left_of_a_file_that_could_not_be_finished() {
    let folder = tempfile::tempdir().unwrap();
    let table = table(folder.path());
    let output = folder.path().join("out.parquet");
    fs::write(&output, "an older one").unwrap();
    let stop = Error::new(Kind::Io, "enough");
    let mut stream = table.read(1).unwrap();
    assert_eq!(convert(&mut stream, &output, 1, &mut |_| Err(stop.clone())), Err(stop.clone()));
    assert_eq!(names(folder.path()), ["dns.log", "out.parquet"]);
    assert_eq!(fs::read(&output).unwrap(), b"an older one");
}

#[test]
fn outputs_that_cannot_be_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dns.log"), "#fields\tts\tquery\n1.5\ta.example\n").unwrap();
    let table = open(folder.path());
    for (output, kind) in [
        (folder.path().to_owned(), Kind::BadOption),
        ("hdfs://name/out.parquet".into(), Kind::BadOption),
        (folder.path().join("nowhere/out.parquet"), Kind::Io),
    ] {
        assert_eq!(write(&table, &output).unwrap_err().kind, kind, "{output:?}");
    }
    let empty = folder.path().join("dns.log");
    fs::write(&empty, "").unwrap();
    assert_eq!(write(&open(folder.path()), &folder.path().join("out.parquet")).unwrap().rows, 0);
}
