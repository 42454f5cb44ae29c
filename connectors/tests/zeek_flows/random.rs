//! Random small logs: the combiner is the brute force, however the batches are cut.

use proptest::prelude::*;
use proptest::sample::select;

use crate::brute_force::named_flows;
use crate::cases::{DNS, HTTP, SSL, conn, log};
use crate::logs::{Logs, combined};

const TIMES: [&str; 6] = ["-1.0", "0.0", "1.0", "1.5", "2.0", "9.000001"];
const UIDS: [&str; 5] = ["-", "C1", "C2", "C3", "C4"];
const CLIENTS: [&str; 3] = ["10.0.0.1", "10.0.0.2", "2001:db8::7"];
const SERVERS: [&str; 5] = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "-", "(empty)"];
const NAMES: [&str; 7] = ["-", "(empty)", "a.example", "b.example", "B.example", "\u{fc}.example", "\\x2d"];
const ANSWERS: [&str; 8] = [
    "-",
    "(empty)",
    "192.0.2.1",
    "192.0.2.2",
    "192.0.2.1,192.0.2.2",
    "a.example,192.0.2.1,-",
    "2001:db8::1",
    "TXT 3 a:b,192.0.2.1,192.0.2.1",
];

fn any<const N: usize>(of: [&'static str; N]) -> impl Strategy<Value = &'static str> {
    select(of.to_vec())
}

prop_compose! {
    fn flows()(flows in prop::collection::vec((any(TIMES), any(UIDS), any(CLIENTS), any(SERVERS)), 0..25)) -> Vec<u8> {
        conn(&flows)
    }
}

prop_compose! {
    fn names()(tls in any::<2>(["", "tls"]), lines in prop::collection::vec((any(TIMES), any(UIDS), any(NAMES)), 0..12))
        -> Vec<u8> {
        let lines = lines.iter().map(|(time, uid, name)| format!("{time}\t{uid}\tX\t{name}")).collect::<Vec<_>>();
        log(if tls.is_empty() { HTTP } else { SSL }, &lines)
    }
}

prop_compose! {
    fn answers()(lines in prop::collection::vec(
        (any(TIMES), any(CLIENTS), any(NAMES), any(["-", "0.500000"]), any(ANSWERS)), 0..25)) -> Vec<u8> {
        let line = |(time, client, query, rtt, answers): &(&str, &str, &str, &str, &str)| {
            format!("{time}\tD\t{client}\t{query}\t{rtt}\tA\t{answers}")
        };
        log(DNS, &lines.iter().map(line).collect::<Vec<_>>())
    }
}

proptest! {
    #[test]
    fn the_combiner_is_the_brute_force(
        flows in prop::collection::vec(flows(), 0..3), names in prop::collection::vec(names(), 0..4),
        dns in prop::collection::vec(answers(), 0..3), from_dns: bool, named_only: bool, batch_rows in 1_usize..9,
    ) {
        let logs = Logs { names, dns, flows };
        let given = [("nameFromDns", from_dns.to_string()), ("namedOnly", named_only.to_string())];
        let given = given.each_ref().map(|(name, value)| (*name, value.as_str()));
        let table = combined(&logs, &given, 8192);
        prop_assert_eq!(&table, &named_flows(&logs, from_dns, named_only));
        prop_assert_eq!(&table, &combined(&logs, &given, batch_rows));
    }
}
