//! Where bytes come from when no JVM feeds them.

use arrow_array::RecordBatch;

use crate::bad::BadRecord;
use crate::error::{Error, Kind};
use crate::options::ScanOptions;
use crate::scan::{Metrics, Scan, Step};

/// Bytes read at a time.
const BUFFER: usize = 1 << 20;
/// Bytes read at a time past a split's end, where only its last line is wanted.
const TAIL: usize = 64 << 10;

/// Somewhere bytes are read from, front to back.
pub trait ByteSource {
    /// Reads the next bytes into `buffer`; 0 at the end.
    ///
    /// # Errors
    /// The bytes cannot be read.
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error>;
}

impl ByteSource for Box<dyn ByteSource + Send> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        self.as_mut().read(buffer)
    }
}

impl ByteSource for &[u8] {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        std::io::Read::read(self, buffer).map_err(|error| Error::new(Kind::Io, error.to_string()))
    }
}

/// The batches of a scan over a source.
pub struct Batches<S> {
    source: S,
    scan: Scan,
    buffer: Vec<u8>,
    from: usize,
    to: usize,
    /// Bytes up to the end of the split.
    left: u64,
    end: bool,
    done: bool,
}

impl<S: ByteSource> Batches<S> {
    /// Batches of everything in `source`.
    ///
    /// # Errors
    /// The connector or an option is not valid.
    pub fn new(source: S, options: ScanOptions) -> Result<Self, Error> {
        Self::of_split(source, options, None)
    }

    /// Batches of the split that `options` name. `source` begins one byte before it, and `head` is the first part of the
    /// file, if the split does not begin with it.
    ///
    /// # Errors
    /// The connector or an option is not valid.
    pub fn of_split(source: S, options: ScanOptions, head: Option<&[u8]>) -> Result<Self, Error> {
        let before = u64::from(options.split_start > 0);
        let left = u64::try_from(options.split_length).map_or(u64::MAX, |length| length.saturating_add(before));
        let scan = Scan::open(options, head)?;
        Ok(Self { source, scan, buffer: vec![0; BUFFER], from: 0, to: 0, left, end: false, done: false })
    }

    /// Counts so far.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.scan.metrics()
    }

    /// See [`Scan::skipped`].
    #[must_use]
    pub fn skipped(&self) -> &[(&'static str, u64)] {
        self.scan.skipped()
    }

    /// See [`Scan::take_bad_records`].
    pub fn take_bad_records(&mut self) -> Vec<BadRecord> {
        self.scan.take_bad_records()
    }

    fn advance(&mut self) -> Result<Option<RecordBatch>, Error> {
        loop {
            let (used, step) = self.scan.step(self.buffer.get(self.from..self.to).unwrap_or_default(), self.end)?;
            self.from += used;
            match step {
                Step::Batch(batch) => return Ok(Some(batch)),
                Step::Finished => return Ok(None),
                Step::NeedInput => self.fill()?,
            }
        }
    }

    fn fill(&mut self) -> Result<(), Error> {
        let wanted = match usize::try_from(self.left) {
            Ok(0) => TAIL,
            Ok(left) => left.min(BUFFER),
            Err(_) => BUFFER,
        };
        let room = self.buffer.get_mut(..wanted).unwrap_or_default();
        (self.from, self.to) = (0, self.source.read(room)?);
        self.left = self.left.saturating_sub(self.to as u64);
        self.end = self.to == 0;
        Ok(())
    }
}

impl<S: ByteSource> Iterator for Batches<S> {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.advance().transpose();
        self.done = !matches!(next, Some(Ok(_)));
        next
    }
}
