//! What HTTP and TLS called the server of each connection.

use std::cmp::Ordering;

use arrow_array::RecordBatch;
use arrow_array::{Float64Array, Int64Array, StringArray};

use super::column::{at, column};
use super::texts::Texts;
use crate::error::Error;

/// Of each uid, the lowest (rank, time, name).
#[derive(Default)]
pub(super) struct ByUid {
    uids: Texts,
    names: Texts,
    /// By the uid's number.
    best: Vec<Candidate>,
}

#[derive(Clone, Copy)]
struct Candidate {
    rank: i64,
    /// Seconds since the epoch; the lowest there is where there is no time, as nulls are in SQL.
    time: f64,
    /// Its number.
    name: u32,
}

impl ByUid {
    /// Columns that are needed of a row.
    pub(super) const COLUMNS: [&str; 4] = ["uid", "rank", "time", "name"];

    /// Takes the names of a batch.
    ///
    /// # Errors
    /// The batch has other columns, which would be a fault of ours.
    pub(super) fn push(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let (uids, names) = (column::<StringArray>(batch, "uid")?, column::<StringArray>(batch, "name")?);
        let (ranks, times) = (column::<Int64Array>(batch, "rank")?, column::<Float64Array>(batch, "time")?);
        for row in 0..batch.num_rows() {
            if let (Some(uid), Some(rank), Some(name)) = (at(uids, row), at(ranks, row), at(names, row)) {
                self.add(uid, rank, at(times, row).unwrap_or(f64::NEG_INFINITY), name)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, uid: &str, rank: i64, time: f64, name: &str) -> Result<(), Error> {
        let new = Candidate { rank, time, name: self.names.add(name)? };
        let uid = self.uids.add(uid)?;
        match self.best.get(uid as usize) {
            None => self.best.push(new),
            Some(&known) => {
                if self.order(new, known).is_lt()
                    && let Some(best) = self.best.get_mut(uid as usize)
                {
                    *best = new;
                }
            }
        }
        Ok(())
    }

    fn order(&self, a: Candidate, b: Candidate) -> Ordering {
        let names = || self.names.get(a.name).cmp(self.names.get(b.name));
        a.rank.cmp(&b.rank).then(a.time.total_cmp(&b.time)).then_with(names)
    }

    /// The name of the connection, if it has one.
    pub(super) fn name(&self, uid: &str) -> Option<&str> {
        let best = self.best.get(self.uids.find(uid)? as usize)?;
        Some(self.names.get(best.name))
    }
}
