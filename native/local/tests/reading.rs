//! Whole reads: order, splits, counts, errors, and their end before the end.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::io::Write as _;
use std::path::Path;

use arrow_array::cast::AsArray as _;
use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::filter::{Condition, Literal};
use netlytics_local::dataset::Dataset;
use netlytics_local::request::Request;
use tempfile::TempDir;

const HEADER: &str = "#separator \\x09\n#fields\tts\tid.orig_p\tquery\trcode_name\n";
/// Rows whose log is longer than two pieces.
const MANY: usize = 500_000;

fn log(rows: std::ops::Range<usize>) -> String {
    let lines = rows.map(|row| format!("{row}.5\t53\thost-{row}.example.com\tNOERROR\n"));
    HEADER.to_owned() + &lines.collect::<String>()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn request(folder: &Path) -> Request {
    Request {
        connector: "zeek_to_DNS".to_owned(),
        paths: vec![folder.display().to_string()],
        columns: Some(vec!["query".to_owned()]),
        ..Request::default()
    }
}

fn option(name: &str, value: &str) -> netlytics_connectors::options::Options {
    [(name.to_owned(), value.to_owned())].into_iter().collect()
}

/// The queries of all rows.
fn queries(request: &Request) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for batch in Dataset::open(request)?.read(3)? {
        found.extend(batch?.column(0).as_string::<i32>().iter().map(|query| query.unwrap_or("none").to_owned()));
    }
    Ok(found)
}

#[test]
fn each_piece_is_read_by_the_header_before_it() {
    // The second log has its columns in another order; the third one's header is longer than 64 KiB.
    let swapped = log(0..MANY).replace("ts\tid.orig_p\tquery", "query\tid.orig_p\tts");
    let swapped = swapped.lines().map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
        [ts, port, query, rcode] if !line.starts_with('#') => format!("{query}\t{port}\t{ts}\t{rcode}\n"),
        _ => format!("{line}\n"),
    });
    let columns = (0..5000).map(|number| format!("\ta_column_of_a_script_{number}")).collect::<String>();
    let long = log(0..10).replace("rcode_name", &("rcode_name".to_owned() + &columns));
    let long = long.replace("NOERROR", &("NOERROR".to_owned() + &"\t-".repeat(5000)));
    let folder = folder(&[("dns.log", &(log(0..MANY) + &swapped.collect::<String>() + &long + &log(0..MANY)))]);
    let found = queries(&Request { options: option("mode", "FAILFAST"), ..request(folder.path()) }).unwrap();
    let name = |row: usize| format!("host-{row}.example.com");
    let expected = [0..MANY, 0..MANY, 0..10, 0..MANY].into_iter().flatten().map(name);
    assert!(found.into_iter().eq(expected));
}

#[test]
fn rows_come_in_the_order_of_files_and_lines_whatever_the_pieces() {
    let large = log(0..MANY);
    assert!(large.len() > 2 * (8 << 20));
    let folder = folder(&[
        ("2017-03-01/dns.00.log", &large),
        ("2017-03-01/dns.01.log", HEADER),
        ("2017-03-02/dns.log", &log(MANY..MANY + 3)),
    ]);
    let expected = (0..MANY + 3).map(|row| format!("host-{row}.example.com")).collect::<Vec<_>>();
    assert!(queries(&request(folder.path())).unwrap() == expected);

    let table = Dataset::open(&request(folder.path())).unwrap();
    let mut stream = table.read(2).unwrap();
    while stream.next_batch(&mut |_| Ok(())).unwrap().is_some() {}
    let totals = stream.account().totals();
    assert_eq!((totals.records, totals.malformed, totals.files), (MANY as u64 + 3, 0, 3));
    assert_eq!(totals.lines, MANY as u64 + 3 + 6);
    assert_eq!(totals.bytes, table.bytes());
    assert_eq!(totals.text_bytes, table.bytes());
    assert_eq!(stream.rows(), MANY as u64 + 3);
}

