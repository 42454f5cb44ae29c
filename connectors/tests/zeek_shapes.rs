//! The shapes a Zeek log comes in give one table.

#![expect(clippy::unwrap_used, reason = "tests")]

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use netlytics_connectors::options::{Mode, ScanOptions};
use netlytics_connectors::scan::{Scan, Step};
use netlytics_connectors::source::Batches;

const COLUMNS: [&str; 4] = ["req_time", "c_port", "query", "answers"];

fn options(given: &[(&str, &str)]) -> ScanOptions {
    ScanOptions {
        connector: "zeek_to_DNS".to_owned(),
        columns: COLUMNS.map(str::to_owned).to_vec(),
        mode: Mode::FailFast,
        given: given.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect(),
        ..ScanOptions::default()
    }
}

fn table(log: &str, given: &[(&str, &str)]) -> RecordBatch {
    let mut batches = Batches::new(log.as_bytes(), options(given)).unwrap().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(batches.len(), 1, "{log}");
    batches.remove(0)
}

/// Two rows as Zeek's defaults write them; the second has an escape and an unset list.
const USUAL: &str = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n\
    #fields\tts\tid.orig_p\tquery\tanswers\n#types\ttime\tport\tstring\tvector[string]\n\
    1.500000\t53\twww.example.com\t192.0.2.1,(empty),-\n-2.000000\t54\t\\x2d\t-\n#close\t2017-03-01-00-00-00\n";

#[test]
fn other_markers_separators_and_prefixes() {
    let other = "PREFIX<>separator \\x7c\nPREFIX<>set_separator|;\nPREFIX<>empty_field|EMPTY\nPREFIX<>unset_field|NOT-SET\n\
        PREFIX<>fields|ts|id.orig_p|query|answers\n1.500000|53|www.example.com|192.0.2.1;EMPTY;NOT-SET\n-2.000000|54|-|NOT-SET\n";
    assert_eq!(table(other, &[("metaPrefix", "PREFIX<>")]), table(USUAL, &[]));
}

#[test]
fn separators_as_other_programs_write_them() {
    for written in ["\\t", "\\011", "\t", "TAB", ""] {
        let rewritten = USUAL.replace("#separator \\x09", &format!("#separator {written}"));
        assert_eq!(table(&rewritten, &[]), table(USUAL, &[]), "{written}");
    }
    let escaped = USUAL.replace("#set_separator\t,", "#set_separator\t\\054").replace("(empty)\n", "\\x28empty)\n");
    assert_eq!(table(&escaped, &[]), table(USUAL, &[]));
    let nul = USUAL.replace("#separator \\x09", "#separator \\0").replace('\t', "\0");
    assert_eq!(table(&nul, &[]), table(USUAL, &[]));
    assert_eq!(table(&nul.replace("#separator \\0\n", ""), &[("separator", "\\0")]), table(USUAL, &[]));
}

#[test]
fn an_empty_prefix_of_header_lines_is_refused() {
    let error = Scan::open(options(&[("metaPrefix", "")]), None).err().unwrap();
    assert_eq!(error.message, "The option metaPrefix is empty.");
}

#[test]
fn a_log_in_both_forms() {
    let json = "{\"ts\":3.5,\"id.orig_p\":55,\"query\":\"c\"}\n";
    let both = table(&format!("{json}{USUAL}{json}"), &[]);
    let queries = both.column(2).as_string::<i32>().iter().flatten().collect::<Vec<_>>();
    assert_eq!(queries, ["c", "www.example.com", "-", "c"]);
    // A row of an ASCII log may begin like JSON.
    let odd = table("#fields\tquery\tts\n{a}\t1.5\n", &[]);
    assert_eq!(odd.column(2).as_string::<i32>().value(0), "{a}");
}

#[test]
fn a_separator_of_several_bytes() {
    let wide = USUAL.replace("#separator \\x09", "#separator \\x7c\\x7c").replace('\t', "||");
    assert_eq!(table(&wide, &[]), table(USUAL, &[]));
}

#[test]
fn no_header_with_the_columns_given_or_one_line_of_names() {
    let records =
        USUAL.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect::<String>();
    // `columns` is what the option was called before.
    for option in ["fields", "columns"] {
        assert_eq!(table(&records, &[(option, "ts, id.orig_p, query, answers")]), table(USUAL, &[]));
    }
    let named = format!("ts\tid.orig_p\tquery\tanswers\n{records}");
    assert_eq!(table(&named, &[("format", "tsv")]), table(USUAL, &[]));
}

#[test]
fn json_plain_wrapped_and_with_every_form_of_time() {
    let json = |first: &str, second: &str| {
        format!(
            "{{\"ts\":{first},\"id.orig_p\":53,\"query\":\"www.example.com\",\"answers\":[\"192.0.2.1\",\"\",null]}}\n\
             {{\"dns\":{{\"ts\":{second},\"id.orig_p\":54,\"query\":\"-\",\"answers\":null,\"uid\":\"C1\"}}}}\n"
        )
    };
    let usual = table(USUAL, &[]);
    assert_eq!(table(&json("1.5", "-2.0"), &[]), usual);
    assert_eq!(table(&json("1500", "-2000"), &[("jsonTimestamps", "millis")]), usual);
    assert_eq!(table(&json("1500", "18446744073709549616"), &[("jsonTimestamps", "millis")]), usual);
    assert_eq!(table(&json("\"1970-01-01T00:00:01.500000Z\"", "\"1969-12-31T23:59:58.000000Z\""), &[]), usual);
}

#[test]
fn a_header_in_the_middle_changes_the_columns() {
    let older = "#fields\tquery\tts\tid.orig_p\n#types\tstring\ttime\tport\nold.example.com\t3.0\t55\n";
    let both = table(&format!("{USUAL}{older}"), &[]);
    let queries = both.column(2).as_string::<i32>().iter().flatten().collect::<Vec<_>>();
    assert_eq!(queries, ["www.example.com", "-", "old.example.com"]);
    assert!(both.column(3).is_null(2));
}

#[test]
fn a_split_learns_the_header_from_the_head_of_the_file() {
    let second = USUAL.find("-2.000000").unwrap();
    let settings = ScanOptions { split_start: second as u64 - 3, split_length: 1000, ..options(&[]) };
    let mut scan = Scan::open(settings, Some(USUAL.as_bytes())).unwrap();
    let (_, step) = scan.step(USUAL.get(second - 4..).unwrap().as_bytes(), true).unwrap();
    let batch = match step {
        Step::Batch(batch) => Some(batch),
        Step::NeedInput | Step::Finished => None,
    };
    assert_eq!(batch, Some(table(USUAL, &[]).slice(1, 1)));
}
