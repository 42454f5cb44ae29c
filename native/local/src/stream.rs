//! A read that is going on: batches in the order of files and lines.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use netlytics_connectors::combine::Combiner;
use netlytics_connectors::error::Error;
use netlytics_connectors::options::ScanOptions;

use crate::account::Account;
use crate::delivery::{Delivered, Delivery};
use crate::fork::Origin;
use crate::headers::Headers;
use crate::open_files::OpenFiles;
use crate::pieces::Piece;
use crate::workers::{self, Work};

/// How often whoever waits may look at other things.
const TICK: Duration = Duration::from_millis(100);

/// The batches of a read. Dropping it ends the read.
pub struct Stream {
    work: Arc<Work>,
    origin: Origin,
    threads: Vec<JoinHandle<()>>,
    combiner: Option<Box<dyn Combiner>>,
    schema: SchemaRef,
    /// Rows still wanted.
    wanted: u64,
    rows: u64,
    all_read: bool,
    done: bool,
    ticked: Instant,
}

impl Stream {
    pub(crate) fn start(
        pieces: Vec<Piece>,
        scans: Vec<ScanOptions>,
        combiner: Option<Box<dyn Combiner>>,
        schema: SchemaRef,
        limit: Option<u64>,
        threads: usize,
    ) -> Result<Self, Error> {
        let delivery = Delivery::new(pieces.len());
        let files = OpenFiles::new(&pieces);
        let headers = Headers::new(pieces.len());
        let (account, next) = (Account::default(), AtomicUsize::new(0));
        let work = Work { pieces, files, headers, scans, delivery, account, next };
        let work = Arc::new(work);
        let threads = workers::start(&work, threads)?;
        Ok(Self {
            work,
            origin: Origin::here(),
            threads,
            combiner,
            schema,
            wanted: limit.unwrap_or(u64::MAX),
            rows: 0,
            all_read: false,
            done: false,
            ticked: Instant::now(),
        })
    }

    /// Schema of the batches.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// The account of this read. It is complete once the batches have ended.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.work.account
    }

    /// Whether this process was forked from the one in which the read was begun: its account cannot be looked at here.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        !self.origin.is_here()
    }

    /// The path of the file with this device and inode among those that are read, if one is.
    #[must_use]
    pub fn reads(&self, inode: (u64, u64)) -> Option<&str> {
        let same = |piece: &&Piece| piece.file.version.inode == Some(inode);
        self.work.pieces.iter().find(same).map(|piece| piece.file.path.as_str())
    }

    /// Rows given so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The next batch of at least one row. While it is being waited for, and between batches, `tick` is called about ten
    /// times a second; its error ends the read.
    ///
    /// # Errors
    /// A file cannot be read or has changed, a record cannot be read in `FAILFAST` mode, `tick` fails, or this process was
    /// forked after the read was begun. Nothing comes after it.
    pub fn next_batch(
        &mut self,
        tick: &mut dyn FnMut(&Account) -> Result<(), Error>,
    ) -> Result<Option<RecordBatch>, Error> {
        if self.done {
            return Ok(None);
        }
        self.origin.check("The read")?;
        let next = self.wanted_batch(tick);
        if !matches!(next, Ok(Some(_))) {
            self.end();
        }
        next
    }

    fn wanted_batch(
        &mut self,
        tick: &mut dyn FnMut(&Account) -> Result<(), Error>,
    ) -> Result<Option<RecordBatch>, Error> {
        if self.wanted == 0 {
            return Ok(None);
        }
        let Some(batch) = self.any_batch(tick)? else { return Ok(None) };
        let most = usize::try_from(self.wanted).unwrap_or(usize::MAX);
        let batch = if batch.num_rows() > most { batch.slice(0, most) } else { batch };
        self.wanted -= batch.num_rows() as u64;
        self.rows += batch.num_rows() as u64;
        Ok(Some(batch))
    }

    fn any_batch(&mut self, tick: &mut dyn FnMut(&Account) -> Result<(), Error>) -> Result<Option<RecordBatch>, Error> {
        while !self.all_read {
            if self.ticked.elapsed() >= TICK {
                tick(&self.work.account)?;
                self.ticked = Instant::now();
            }
            match self.work.delivery.next(TICK)? {
                Delivered::NotYet => {}
                Delivered::End => self.all_read = true,
                Delivered::Batch(piece, batch) => {
                    let Some(combiner) = &mut self.combiner else { return Ok(Some(batch)) };
                    let part = self.work.pieces.get(piece).map_or(0, |piece| piece.part);
                    if let Some(batch) = combiner.push(part, &batch)?
                        && batch.num_rows() > 0
                    {
                        return Ok(Some(batch));
                    }
                }
            }
        }
        let Some(combiner) = &mut self.combiner else { return Ok(None) };
        while let Some(batch) = combiner.finish()? {
            if batch.num_rows() > 0 {
                return Ok(Some(batch));
            }
        }
        Ok(None)
    }

    /// Ends the workers and waits for them, so that the account changes no more.
    fn end(&mut self) {
        self.done = true;
        self.combiner = None;
        self.work.delivery.stop();
        for thread in self.threads.drain(..) {
            // Its panic has become the error of its piece.
            let _ = thread.join();
        }
    }
}

impl Iterator for Stream {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_batch(&mut |_| Ok(())).transpose()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if self.origin.is_here() {
            self.end();
        } else {
            // The threads are the parent's; here there is nothing to wait for.
            std::mem::forget(std::mem::take(&mut self.threads));
        }
    }
}
