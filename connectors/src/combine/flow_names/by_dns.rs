//! Under which names each client was given each server's address, and when.

use std::ops::Range;

use arrow_array::{Array as _, Float64Array, ListArray, RecordBatch, StringArray};
use hashbrown::HashMap;

use super::column::{at, column, items};
use super::texts::Texts;
use crate::error::Error;

/// The answers that hold addresses, by client and address.
#[derive(Default)]
pub(super) struct ByDns {
    addresses: Texts,
    queries: Texts,
    answers: Vec<Answer>,
    /// Where in `answers` those of a client and an address are, once they are in order.
    pairs: HashMap<(u32, u32), Range<usize>>,
}

#[derive(Clone, Copy)]
struct Answer {
    client: u32,
    server: u32,
    /// Seconds since the epoch.
    time: f64,
    query: u32,
}

impl ByDns {
    /// Columns that are needed of a row.
    pub(super) const COLUMNS: [&str; 4] = ["c_ip", "query", "resp_time", "answers"];

    /// Takes the answers of a batch.
    ///
    /// # Errors
    /// The batch has other columns, which would be a fault of ours.
    pub(super) fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let (clients, queries) = (column::<StringArray>(batch, "c_ip")?, column::<StringArray>(batch, "query")?);
        let (times, lists) = (column::<Float64Array>(batch, "resp_time")?, column::<ListArray>(batch, "answers")?);
        let members = items::<StringArray>(lists, "answers")?;
        for row in 0..batch.num_rows() {
            let (Some(client), Some(time), Some(query)) = (at(clients, row), at(times, row), at(queries, row)) else {
                continue;
            };
            if query.is_empty() || lists.is_null(row) {
                continue;
            }
            let ends = lists.value_offsets().get(row..).unwrap_or_default();
            let &[from, to, ..] = ends else { continue };
            for member in (from..to).filter_map(|member| usize::try_from(member).ok()) {
                if let Some(answer) = at(members, member).filter(|answer| is_address(answer)) {
                    let (client, server) = (self.addresses.add(client)?, self.addresses.add(answer)?);
                    self.answers.push(Answer { client, server, time, query: self.queries.add(query)? });
                }
            }
        }
        Ok(())
    }

    /// Puts the answers in order; to be called once, after all batches.
    pub(super) fn sort(&mut self) {
        let queries = &self.queries;
        let pair = |answer: &Answer| (answer.client, answer.server);
        self.answers.sort_unstable_by(|a, b| {
            let names = || queries.get(a.query).cmp(queries.get(b.query));
            pair(a).cmp(&pair(b)).then(a.time.total_cmp(&b.time)).then_with(names)
        });
        // The same name again names nothing anew.
        self.answers.dedup_by(|again, before| pair(again) == pair(before) && again.query == before.query);
        self.answers.shrink_to_fit();
        let mut from = 0;
        for answers in self.answers.chunk_by(|a, b| pair(a) == pair(b)) {
            let to = from + answers.len();
            self.pairs.extend(answers.first().map(|answer| (pair(answer), from..to)));
            from = to;
        }
    }

    /// What the client last asked for, until `time`, when it was given the server's address.
    pub(super) fn name(&self, client: &str, server: &str, time: f64) -> Option<&str> {
        let pair = (self.addresses.find(client)?, self.addresses.find(server)?);
        let answers = self.answers.get(self.pairs.get(&pair)?.clone())?;
        let after = answers.partition_point(|answer| answer.time <= time);
        let last = answers.get(after.checked_sub(1)?)?;
        Some(self.queries.get(last.query))
    }
}

/// Whether an answer may be an address: all that may not, names and texts, are not kept. As `by_dns.sql` decides it.
fn is_address(answer: &str) -> bool {
    answer.contains(':') || answer.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
