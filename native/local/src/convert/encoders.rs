//! Threads that encode and compress row groups.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Scope;
use std::time::Duration;

use arrow_array::RecordBatch;
use netlytics_bridge::panics;
use netlytics_connectors::error::{Error, Kind};
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::errors::ParquetError;

/// Most row groups being encoded at a time: each takes as much memory as its batches and its pages together.
const MOST: usize = 8;
/// How long [`Encoders::take`] waits.
const PATIENCE: Duration = Duration::from_millis(100);

/// A row group's number and batches.
type Group = (usize, Vec<RecordBatch>);
/// A row group's number and encoded columns.
type Encoded = (usize, Result<Vec<ArrowColumnChunk>, Error>);

/// The threads, and what they are at.
pub(super) struct Encoders {
    groups: Sender<Group>,
    encoded: Receiver<Encoded>,
    most: usize,
    given: usize,
    taken: usize,
}

impl Encoders {
    /// Starts the threads; they end when this is dropped.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(super) fn start<'s>(
        scope: &'s Scope<'s, '_>,
        factory: &'s ArrowRowGroupWriterFactory,
        threads: usize,
    ) -> Result<Self, Error> {
        let threads = threads.clamp(1, MOST);
        let (groups, waiting) = channel();
        let (done, encoded) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads {
            let (waiting, done) = (Arc::clone(&waiting), done.clone());
            std::thread::Builder::new()
                .name("netlytics".to_owned())
                .spawn_scoped(scope, move || run(factory, &waiting, &done))
                .map_err(|error| Error::new(Kind::Internal, format!("No thread could be started: {error}")))?;
        }
        Ok(Self { groups, encoded, most: threads + 1, given: 0, taken: 0 })
    }

    /// Whether there is enough to do.
    pub(super) fn full(&self) -> bool {
        self.given - self.taken >= self.most
    }

    /// Whether a row group has been given and not been taken back.
    pub(super) fn busy(&self) -> bool {
        self.given > self.taken
    }

    /// Has a row group encoded.
    ///
    /// # Errors
    /// All threads are gone, which would be a fault of ours.
    pub(super) fn give(&mut self, batches: Vec<RecordBatch>) -> Result<(), Error> {
        self.groups.send((self.given, batches)).map_err(|_| gone())?;
        self.given += 1;
        Ok(())
    }

    /// The next row group that is ready, in any order; `None` if none is so soon.
    ///
    /// # Errors
    /// It could not be encoded.
    pub(super) fn take(&mut self) -> Result<Option<(usize, Vec<ArrowColumnChunk>)>, Error> {
        match self.encoded.recv_timeout(PATIENCE) {
            Ok((number, encoded)) => {
                self.taken += 1;
                encoded.map(|chunks| Some((number, chunks)))
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(gone()),
        }
    }
}

fn gone() -> Error {
    Error::new(Kind::Internal, "The threads that encode row groups have ended.")
}

fn run(factory: &ArrowRowGroupWriterFactory, waiting: &Mutex<Receiver<Group>>, done: &Sender<Encoded>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, batches)) = next else { return };
        let encoded = catch_unwind(AssertUnwindSafe(|| encode(factory, number, batches)));
        let encoded = match encoded {
            Ok(encoded) => encoded.map_err(|error| Error::new(Kind::Internal, error.to_string())),
            Err(payload) => Err(panics::error(payload.as_ref())),
        };
        if done.send((number, encoded)).is_err() {
            return;
        }
    }
}

fn encode(
    factory: &ArrowRowGroupWriterFactory,
    number: usize,
    batches: Vec<RecordBatch>,
) -> Result<Vec<ArrowColumnChunk>, ParquetError> {
    let mut columns = factory.create_column_writers(number)?;
    for batch in batches {
        let schema = batch.schema();
        let mut next = columns.iter_mut();
        for (field, array) in schema.fields().iter().zip(batch.columns()) {
            for (leaf, column) in compute_leaves(field, array)?.iter().zip(next.by_ref()) {
                column.write(leaf)?;
            }
        }
    }
    columns.into_iter().map(|column| column.close()).collect()
}
