//! What every kernel does.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use crate::error::Error;

/// An algorithm at work on one partition. Its results depend on the partition's rows and their order only, never on how
/// they were cut into batches.
pub trait Kernel: Send {
    /// Schema of the batches that it gives.
    fn schema(&self) -> SchemaRef;

    /// Takes the next batch of the partition.
    ///
    /// # Errors
    /// The rows are not of the kind the algorithm works on.
    fn push(&mut self, batch: &RecordBatch) -> Result<(), Error>;

    /// Signals end of input.
    ///
    /// # Errors
    /// The rows as a whole are not what the algorithm works on.
    fn end(&mut self) -> Result<(), Error>;

    /// The next batch that is ready. Call it until it returns None, after every `push` and `end`.
    ///
    /// # Errors
    /// Arrow refuses the columns, which would be a fault of ours.
    fn next(&mut self) -> Result<Option<RecordBatch>, Error>;
}
