//! How a read went: left by the stream of batches, told by the table.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use netlytics_connectors::error::Error;
use netlytics_local::account::{BadRecords, Totals};
use netlytics_local::stream::Stream;

/// How the last read that has ended went.
#[derive(Default)]
pub(crate) struct Outcome {
    told: Mutex<Option<Told>>,
    interrupted: AtomicBool,
}

/// What is known of a read that has ended.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) totals: Totals,
    pub(crate) rows: u64,
    pub(crate) bad_records: Vec<BadRecords>,
    pub(crate) failure: Option<Error>,
}

impl Outcome {
    /// Notes how a read has ended.
    pub(crate) fn finish(&self, stream: &Stream, failure: Option<&Error>) {
        // In a forked child the account may be locked for ever.
        let (totals, bad_records) = if stream.is_foreign() {
            Default::default()
        } else {
            (stream.account().totals(), stream.account().bad_records())
        };
        let mut told = self.lock();
        // A stream is released after it has failed: its failure stands.
        let failure = failure.cloned().or_else(|| told.as_ref().and_then(|told| told.failure.clone()));
        *told = Some(Told { totals, rows: stream.rows(), bad_records, failure });
    }

    /// Notes that a signal ends the read.
    pub(crate) fn interrupt(&self) {
        self.interrupted.store(true, Ordering::Relaxed);
    }

    /// Whether a signal ended the read.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// What is known of the read; None before it has ended.
    pub(crate) fn told(&self) -> Option<Told> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Told>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
