//! The header lines in force where each piece of a plain file begins.
//!
//! A worker looks for header lines in its piece before it parses a row, passes on what its successor must know, and waits
//! for what its predecessor passes on. Pieces are taken in order, and each passes on before it can be made to wait for
//! room, so the wait is as long as a search: a small part of the time that the rows take.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::heads::{self, HeaderLine, HeaderLines};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::source::ByteSource;

use crate::delivery::Delivery;

/// Bytes that are read at once.
const CHUNK: usize = 256 << 10;

/// How often a worker that waits looks whether the read was stopped.
const PATIENCE: Duration = Duration::from_millis(50);

/// Header lines as text; `None`: there was no header yet.
pub(crate) type Head = Option<Arc<str>>;

/// What each piece passes on to the next one.
pub(crate) struct Headers {
    /// By piece: the header in force at its end, once its lines are known.
    after: Mutex<Vec<Option<Head>>>,
    passed: Condvar,
}

impl Headers {
    /// Nothing is known yet of this number of pieces.
    pub(crate) fn new(pieces: usize) -> Self {
        Self { after: Mutex::new(vec![None; pieces]), passed: Condvar::new() }
    }

    /// The head for a piece of a cut file, which `options` name by its range. Passes on what the next piece must know.
    ///
    /// # Errors
    /// The lines are no valid header, or the read was stopped.
    pub(crate) fn in_force(
        &self,
        number: usize,
        options: &ScanOptions,
        lines: Vec<HeaderLine>,
        delivery: &Delivery,
    ) -> Result<Head, Error> {
        let before = if options.split_start == 0 { None } else { self.wait(number, delivery)? };
        let after = if lines.is_empty() { before.clone() } else { after(options, before.as_deref(), lines)? };
        if let Some(place) = self.lock().get_mut(number) {
            *place = Some(after);
        }
        self.passed.notify_all();
        Ok(before)
    }

    fn wait(&self, number: usize, delivery: &Delivery) -> Result<Head, Error> {
        let mut after = self.lock();
        loop {
            let predecessor = number.checked_sub(1).and_then(|before| after.get(before)).and_then(Option::as_ref);
            if let Some(head) = predecessor {
                return Ok(head.clone());
            }
            // A predecessor that fails passes nothing on; its error stops the read.
            if delivery.is_stopped() {
                return Err(Error::new(Kind::Internal, "The read was stopped."));
            }
            after = self.passed.wait_timeout(after, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Option<Head>>> {
        self.after.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A piece that was searched.
pub(crate) struct Searched {
    /// What was read of it, which begins with the byte before the piece and holds its last line whole.
    pub(crate) bytes: Vec<u8>,
    /// The header lines in it.
    pub(crate) lines: Vec<HeaderLine>,
}

/// Reads a piece and finds the header lines in it; `None` where logs have no header, and then nothing has been read.
///
/// # Errors
/// The bytes cannot be read, or an option is not valid.
pub(crate) fn search(options: &ScanOptions, source: &mut impl ByteSource) -> Result<Option<Searched>, Error> {
    let Some(mut search) = HeaderLines::new(options)? else { return Ok(None) };
    let mut bytes = Vec::new();
    while !search.is_complete() {
        let filled = bytes.len();
        bytes.resize(filled + CHUNK, 0);
        let read = source.read(bytes.get_mut(filled..).unwrap_or_default())?;
        bytes.truncate(filled + read);
        if read == 0 {
            break;
        }
        search.push(bytes.get(filled..).unwrap_or_default());
    }
    Ok(Some(Searched { bytes, lines: search.finish() }))
}

/// The header in force behind these lines, if `before` was in force ahead of them.
fn after(options: &ScanOptions, before: Option<&str>, lines: Vec<HeaderLine>) -> Result<Head, Error> {
    let known = before.unwrap_or_default().lines().map(|line| HeaderLine { block: 0, text: line.to_owned() });
    let heads = heads::heads(options, known.chain(lines))?;
    Ok(heads.into_iter().next_back().map(|head| head.text.into()))
}
