//! Exchanges and transactions put together on one machine, out of Tstat's lines. That Spark's SQL means the same is tested
//! where both run.

#![expect(clippy::unwrap_used, reason = "tests")]

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use netlytics_connectors::combine::{combination, combiner};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::Batches;

/// The columns of the table made of the log's lines, `batch_rows` of them at a time.
fn read(connector: &str, log: &str, columns: &[&str], batch_rows: usize) -> Vec<RecordBatch> {
    let columns = columns.iter().map(|&name| name.to_owned()).collect();
    let options = ScanOptions { connector: connector.to_owned(), columns, batch_rows, ..ScanOptions::default() };
    let mut combiner = combiner(&options).unwrap().unwrap();
    let part = combination(&options).unwrap().unwrap().parts.remove(0);
    let columns = part.columns.iter().map(|&name| name.to_owned()).collect();
    let scan = ScanOptions { connector: part.connector, columns, batch_rows, ..ScanOptions::default() };
    let mut out = Vec::new();
    for batch in Batches::new(log.as_bytes(), scan).unwrap() {
        out.extend(combiner.push(0, &batch.unwrap()).unwrap());
    }
    out.extend(std::iter::from_fn(|| combiner.finish().unwrap()));
    out
}

const DNS: &str = "#c_ip:1 c_port:2 s_ip:3 s_port:4 time:5 entry:6 trans_id:7 query:8 ttl:9 class:10 type:11 answer:12 \
                   flags:13\n";

/// (query, req_time, resp_time, answers).
type Exchange = (String, Option<f64>, Option<f64>, Vec<String>);

/// The exchanges of these lines, all of one port and number.
fn exchanges(lines: &[&str]) -> Vec<Exchange> {
    let line = |line: &&str| {
        let (seconds, rest) = line.split_once(' ').unwrap();
        format!("10.0.0.1 40000 8.8.8.8 53 1488326{seconds:0>3}000.000000 {rest}\n")
    };
    let log = DNS.to_owned() + &lines.iter().map(line).collect::<String>();
    let columns = ["query", "req_time", "resp_time", "answers"];
    let rows = |batch_rows| {
        let mut rows = Vec::new();
        for batch in read("tstat_to_DNS", &log, &columns, batch_rows) {
            let (queries, answers) = (batch["query"].as_string::<i32>(), batch["answers"].as_list::<i32>());
            let time = |name: &str, row| {
                let times = batch[name].as_primitive::<Float64Type>();
                arrow_array::Array::is_valid(times, row).then(|| times.value(row) - 1_488_326_000.0)
            };
            for row in 0..batch.num_rows() {
                let members = answers.value(row);
                let members = members.as_string::<i32>().iter().flatten().map(str::to_owned).collect();
                rows.push((queries.value(row).to_owned(), time("req_time", row), time("resp_time", row), members));
            }
        }
        rows
    };
    let whole = rows(8192);
    assert_eq!(rows(1), whole, "it does not depend on the batches");
    whole
}

fn exchange(query: &str, asked: Option<f64>, told: Option<f64>, answers: &[&str]) -> Exchange {
    (query.to_owned(), asked, told, answers.iter().map(|&answer| answer.to_owned()).collect())
}

#[test]
fn one_exchange_is_a_question_asked_again_and_one_response() {
    let found = exchanges(&[
        "10 REQ 0x0001 A.org. - IN A - 0x08",
        "11 REQ 0x0001 a.org. - IN A - 0x08",
        "12 RESP 0x0001 a.org. 60 IN CNAME b.org. 0x0c",
        "12 RESP 0x0001 b.org. 60 IN A 192.0.2.1 0x0c",
        "13 RESP 0x0001 a.org. 60 IN A 192.0.2.9 0x0c",
        "20 REQ 0x0001 c.org. - IN A - 0x08",
        "21 REQ 0x0001 d.org. - IN A - 0x08",
        "82 RESP 0x0001 d.org. 60 IN A 192.0.2.2 0x0c",
    ]);
    let expected = [
        exchange("A.org", Some(10.0), Some(12.0), &["b.org", "192.0.2.1"]),
        exchange("a.org", None, Some(13.0), &["192.0.2.9"]),
        exchange("c.org", Some(20.0), None, &[]),
        exchange("d.org", Some(21.0), None, &[]),
        exchange("d.org", None, Some(82.0), &["192.0.2.2"]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn lines_out_of_order_within_a_minute_meet() {
    let found = exchanges(&["30 RESP 0x0001 a.org. 60 IN A 192.0.2.1 0x0c", "10 REQ 0x0001 a.org. - IN A - 0x08"]);
    assert_eq!(found, [exchange("a.org", Some(10.0), Some(30.0), &["192.0.2.1"])]);
}

#[test]
fn responses_belong_to_requests_in_their_order() {
    let line = |time: &str, rest: &str| format!("10.0.0.1\t40000\t192.0.2.1\t80\t1488326{time}.000000\t{rest}\n");
    let request = |time, path: &str| line(time, &format!("GET\ta.org\t-\t{path}\t-\t-\t-\t-"));
    let response = |time, code: &str| line(time, &format!("HTTP\t{code}\t-\t-\t-\t-\t-\t-"));
    let log = [
        "#C#c_ip:1\tc_port:2\ts_ip:3\ts_port:4\ttime_abs:5\tmethod:6\thostname:7\tfqdn:8\tpath:9\treferer:10\t\
         user_agent:11\tcookie:12\tdnt:13\n"
            .to_owned(),
        "#S#c_ip:1\tc_port:2\ts_ip:3\ts_port:4\ttime_abs:5\tHTTP:6\tresponse:7\tcontent_len:8\tcontent_type:9\t\
         server:10\trange:11\tlocation:12\tset_cookie:13\n"
            .to_owned(),
        request("001", "/1"),
        request("002", "/2"),
        response("003", "200"),
        response("004", "201"),
        response("005", "500"),
        request("006", "/3"),
        request("400", "/4"),
        response("401", "204"),
    ];
    let mut found = Vec::new();
    for batch in read("tstat_to_HTTP", &log.concat(), &["path", "status_code"], 3) {
        let (paths, codes) = (batch["path"].as_string::<i32>(), batch["status_code"].as_primitive::<Int64Type>());
        found.extend(paths.iter().map(|path| path.map(str::to_owned)).zip(codes));
    }
    let path = |path: &str| Some(path.to_owned());
    let expected = [
        (path("/1"), Some(200)),
        (path("/2"), Some(201)),
        (None, Some(500)),
        (path("/3"), None),
        (path("/4"), Some(204)),
    ];
    assert_eq!(found, expected);
}
