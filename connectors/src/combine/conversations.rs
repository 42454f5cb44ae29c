//! Rows of the same endpoints, in the order of time.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use hashbrown::HashMap;
use netlytics_schema::Table;

use super::part_row::{PartBatch, PartRow};
use super::{Combiner, RowSink};
use crate::error::Error;

/// Collects the rows of each key until its log has moved on by some time, so that what is held is bounded by the
/// traffic of that time and not by the length of the log.
///
/// A key is settled when the rows being read are further than that from its last one, in either direction: a log that
/// jumps back begins another file. Rows of one key that lie close in time but far from each other in the logs are
/// therefore not brought together, as Spark's shuffle would.
pub(super) struct Conversations<T> {
    key: Vec<T>,
    /// The time of a row, in seconds since the epoch.
    time: fn(&PartRow<T>) -> Option<f64>,
    /// Seconds after which a key is settled.
    quiet: f64,
    open: HashMap<Box<[u8]>, Vec<Turn<T>>>,
    now: f64,
    /// When settled keys were last looked for.
    looked: f64,
    encoded: Vec<u8>,
}

/// A row and its place in time.
pub(super) struct Turn<T> {
    pub(super) row: PartRow<T>,
    pub(super) seen: Option<f64>,
    offset: i64,
}

/// Adds to the table what the rows of one key, in order, tell.
type Tell<T> = fn(&[Turn<T>], &mut RowSink<T>) -> Result<(), Error>;

/// Makes rows of the table out of the rows of each key.
pub(super) struct ConversationCombiner<T> {
    conversations: Conversations<T>,
    tell: Tell<T>,
    sink: RowSink<T>,
}

impl<T: Table> ConversationCombiner<T> {
    pub(super) fn new(conversations: Conversations<T>, tell: Tell<T>, sink: RowSink<T>) -> Self {
        Self { conversations, tell, sink }
    }

    fn add(&mut self, settled: &[Vec<Turn<T>>]) -> Result<(), Error> {
        settled.iter().try_for_each(|turns| (self.tell)(turns, &mut self.sink))
    }
}

impl<T: Table + Send + Sync> Combiner for ConversationCombiner<T> {
    fn schema(&self) -> SchemaRef {
        self.sink.schema()
    }

    fn push(&mut self, _part: usize, batch: &RecordBatch) -> Result<Option<RecordBatch>, Error> {
        let settled = self.conversations.push(batch);
        self.add(&settled)?;
        self.sink.full()
    }

    fn finish(&mut self) -> Result<Option<RecordBatch>, Error> {
        let rest = self.conversations.rest();
        self.add(&rest)?;
        self.sink.rest()
    }
}

impl<T: Table> Conversations<T> {
    pub(super) fn new(key: Vec<T>, time: fn(&PartRow<T>) -> Option<f64>, quiet: f64) -> Self {
        Self { key, time, quiet, open: HashMap::new(), now: 0.0, looked: 0.0, encoded: Vec::new() }
    }

    /// Adds the rows of a batch; gives the rows of each key that they settle.
    pub(super) fn push(&mut self, batch: &RecordBatch) -> Vec<Vec<Turn<T>>> {
        let mut settled = Vec::new();
        let rows: Arc<PartBatch<T>> = PartBatch::new(batch);
        for row in rows.rows() {
            let seen = (self.time)(&row);
            if let Some(seen) = seen {
                self.now = seen;
                if (self.now - self.looked).abs() > self.quiet {
                    self.looked = self.now;
                    settled.append(&mut self.settle());
                }
            }
            self.encoded.clear();
            for &column in &self.key {
                row.scalar(column).encode(&mut self.encoded);
            }
            let turn = Turn { seen, offset: row.offset(), row };
            match self.open.get_mut(self.encoded.as_slice()) {
                Some(turns) => turns.push(turn),
                None => {
                    self.open.insert(self.encoded.as_slice().into(), vec![turn]);
                }
            }
        }
        settled
    }

    /// After the last batch: the rows of each key that is left.
    pub(super) fn rest(&mut self) -> Vec<Vec<Turn<T>>> {
        in_order(self.open.drain().map(|(_, turns)| turns).collect())
    }

    fn settle(&mut self) -> Vec<Vec<Turn<T>>> {
        let (now, quiet) = (self.now, self.quiet);
        let is_quiet =
            |turns: &[Turn<T>]| turns.iter().all(|turn| turn.seen.is_some_and(|seen| (now - seen).abs() > quiet));
        in_order(self.open.extract_if(|_, turns| is_quiet(turns)).map(|(_, turns)| turns).collect())
    }
}

/// Sorts the rows of each key, and the keys by their first rows.
fn in_order<T>(mut keys: Vec<Vec<Turn<T>>>) -> Vec<Vec<Turn<T>>> {
    let by_place = |a: &Turn<T>, b: &Turn<T>| {
        // Rows without a time come first, as nulls do in SQL.
        let time = |turn: &Turn<T>| turn.seen.unwrap_or(f64::NEG_INFINITY);
        time(a).total_cmp(&time(b)).then(a.offset.cmp(&b.offset))
    };
    for turns in &mut keys {
        turns.sort_by(by_place);
    }
    keys.sort_by(|a, b| match (a.first(), b.first()) {
        (Some(a), Some(b)) => by_place(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    keys
}
