//! What is written can be read again, and is there only when it is whole.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use arrow_array::RecordBatch;
use netlytics_connectors::error::{Error, Kind};
use netlytics_local::convert::{Written, convert};
use netlytics_local::dataset::Dataset;
use netlytics_local::request::Request;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use tempfile::TempDir;

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

/// The table's file; an older one is replaced.
fn write(table: &Dataset, output: &Path) -> Result<Written, Error> {
    convert(&mut table.read(2).unwrap(), output, true, 2, &mut |_| Ok(()))
}

/// The table's file, where none is yet.
fn write_new(table: &Dataset, output: &Path) -> Result<Written, Error> {
    convert(&mut table.read(2).unwrap(), output, false, 2, &mut |_| Ok(()))
}

/// A folder with a log of one row and a table of it.
fn one_row() -> (TempDir, Dataset) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("dns.log"), "#fields\tts\tquery\n1.5\ta.example\n").unwrap();
    let table = open(folder.path());
    (folder, table)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn rows(path: &Path) -> i64 {
    SerializedFileReader::new(File::open(path).unwrap()).unwrap().metadata().file_metadata().num_rows()
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
    assert_eq!(convert(&mut stream, &output, true, 1, &mut |_| Err(stop.clone())), Err(stop.clone()));
    assert_eq!(names(folder.path()), ["dns.log", "out.parquet"]);
    assert_eq!(fs::read(&output).unwrap(), b"an older one");
}

#[test]
fn outputs_that_cannot_be_are_told() {
    let (folder, table) = one_row();
    for (output, kind) in [
        (folder.path().to_owned(), Kind::BadOption),
        ("hdfs://name/out.parquet".into(), Kind::BadOption),
        (folder.path().join("nowhere/out.parquet"), Kind::Io),
        (folder.path().join("dns.log/out.parquet"), Kind::Io),
    ] {
        assert_eq!(write(&table, &output).unwrap_err().kind, kind, "{output:?}");
    }
    let empty = folder.path().join("dns.log");
    fs::write(&empty, "").unwrap();
    assert_eq!(write(&open(folder.path()), &folder.path().join("out.parquet")).unwrap().rows, 0);
}

#[test]
fn an_existing_file_is_replaced_only_when_asked_to() {
    let (folder, table) = one_row();
    let output = folder.path().join("out.parquet");
    fs::write(&output, "an older one").unwrap();
    let error = write_new(&table, &output).unwrap_err();
    assert_eq!(error.kind, Kind::BadOption);
    assert!(error.message.contains("--overwrite"), "{error}");
    assert_eq!(fs::read(&output).unwrap(), b"an older one");
    write(&table, &output).unwrap();
    assert_eq!(rows(&output), 1);
}

#[test]
fn a_log_is_never_replaced_by_its_own_table() {
    let (folder, table) = one_row();
    let log = folder.path().join("dns.log");
    let before = fs::read(&log).unwrap();
    let (soft, hard) = (folder.path().join("soft"), folder.path().join("hard"));
    symlink(&log, &soft).unwrap();
    fs::hard_link(&log, &hard).unwrap();
    for output in [&log, &soft, &hard] {
        let error = write(&table, output).unwrap_err();
        assert_eq!(error.kind, Kind::BadOption);
        assert!(error.message.contains("one of the files that are read"), "{error}");
        assert_eq!(fs::read(&log).unwrap(), before);
    }
}

#[test]
fn what_is_not_a_regular_file_is_refused() {
    let (folder, table) = one_row();
    let (pipe, socket) = (folder.path().join("pipe"), folder.path().join("socket"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _listener = UnixListener::bind(&socket).unwrap();
    for (output, kind) in [(Path::new("/dev/null"), "a device"), (&pipe, "a pipe"), (&socket, "a socket")] {
        let before = fs::metadata(output).unwrap().file_type();
        let error = write(&table, output).unwrap_err();
        assert_eq!(error.kind, Kind::BadOption);
        assert!(error.message.contains(kind), "{error}");
        assert_eq!(fs::metadata(output).unwrap().file_type(), before);
    }
}

#[test]
fn links_stay_links_and_modes_stay_modes() {
    let (folder, table) = one_row();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("there")).unwrap();
    fs::write(at("there/old.parquet"), "an older one").unwrap();
    fs::set_permissions(at("there/old.parquet"), Permissions::from_mode(0o600)).unwrap();
    symlink("there/old.parquet", at("to_old")).unwrap();
    symlink(at("there/new.parquet"), at("to_new")).unwrap();
    write(&table, &at("to_old")).unwrap();
    write_new(&table, &at("to_new")).unwrap();
    for (link, end) in [("to_old", "there/old.parquet"), ("to_new", "there/new.parquet")] {
        assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink());
        assert_eq!(rows(&at(end)), 1);
    }
    assert_eq!(mode(&at("there/old.parquet")), 0o600);
    fs::write(at("by_umask"), "").unwrap();
    assert_eq!(mode(&at("there/new.parquet")), mode(&at("by_umask")));
    assert_eq!(names(&at("there")), ["new.parquet", "old.parquet"]);
}

#[test]
fn names_may_be_as_long_as_the_file_system_takes_them() {
    let (folder, table) = one_row();
    for length in [244, 255] {
        let output = folder.path().join("p".repeat(length));
        write_new(&table, &output).unwrap();
        assert_eq!(rows(&output), 1);
    }
}

#[test]
fn of_many_that_write_one_name_one_wins_and_its_file_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let table = table(folder.path());
    let output = folder.path().join("out.parquet");
    let written = std::thread::scope(|scope| {
        let writers = (0..4).map(|_| scope.spawn(|| write_new(&table, &output))).collect::<Vec<_>>();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(written.iter().filter(|written| written.is_ok()).count(), 1, "{written:?}");
    assert!(
        written
            .iter()
            .flat_map(|written| written.as_ref().err())
            .all(|error| { error.message.contains("meanwhile") || error.message.contains("exists already") })
    );
    assert_eq!(rows(&output), ROWS as i64);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| write(&table, &output).unwrap());
        }
    });
    assert_eq!(rows(&output), ROWS as i64);
    assert_eq!(names(folder.path()), ["dns.log", "out.parquet"]);
}
