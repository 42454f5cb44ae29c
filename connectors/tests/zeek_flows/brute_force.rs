//! The join as its definition reads: every flow beside every name and every answer.

use netlytics_schema::{NamedFlows, Table as _, ZeekFlow};

use crate::logs::{Cell, Logs, Row, part};

/// The table, by nested loops.
pub fn named_flows(logs: &Logs, from_dns: bool, named_only: bool) -> Vec<Row> {
    let (names, answers) = (part(logs, "names"), part(logs, "dns"));
    let mut table = Vec::new();
    for flow in part(logs, "flows") {
        let of = |column: ZeekFlow| &flow[ZeekFlow::COLUMNS.iter().position(|&other| other == column).unwrap()];
        let name = by_uid(of(ZeekFlow::Uid), &names).or_else(|| {
            from_dns.then(|| by_answer(of(ZeekFlow::CIp), of(ZeekFlow::SIp), of(ZeekFlow::TimeStart), &answers))?
        });
        if named_only && name.is_none() {
            continue;
        }
        let cell = |column: &NamedFlows| match column.definition().name {
            "name" => name.map_or(Cell::Null, |name| Cell::Text(name.to_owned())),
            same => of(ZeekFlow::named(same).unwrap()).clone(),
        };
        table.push(NamedFlows::COLUMNS.iter().map(cell).collect());
    }
    table
}

/// Of the connection's names the lowest (rank, time, name), no time being the lowest.
fn by_uid<'n>(uid: &Cell, names: &'n [Row]) -> Option<&'n str> {
    let mut best: Option<(i64, f64, &str)> = None;
    for row in names {
        let [its, rank, time, name] = row.as_slice() else { panic!("names have four columns") };
        let (Some(uid), Some(its), Some(name)) = (uid.text(), its.text(), name.text()) else { continue };
        let candidate = (rank.long().unwrap(), time.double().unwrap_or(f64::MIN), name);
        if uid == its && best.is_none_or(|best| candidate < best) {
            best = Some(candidate);
        }
    }
    best.map(|(_, _, name)| name)
}

/// The last (time, query) that brought the client the server's address.
fn by_answer<'a>(client: &Cell, server: &Cell, start: &Cell, answers: &'a [Row]) -> Option<&'a str> {
    let mut last: Option<(f64, &str)> = None;
    for row in answers {
        let [c_ip, query, time, members] = row.as_slice() else { panic!("answers have four columns") };
        let (Some(query), Some(time), Cell::Texts(members)) = (query.text(), time.double(), members) else { continue };
        let brings = members.iter().flatten().any(|member| Some(member.as_str()) == server.text());
        let in_time = client == c_ip && time <= start.double().unwrap();
        if !query.is_empty() && brings && in_time && last.is_none_or(|last| last < (time, query)) {
            last = Some((time, query));
        }
    }
    last.map(|(_, query)| query)
}