#[test]
fn days_columns_filter_and_limit() {
    let folder = folder(&[("2017-03-01/dns.log", &log(0..10)), ("2017-03-02/dns.log", &log(10..20))]);
    let asked = request(folder.path());
    let day = Request { start_day: Some("2017_03_02".to_owned()), ..asked.clone() };
    assert_eq!(queries(&day).unwrap().first().unwrap(), "host-10.example.com");
    let value = Literal::Text("host-7.example.com".to_owned());
    let filter = Some(Condition::Equal { column: "query".to_owned(), value });
    assert_eq!(queries(&Request { filter, ..asked.clone() }).unwrap(), ["host-7.example.com"]);
    assert_eq!(queries(&Request { limit: Some(13), ..asked.clone() }).unwrap().len(), 13);
    assert_eq!(queries(&Request { limit: Some(0), ..asked.clone() }).unwrap().len(), 0);
    let all = Dataset::open(&Request { columns: None, ..asked }).unwrap();
    assert_eq!(all.schema().field(0).name(), "answer_ttls");
}

#[test]
fn requests_that_cannot_be_met_are_refused_before_anything_is_read() {
    let folder = folder(&[("2017-03-01/dns.log", &log(0..1))]);
    let asked = request(folder.path());
    let refused = |request: Request| Dataset::open(&request).err().unwrap();
    let error = refused(Request { columns: Some(vec!["querry".to_owned()]), ..asked.clone() });
    assert!(error.message.contains("Did you mean query?"), "{error}");
    let error = refused(Request { connector: "zeek_to_dns".to_owned(), ..asked.clone() });
    assert!(error.message.contains("Did you mean zeek_to_DNS?"), "{error}");
    for (name, value) in [("seperator", "|"), ("batchRows", "0"), ("mode", "SOMETIMES"), ("badRecordsPath", "/tmp")] {
        assert_eq!(refused(Request { options: option(name, value), ..asked.clone() }).kind, Kind::BadOption, "{name}");
    }
    let condition = Condition::IsNull { column: "answers".to_owned() };
    assert_eq!(refused(Request { filter: Some(condition), ..asked.clone() }).kind, Kind::BadOption);
    let elsewhere = vec![folder.path().join("2018").display().to_string()];
    assert_eq!(refused(Request { paths: elsewhere, ..asked }).kind, Kind::Io);
}

#[test]
fn bad_lines_are_counted_by_reason_with_the_first_as_examples() {
    let mut text = log(0..5);
    for number in 0..7 {
        text += &format!("{number}.5\tforty\tx.example.com\tNOERROR\n");
    }
    text += "torn\n";
    let folder = folder(&[("dns.log", &text)]);
    let asked = Request { columns: Some(vec!["c_port".to_owned()]), ..request(folder.path()) };
    let mut stream = Dataset::open(&asked).unwrap().read(2).unwrap();
    while stream.next_batch(&mut |_| Ok(())).unwrap().is_some() {}
    let totals = stream.account().totals();
    assert_eq!((totals.records, totals.malformed, totals.lines), (5, 8, 15));
    let reasons = stream.account().bad_records();
    assert_eq!(reasons.iter().map(|reason| reason.count).collect::<Vec<_>>(), [7, 1]);
    let first = &reasons[0].examples[0];
    assert!(text[usize::try_from(first.offset).unwrap()..].starts_with(&first.text));
    assert_eq!(reasons[0].examples.len(), 5);

    let dropping = Request { options: option("mode", "DROPMALFORMED"), ..asked.clone() };
    let mut stream = Dataset::open(&dropping).unwrap().read(2).unwrap();
    while stream.next_batch(&mut |_| Ok(())).unwrap().is_some() {}
    assert_eq!((stream.account().totals().malformed, stream.account().bad_records().len()), (8, 0));

    let failing = Request { options: option("mode", "FAILFAST"), ..asked };
    let error = Dataset::open(&failing).unwrap().read(2).unwrap().find_map(Result::err).unwrap();
    assert_eq!(error.kind, Kind::BadInput);
    assert!(error.place.path.unwrap().ends_with("dns.log"));
}

