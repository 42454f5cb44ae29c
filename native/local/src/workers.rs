//! Threads that read pieces of files, each taking the next that nobody has.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use netlytics_bridge::panics;
use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::{Batches, ByteSource};

use crate::account::Account;
use crate::delivery::Delivery;
use crate::pieces::{self, Piece};

/// How much of a file's beginning a piece that does not start there is given (the header).
const HEAD: usize = 64 << 10;

/// What the workers of one read share.
pub(crate) struct Work {
    pub(crate) pieces: Vec<Piece>,
    /// The settings of the scan of each part.
    pub(crate) scans: Vec<ScanOptions>,
    pub(crate) delivery: Delivery,
    pub(crate) account: Account,
    pub(crate) next: AtomicUsize,
}

/// Starts workers; they end when nothing is left to read, or when the delivery is stopped.
///
/// # Errors
/// The system gives no thread.
pub(crate) fn start(work: &Arc<Work>, threads: usize) -> Result<Vec<JoinHandle<()>>, Error> {
    panics::remember();
    let wanted = threads.min(work.pieces.len());
    let mut started = Vec::with_capacity(wanted);
    for _ in 0..wanted {
        let shared = Arc::clone(work);
        match thread::Builder::new().name("netlytics".to_owned()).spawn(move || run(&shared)) {
            Ok(thread) => started.push(thread),
            // Fewer do as well.
            Err(_) if !started.is_empty() => break,
            Err(error) => return Err(Error::new(Kind::Internal, format!("No thread could be started: {error}"))),
        }
    }
    Ok(started)
}

fn run(work: &Work) {
    loop {
        let number = work.next.fetch_add(1, Ordering::Relaxed);
        let Some(piece) = work.pieces.get(number) else { return };
        if work.delivery.is_stopped() {
            return;
        }
        let read = catch_unwind(AssertUnwindSafe(|| read(work, number, piece)));
        let end = read.unwrap_or_else(|payload| Err(panics::error(payload.as_ref()).at(&piece.file.path)));
        let failed = end.is_err();
        work.delivery.end(number, end);
        if failed {
            return;
        }
    }
}

/// Reads one piece into the delivery.
fn read(work: &Work, number: usize, piece: &Piece) -> Result<(), Error> {
    let Some(scan) = work.scans.get(piece.part) else {
        return Err(Error::new(Kind::Internal, format!("There is no part {}.", piece.part)));
    };
    let file = &piece.file;
    let options = ScanOptions {
        path: file.path.clone(),
        split_start: piece.start,
        split_length: piece.length.map_or(-1, u64::cast_signed),
        ..scan.clone()
    };
    let head = if piece.start > 0 { Some(pieces::head(file, HEAD)?) } else { None };
    let source = Watched { source: file.storage.open(&file.path, piece.start.saturating_sub(1))?, work };
    let mut batches = Batches::of_split(source, options, head.as_deref())?;
    while let Some(batch) = batches.next() {
        let batch = batch?;
        work.account.add_bad(number, batches.take_bad_records());
        if batch.num_rows() > 0 && !work.delivery.push(number, batch) {
            break;
        }
    }
    work.account.add_bad(number, batches.take_bad_records());
    work.account.add(&batches.metrics(), batches.skipped(), piece.length.map(|length| (piece.start, length)));
    Ok(())
}

/// A source that counts what is read, and ends when the read is stopped.
struct Watched<'w> {
    source: Box<dyn ByteSource + Send>,
    work: &'w Work,
}

impl ByteSource for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        if self.work.delivery.is_stopped() {
            return Err(Error::new(Kind::Internal, "The read was stopped."));
        }
        let read = self.source.read(buffer)?;
        self.work.account.read(read);
        Ok(read)
    }
}
