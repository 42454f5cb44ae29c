//! A scan whose batches are read from the other side of a border.

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::scan::{Metrics, Scan, Step};

use crate::batch::BatchInMemory;

/// What a step brought, as the number that crosses the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Outcome {
    NeedInput = 0,
    Batch = 1,
    Finished = 2,
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stepped {
    pub outcome: Outcome,
    /// Bytes of the input used.
    pub used: usize,
    /// Address of the batch's map, 0 when there is no batch. See [`BatchInMemory`].
    pub batch: i64,
    /// Bad records waiting to be taken.
    pub bad_records: usize,
}

/// A scan together with the batch that the other side reads: it lives until the next step.
pub struct BridgedScan {
    scan: Scan,
    batch: Option<BatchInMemory>,
}

impl BridgedScan {
    /// A scan with the settings of this JSON. See [`Scan::open`].
    ///
    /// # Errors
    /// The settings are not valid.
    pub fn open(settings: &[u8], head: Option<&[u8]>) -> Result<Self, Error> {
        Ok(Self { scan: Scan::open(ScanOptions::from_json(settings)?, head)?, batch: None })
    }

    /// Frees the last batch and reads on. See [`Scan::step`].
    ///
    /// # Errors
    /// Those of [`Scan::step`].
    pub fn step(&mut self, input: &[u8], end: bool) -> Result<Stepped, Error> {
        self.batch = None;
        let (used, step) = self.scan.step(input, end)?;
        let outcome = match step {
            Step::NeedInput => Outcome::NeedInput,
            Step::Finished => Outcome::Finished,
            Step::Batch(batch) => {
                self.batch = Some(BatchInMemory::new(&batch)?);
                Outcome::Batch
            }
        };
        let batch = self.batch.as_ref().map_or(0, BatchInMemory::address);
        Ok(Stepped { outcome, used, batch, bad_records: self.scan.waiting_bad_records() })
    }

    /// The waiting bad records as a JSON array; none wait afterwards.
    ///
    /// # Errors
    /// They cannot be written as JSON, which would be a fault of ours.
    pub fn take_bad_records(&mut self) -> Result<Vec<u8>, Error> {
        let records = self.scan.take_bad_records();
        serde_json::to_vec(&records).map_err(|error| Error::new(Kind::Internal, error.to_string()))
    }

    /// The kinds of lines skipped so far and their numbers, as a JSON array of pairs. See [`Scan::skipped`].
    ///
    /// # Errors
    /// They cannot be written as JSON, which would be a fault of ours.
    pub fn skipped(&self) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(self.scan.skipped()).map_err(|error| Error::new(Kind::Internal, error.to_string()))
    }

    /// Counts so far.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.scan.metrics()
    }
}
