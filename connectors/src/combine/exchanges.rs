//! Lines that tell of a question and lines that tell of its answers, as one row a DNS exchange.
//!
//! An exchange is a question, perhaps asked again, and one response: it ends where the same endpoints, with the same
//! message number, ask after a response, ask something else, respond again at another time, or are silent for more than
//! [`SILENCE`] seconds. A response without a question is an exchange of its own. `exchanges.sql` says the same.

use netlytics_schema::{Dns, Table as _};

use super::conversations::{ConversationCombiner, Conversations, Turn};
use super::part_row::{PartBatch, PartRow};
use super::{Combination, Part, RowSink};
use crate::bad::Fault;
use crate::error::Error;
use crate::list_sink::ListSink;
use crate::options::ScanOptions;
use crate::value::{Record, Value};

/// Seconds after which a message with the same number is of another exchange.
const SILENCE: f64 = 60.0;

/// What the lines of one exchange of Tstat have in common.
pub(super) const TSTAT_KEY: &[Dns] = &[Dns::CIp, Dns::CPort, Dns::SIp, Dns::SPort, Dns::TransId];

/// What a line of BIND's queries and one of its responses have in common: they hold no message number.
pub(super) const BIND_KEY: &[Dns] = &[Dns::CIp, Dns::CPort, Dns::SIp, Dns::Query, Dns::ReqType, Dns::ReqClass];

/// The exchanges of the part `connector/rows`, whose lines have the columns of `key` in common.
pub(super) fn combination(connector: &str, key: &[Dns]) -> Combination {
    let name = |column: &Dns| column.definition().name;
    let names = key.iter().map(name).collect::<Vec<_>>().join(", ");
    // Columns of the key as they are: a filter on them then reaches the log.
    let ends = [Dns::CIp, Dns::CPort, Dns::SIp, Dns::SPort, Dns::TransId].map(|column| match name(&column) {
        name if key.contains(&column) => name.to_owned(),
        name => format!("max({name}) AS {name}"),
    });
    Combination {
        parts: vec![Part {
            connector: format!("{connector}/rows"),
            view: "rows",
            columns: PartBatch::<Dns>::columns(),
            optional: false,
        }],
        sql: include_str!("exchanges.sql").replace("{key}", &names).replace("{ends}", &ends.join(", ")),
    }
}

/// Puts exchanges together on one machine.
///
/// # Errors
/// A column or the filter of `options` does not fit the table.
pub(super) fn combiner(key: &[Dns], options: &ScanOptions) -> Result<ConversationCombiner<Dns>, Error> {
    let conversations = Conversations::new(key.to_vec(), seen, 2.0 * SILENCE);
    Ok(ConversationCombiner::new(conversations, tell, RowSink::new(options)?))
}

fn tell(turns: &[Turn<Dns>], sink: &mut RowSink<Dns>) -> Result<(), Error> {
    turns.chunk_by(|before, turn| !begins(before, turn)).try_for_each(|exchange| sink.push(&Exchange(exchange)))
}

fn seen(row: &PartRow<Dns>) -> Option<f64> {
    row.double(Dns::ReqTime).or_else(|| row.double(Dns::RespTime))
}

fn replies(turn: &Turn<Dns>) -> bool {
    turn.row.has(Dns::RespTime) || turn.row.has(Dns::RespCode)
}

/// Whether `turn`, which follows `before`, is the first of another exchange.
fn begins(before: &Turn<Dns>, turn: &Turn<Dns>) -> bool {
    let apart = turn.seen.zip(before.seen).map(|(now, then)| now - then);
    if apart.is_some_and(|seconds| seconds > SILENCE) {
        return true;
    }
    match (replies(before), replies(turn)) {
        (true, true) => apart.is_some_and(|seconds| seconds != 0.0),
        (true, false) => true,
        (false, true) => false,
        (false, false) => match (turn.row.scalar(Dns::Query), before.row.scalar(Dns::Query)) {
            (Value::Text(now), Value::Text(then)) => now.to_lowercase() != then.to_lowercase(),
            _ => false,
        },
    }
}

/// The lines of one exchange, in order.
struct Exchange<'t>(&'t [Turn<Dns>]);

impl<'t> Exchange<'t> {
    fn question(&self) -> Option<&'t PartRow<Dns>> {
        self.0.iter().find(|turn| !replies(turn)).map(|turn| &turn.row)
    }

    fn reply(&self) -> Option<&'t PartRow<Dns>> {
        self.0.iter().find(|turn| replies(turn)).map(|turn| &turn.row)
    }
}

impl Record<Dns> for Exchange<'_> {
    fn value(&self, column: Dns) -> Result<Value<'_>, Fault> {
        let row = match column {
            Dns::ReqTime | Dns::FlagsReq => self.question(),
            Dns::RespTime | Dns::RespCode | Dns::FlagsResp => self.reply(),
            Dns::Query | Dns::ReqType | Dns::ReqClass => {
                self.question().filter(|row| row.has(column)).or_else(|| self.reply())
            }
            Dns::CIp | Dns::CPort | Dns::SIp | Dns::SPort | Dns::TransId => {
                self.0.iter().map(|turn| &turn.row).find(|row| row.has(column))
            }
            Dns::Answers | Dns::AnswerTypes | Dns::AnswerTtls => None,
        };
        Ok(row.map_or(Value::Null, |row| row.scalar(column)))
    }

    fn list(&self, column: Dns, members: &mut ListSink<'_>) -> Result<(), Fault> {
        for turn in self.0.iter().filter(|turn| turn.row.has(Dns::Answers)) {
            turn.row.members(column, members);
        }
        Ok(())
    }
}
