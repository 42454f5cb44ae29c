//! Threads that read pieces of files, each taking the next one in order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use netlytics_bridge::panics;
use netlytics_connectors::bad::{BadRecord, Fault};
use netlytics_connectors::decompress::{Format, MAGIC_BYTES};
use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::options::{Mode, ScanOptions};
use netlytics_connectors::source::{Batches, ByteSource};

use crate::account::Account;
use crate::delivery::Delivery;
use crate::headers::{self, Head, Headers, Searched};
use crate::open_files::OpenFiles;
use crate::pieces::{self, Piece};
use crate::storage::UnreadableEnd;

/// Bytes of a file's beginning that a piece which does not start there is given, if no header is in force there.
const HEAD: usize = 64 << 10;

/// What the workers of one read share.
pub(crate) struct Work {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) files: OpenFiles,
    pub(crate) headers: Headers,
    /// The settings of the scan of each part.
    pub(crate) scans: Vec<ScanOptions>,
    pub(crate) delivery: Delivery,
    pub(crate) account: Account,
    pub(crate) next: AtomicUsize,
}

/// Starts workers; they end when nothing is left to read or the delivery is stopped.
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
    let open = work.files.of(number, piece)?;
    let mut source = open.from(piece.start.saturating_sub(1))?;
    let first = if piece.start > 0 { Vec::new() } else { pieces::next_bytes(source.as_mut(), MAGIC_BYTES)? };
    // A plain file ends where it ended when it was listed, with the whole of the line that it ended in. What has no length
    // then (a pipe, a device, some file systems' files) is read to its end.
    let plain = file.length > 0 && Format::sniff(&first).is_none();
    let length = piece.length.or_else(|| plain.then_some(file.length));
    let options = ScanOptions {
        path: file.path.clone(),
        split_start: piece.start,
        split_length: length.map_or(-1, u64::cast_signed),
        ..scan.clone()
    };
    let failfast = options.mode == Mode::FailFast;
    work.account.read(first.len());
    let mut source = Watched { first, taken: 0, source, work };
    let header = if piece.length.is_some() { header(number, &options, &mut source)? } else { None };
    let beginning = if piece.start > 0 && header.is_none() { Some(pieces::head(open.as_ref(), HEAD)?) } else { None };
    let head = header.as_deref().map(str::as_bytes).or(beginning.as_deref());
    let mut batches = Batches::of_split(source, options, head)?;
    let mut wanted = true;
    while let Some(batch) = batches.next() {
        let batch = batch?;
        work.account.add_bad(number, batches.take_bad_records());
        if batch.num_rows() > 0 && !work.delivery.push(number, batch) {
            wanted = false;
            break;
        }
    }
    work.account.add_bad(number, batches.take_bad_records());
    work.account.add(&batches.metrics(), batches.skipped(), length.map(|length| (piece.start, length)));
    if wanted {
        open.unchanged()?;
        if let Some(end) = open.unreadable_end().filter(|_| piece.is_last()) {
            let record = unfinished(&file.path, &end);
            if failfast {
                return Err(record.into_error(piece.start));
            }
            work.account.add_unfinished(number, record);
        }
    }
    Ok(())
}

/// The header lines in force at the start of a piece, whose own are looked for and passed on. The source is as it was.
fn header(number: usize, options: &ScanOptions, source: &mut Watched<'_>) -> Result<Head, Error> {
    let Some(Searched { bytes, lines }) = headers::search(options, source)? else { return Ok(None) };
    source.again(bytes);
    source.work.headers.in_force(number, options, lines, &source.work.delivery)
}

/// The bad record that the end of an unfinished file is.
fn unfinished(path: &str, end: &UnreadableEnd) -> BadRecord {
    let fault = Fault::line("a file that is finished", "one whose end cannot be read");
    BadRecord {
        path: path.to_owned(),
        offset: end.from,
        record: 0,
        column: None,
        reason: format!("{fault}: {}", end.reason),
        expected: fault.expected.into_owned(),
        text: String::new(),
    }
}

/// A source that counts what is read, and ends when the read is stopped.
struct Watched<'w> {
    /// Bytes read from the source before they were wanted.
    first: Vec<u8>,
    /// How many of them have been given.
    taken: usize,
    source: Box<dyn ByteSource + Send>,
    work: &'w Work,
}

impl Watched<'_> {
    /// Gives these bytes once more.
    fn again(&mut self, bytes: Vec<u8>) {
        self.first = bytes;
        self.taken = 0;
    }

    fn next(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        let waiting = self.first.get(self.taken..).unwrap_or_default();
        if waiting.is_empty() {
            self.first = Vec::new();
            let read = self.source.read(buffer)?;
            self.work.account.read(read);
            return Ok(read);
        }
        let read = waiting.len().min(buffer.len());
        for (room, byte) in buffer.iter_mut().zip(waiting) {
            *room = *byte;
        }
        self.taken += read;
        Ok(read)
    }
}

impl ByteSource for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        if self.work.delivery.is_stopped() {
            return Err(Error::new(Kind::Internal, "The read was stopped."));
        }
        self.next(buffer)
    }
}
