//! Lines that tell of a request and lines that tell of a response, as one row an HTTP transaction.
//!
//! On one connection the first response after some requests belongs to the first of them, the second to the second. A
//! request after a response begins anew, so that a response that the log does not have leaves its mark no further than
//! that; so does a silence of more than [`SILENCE`] seconds, after which the same ports are another connection. Neither a
//! request without a response nor a response without a request is lost. `transactions.sql` says the same.

use netlytics_schema::Http;

use super::conversations::{ConversationCombiner, Conversations, Turn};
use super::part_row::{PartBatch, PartRow};
use super::{Combination, Part, RowSink};
use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::value::{Record, Value};

/// Seconds without a line after which a connection is another one.
const SILENCE: f64 = 300.0;

const CONNECTION: [Http; 4] = [Http::CIp, Http::CPort, Http::SIp, Http::SPort];

/// The transactions of the part `connector/rows`.
pub(super) fn combination(connector: &str) -> Combination {
    Combination {
        parts: vec![Part {
            connector: format!("{connector}/rows"),
            view: "rows",
            columns: PartBatch::<Http>::columns(),
            optional: false,
        }],
        sql: include_str!("transactions.sql").to_owned(),
    }
}

/// Puts transactions together on one machine.
///
/// # Errors
/// A column or the filter of `options` does not fit the table.
pub(super) fn combiner(options: &ScanOptions) -> Result<ConversationCombiner<Http>, Error> {
    let conversations = Conversations::new(CONNECTION.to_vec(), seen, 2.0 * SILENCE);
    Ok(ConversationCombiner::new(conversations, tell, RowSink::new(options)?))
}

fn tell(turns: &[Turn<Http>], sink: &mut RowSink<Http>) -> Result<(), Error> {
    for turn in turns.chunk_by(|before, turn| !begins(before, turn)) {
        let mut requests = turn.iter().filter(|turn| asks(turn));
        let mut responses = turn.iter().filter(|turn| !asks(turn));
        loop {
            match (requests.next(), responses.next()) {
                (None, None) => break,
                (request, response) => sink.push(&Transaction {
                    request: request.map(|turn| &turn.row),
                    response: response.map(|turn| &turn.row),
                })?,
            }
        }
    }
    Ok(())
}

fn seen(row: &PartRow<Http>) -> Option<f64> {
    row.double(Http::ReqTime).or_else(|| row.double(Http::RespTime))
}

fn asks(turn: &Turn<Http>) -> bool {
    turn.row.has(Http::ReqTime)
}

/// Whether `turn`, which follows `before`, is the first of another exchange of requests and responses.
fn begins(before: &Turn<Http>, turn: &Turn<Http>) -> bool {
    let silent = turn.seen.zip(before.seen).is_some_and(|(now, then)| now - then > SILENCE);
    silent || asks(turn) && !asks(before)
}

/// A request and its response, or one of them.
struct Transaction<'t> {
    request: Option<&'t PartRow<Http>>,
    response: Option<&'t PartRow<Http>>,
}

impl Record<Http> for Transaction<'_> {
    fn value(&self, column: Http) -> Result<Value<'_>, Fault> {
        let row = [self.request, self.response].into_iter().flatten().find(|row| row.has(column));
        Ok(row.map_or(Value::Null, |row| row.scalar(column)))
    }
}