#[test]
fn a_file_that_is_gone_ends_the_read_after_what_was_before_it() {
    let folder = folder(&[("dns.1.log", &log(0..10)), ("dns.2.log", &log(0..10))]);
    let table = Dataset::open(&request(folder.path())).unwrap();
    fs::remove_file(folder.path().join("dns.2.log")).unwrap();
    let mut stream = table.read(2).unwrap();
    assert_eq!(stream.next().unwrap().unwrap().num_rows(), 10);
    let error = stream.next().unwrap().unwrap_err();
    assert_eq!(error.kind, Kind::Io);
    assert!(error.place.path.unwrap().ends_with("dns.2.log"));
    assert!(stream.next().is_none());
}

/// What a read of the log says when this happens to it after it was listed.
fn after(happened: impl FnOnce(&Path)) -> Result<Vec<String>, Error> {
    let folder = folder(&[("dns.log", &log(0..MANY))]);
    let table = Dataset::open(&request(folder.path())).unwrap();
    happened(&folder.path().join("dns.log"));
    let mut found = Vec::new();
    for batch in table.read(3)? {
        found.extend(batch?.column(0).as_string::<i32>().iter().map(|query| query.unwrap_or("none").to_owned()));
    }
    Ok(found)
}

#[test]
fn a_log_that_was_cut_rewritten_or_replaced_since_it_was_listed_is_an_error() {
    let cut = after(|path| fs::File::options().write(true).open(path).unwrap().set_len(10 << 20).unwrap());
    let error = cut.unwrap_err();
    assert!(error.message.contains("and is 10485760 now"), "{error}");
    assert!(error.place.path.as_ref().unwrap().ends_with("dns.log"));
    let same_size = log(0..MANY).replace("NOERROR", "REFUSED");
    let error = after(|path| fs::write(path, &same_size).unwrap()).unwrap_err();
    assert!(error.message.contains("written anew"), "{error}");
    let rotated = after(|path| {
        fs::rename(path, path.with_extension("1.log")).unwrap();
        fs::write(path, log(0..MANY + 10)).unwrap();
    });
    assert!(rotated.unwrap_err().message.contains("replaced"));
}

#[test]
fn of_a_log_that_has_grown_what_was_there_is_read_with_its_last_line_whole() {
    let all = log(0..MANY + 2);
    let listed = all.rfind("500000.5").unwrap() + 10;
    let folder = folder(&[("large/dns.log", &all[..listed]), ("small/dns.log", &format!("{HEADER}1.5\t5"))]);
    let table = Dataset::open(&request(folder.path())).unwrap();
    let append = |name: &str, text: &str| {
        let mut file = fs::File::options().append(true).open(folder.path().join(name)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    };
    append("large/dns.log", &all[listed..]);
    append("small/dns.log", "3\tlast.example.com\tNOERROR\n2.5\t53\tlater.example.com\tNOERROR\n");
    let mut stream = table.read(2).unwrap();
    let rows = std::iter::from_fn(|| stream.next()).map(|batch| batch.unwrap().num_rows()).sum::<usize>();
    assert_eq!(rows, MANY + 1 + 1);
    let totals = stream.account().totals();
    assert_eq!((totals.malformed, totals.bytes), (0, table.bytes()));
}

#[test]
fn a_read_can_be_left_or_stopped_in_its_middle() {
    let folder = folder(&[("dns.log", &log(0..MANY))]);
    let table = Dataset::open(&request(folder.path())).unwrap();
    let mut left = table.read(2).unwrap();
    assert!(left.next().unwrap().is_ok());
    drop(left);

    let mut stopped = table.read(2).unwrap();
    let stop = Error::new(Kind::Io, "enough");
    let ticks = || Err(stop.clone());
    let error = loop {
        match stopped.next_batch(&mut |_| ticks()) {
            Ok(Some(_)) => std::thread::sleep(std::time::Duration::from_millis(40)),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert_eq!(error, Some(stop));
}
