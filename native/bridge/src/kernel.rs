//! A kernel whose batches come from and go to the other side of a border.

use arrow_schema::SchemaRef;
use netlytics_connectors::error::{Error, Kind, Place};
use netlytics_kernel::{Kernel, Kind as KernelKind};

use crate::batch::BatchInMemory;
use crate::{incoming, spark_schema};

/// A kernel together with the batch that the other side reads: it lives until the next call.
pub struct BridgedKernel {
    kernel: Box<dyn Kernel>,
    input: SchemaRef,
    batch: Option<BatchInMemory>,
}

impl BridgedKernel {
    /// A kernel by name, with its parameters as a JSON object and its model if it takes one, for batches of this schema (a
    /// Spark `StructType` as JSON).
    ///
    /// # Errors
    /// There is no such kernel, or a parameter, the model or the schema does not fit it.
    pub fn open(name: &str, params: &str, model: Option<&[u8]>, schema: &[u8]) -> Result<Self, Error> {
        let input = spark_schema::read(schema)?;
        let kernel = netlytics_algos::open(name, params, model, &input).map_err(ours)?;
        Ok(Self { kernel, input, batch: None })
    }

    /// Schema of the batches that it gives, as a Spark `StructType` in JSON.
    ///
    /// # Errors
    /// Spark has no such type, which would be a fault of ours.
    pub fn schema(&self) -> Result<Vec<u8>, Error> {
        spark_schema::write(&self.kernel.schema())
    }

    /// Takes a batch; gives the address of the map of the first batch that is ready, or 0.
    ///
    /// # Errors
    /// The rows are not of the kind the kernel works on.
    ///
    /// # Safety
    /// As for [`incoming::batch`].
    pub unsafe fn push(&mut self, address: i64) -> Result<i64, Error> {
        // SAFETY: as the caller vouches.
        let batch = unsafe { incoming::batch(address, &self.input) }?;
        self.kernel.push(&batch).map_err(ours)?;
        self.ready()
    }

    /// After the last batch; gives the address of the map of the first batch that is ready, or 0.
    ///
    /// # Errors
    /// The rows as a whole are not what the kernel works on.
    pub fn end(&mut self) -> Result<i64, Error> {
        self.kernel.end().map_err(ours)?;
        self.ready()
    }

    /// Frees the last batch; gives the address of the map of the next one that is ready, or 0.
    ///
    /// # Errors
    /// A batch cannot be made, which would be a fault of ours.
    pub fn ready(&mut self) -> Result<i64, Error> {
        self.batch = None;
        if let Some(batch) = self.kernel.next().map_err(ours)? {
            self.batch = Some(BatchInMemory::new(&batch)?);
        }
        Ok(self.batch.as_ref().map_or(0, BatchInMemory::address))
    }
}

/// The error of a kernel or an estimator as the border's.
#[must_use]
pub fn ours(error: netlytics_kernel::Error) -> Error {
    let kind = match error.kind {
        KernelKind::BadInput => Kind::BadInput,
        KernelKind::BadParameter => Kind::BadOption,
        KernelKind::Internal => Kind::Internal,
    };
    let place = Place { column: error.column, ..Place::default() };
    Error { kind, message: error.message, place: Box::new(place) }
}
