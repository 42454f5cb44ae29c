//! Account of a read: how much there was, what could not be read, and why.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use netlytics_connectors::bad::BadRecord;
use netlytics_connectors::scan::Metrics;

/// Bad records of one reason kept as examples.
pub const EXAMPLES: usize = 5;
/// Characters of an example's text that are kept.
const TEXT: usize = 1000;

/// Counts of a read so far. Every line of a file is in exactly one of `records`, `malformed` and `skipped`, or is a
/// header, a comment or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Lines that were records and could be read, filtered out or not.
    pub records: u64,
    /// Lines, ends of torn streams, or ends of files still being written, that could not be read.
    pub malformed: u64,
    /// Lines of any kind.
    pub lines: u64,
    /// Lines that the table does not take, by their kind.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Files begun.
    pub files: u64,
    /// Bytes of the files.
    pub bytes: u64,
    /// Bytes of text: those of the files, or what they inflated to.
    pub text_bytes: u64,
}

/// Bad records of one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRecords {
    /// Name of the field, as the tool calls it; `None` when the lines as a whole are bad.
    pub column: Option<String>,
    /// What a good record would have there.
    pub expected: String,
    pub count: u64,
    /// The first of them, at most [`EXAMPLES`].
    pub examples: Vec<BadRecord>,
}

/// Examples of one reason: their piece's number, by which they are in order, and themselves.
#[derive(Default)]
struct Reason {
    count: u64,
    examples: Vec<(usize, BadRecord)>,
}

/// The account of one read; the workers add to it while it goes on.
#[derive(Default)]
pub struct Account {
    totals: Mutex<Totals>,
    reasons: Mutex<BTreeMap<(Option<String>, String), Reason>>,
    bytes_read: AtomicU64,
}

impl Account {
    /// Counts so far: those of all files that are finished.
    #[must_use]
    pub fn totals(&self) -> Totals {
        unpoisoned(&self.totals).clone()
    }

    /// The bad records so far, the most frequent reason first.
    #[must_use]
    pub fn bad_records(&self) -> Vec<BadRecords> {
        let mut all = unpoisoned(&self.reasons)
            .iter()
            .map(|((column, expected), reason)| BadRecords {
                column: column.clone(),
                expected: expected.clone(),
                count: reason.count,
                examples: reason.examples.iter().map(|(_, record)| record.clone()).collect(),
            })
            .collect::<Vec<_>>();
        all.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        all
    }

    /// Bytes of files read so far, for showing progress.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    pub(crate) fn read(&self, bytes: usize) {
        self.bytes_read.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(crate) fn add_bad(&self, piece: usize, records: Vec<BadRecord>) {
        if records.is_empty() {
            return;
        }
        let mut reasons = unpoisoned(&self.reasons);
        for mut record in records {
            let key = (record.column.clone(), record.expected.clone());
            let reason = reasons.entry(key).or_default();
            reason.count += 1;
            let place = (piece, record.offset);
            let at = reason.examples.partition_point(|(piece, kept)| (*piece, kept.offset) < place);
            if at < EXAMPLES {
                if let Some((end, _)) = record.text.char_indices().nth(TEXT) {
                    record.text.truncate(end);
                }
                reason.examples.insert(at, (piece, record));
                reason.examples.truncate(EXAMPLES);
            }
        }
    }

    /// Adds the end of a file that could not be read because it is still being written.
    pub(crate) fn add_unfinished(&self, piece: usize, record: BadRecord) {
        self.add_bad(piece, vec![record]);
        unpoisoned(&self.totals).malformed += 1;
    }

    /// Adds what a finished piece has counted; `split` is its first byte and its length, unless it is a whole compressed
    /// file.
    pub(crate) fn add(&self, metrics: &Metrics, skipped: &[(&'static str, u64)], split: Option<(u64, u64)>) {
        // A split's scan also reads the byte before it and the rest of its last line, which are other splits'.
        let own = |(start, length)| {
            let read = metrics.bytes_in.saturating_sub(u64::from(start > 0)).min(length);
            (read, read)
        };
        let bytes = split.map_or((metrics.bytes_in, metrics.bytes_text), own);
        let mut totals = unpoisoned(&self.totals);
        totals.records += metrics.records;
        totals.malformed += metrics.malformed;
        totals.lines += metrics.lines;
        totals.bytes += bytes.0;
        totals.text_bytes += bytes.1;
        totals.files += u64::from(split.is_none_or(|(start, _)| start == 0));
        for (kind, lines) in skipped {
            *totals.skipped.entry(kind).or_default() += lines;
        }
    }
}

/// A panic leaves the counts whole; what it does to the read is told by the error that it becomes.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad(offset: u64, column: &str) -> BadRecord {
        BadRecord {
            path: "dns.log".to_owned(),
            offset,
            record: 1,
            column: Some(column.to_owned()),
            expected: "a time".to_owned(),
            reason: String::new(),
            text: "ü".repeat(2 * TEXT),
        }
    }

    #[test]
    fn examples_are_the_first_whatever_the_order_of_the_workers() {
        let account = Account::default();
        account.add_bad(1, (0..10).map(|offset| bad(offset, "ts")).collect());
        account.add_bad(0, vec![bad(70, "ts"), bad(80, "ts")]);
        account.add_bad(0, vec![bad(5, "rtt")]);
        let reasons = account.bad_records();
        assert_eq!(reasons.iter().map(|reason| reason.count).collect::<Vec<_>>(), [12, 1]);
        let offsets = reasons[0].examples.iter().map(|record| record.offset).collect::<Vec<_>>();
        assert_eq!(offsets, [70, 80, 0, 1, 2]);
        assert_eq!(reasons[0].examples[0].text.chars().count(), TEXT);
    }
}
