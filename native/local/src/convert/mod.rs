//! A table as one Parquet file: zstd, lists as lists, row groups encoded on all cores.

mod encoders;
mod output;
mod properties;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use netlytics_connectors::error::Error;
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;

use self::encoders::Encoders;
use self::output::Output;
use crate::account::Account;
use crate::stream::Stream;

/// Rows of a row group: enough for its columns to compress well, few enough for one per core to stay small in memory.
const GROUP_ROWS: usize = 122_880;
/// Bytes of batches that end a row group of long rows.
const GROUP_BYTES: usize = 24 << 20;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub rows: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Writes the rest of a read to a regular file of this machine, which appears under its name only once it is whole and on
/// disk. An existing file is replaced with `overwrite` only, and keeps its mode and, where permitted, its owner; through a
/// symbolic link the file that it points to is written. `tick` is as in [`Stream::next_batch`].
///
/// # Errors
/// Those of the read; the output exists (also if it has come into being meanwhile), is one of the files that are read, is
/// not a regular file, or cannot be written. Then nothing of it is left behind, and an existing file is unchanged.
pub fn convert(
    stream: &mut Stream,
    output: &Path,
    overwrite: bool,
    threads: usize,
    tick: &mut dyn FnMut(&Account) -> Result<(), Error>,
) -> Result<Written, Error> {
    let output = Output::create(output, overwrite, stream)?;
    let rows = write(stream, &output, threads, tick)?;
    let bytes = output.publish()?;
    Ok(Written { rows, bytes })
}

fn write(
    stream: &mut Stream,
    output: &Output,
    threads: usize,
    tick: &mut dyn FnMut(&Account) -> Result<(), Error>,
) -> Result<u64, Error> {
    let broken = |error: ParquetError| output.failed(&error);
    let schema = stream.schema();
    let file = BufWriter::with_capacity(1 << 20, output.file());
    let columns = ArrowSchemaConverter::new().convert(&schema).map_err(broken)?;
    let properties = Arc::new(properties::of(&schema).map_err(broken)?);
    let mut file = SerializedFileWriter::new(file, columns.root_schema_ptr(), properties).map_err(broken)?;
    let factory = ArrowRowGroupWriterFactory::new(&file, schema);
    let mut rows = 0;
    std::thread::scope(|scope| {
        let mut encoders = Encoders::start(scope, &factory, threads)?;
        let mut order = InOrder::default();
        loop {
            let group = group(stream, tick)?;
            let end = group.is_empty();
            rows += group.iter().map(|batch| batch.num_rows() as u64).sum::<u64>();
            if !end {
                encoders.give(group)?;
            }
            while if end { encoders.busy() } else { encoders.full() } {
                if let Some((number, encoded)) = encoders.take()? {
                    order.waiting.insert(number, encoded);
                    order.append(&mut file).map_err(broken)?;
                }
                tick(stream.account())?;
            }
            if end {
                return Ok::<(), Error>(());
            }
        }
    })?;
    file.finish().map_err(broken)?;
    file.inner_mut().flush().map_err(|error| output.failed(&error))?;
    Ok(rows)
}

/// The batches of the next row group; none at the end.
fn group(stream: &mut Stream, tick: &mut dyn FnMut(&Account) -> Result<(), Error>) -> Result<Vec<RecordBatch>, Error> {
    let (mut batches, mut rows, mut bytes) = (Vec::new(), 0, 0);
    while rows < GROUP_ROWS && bytes < GROUP_BYTES {
        let Some(batch) = stream.next_batch(tick)? else { break };
        rows += batch.num_rows();
        bytes += batch.get_array_memory_size();
        batches.push(batch);
    }
    Ok(batches)
}

/// Encoded row groups on their way into the file.
#[derive(Default)]
struct InOrder {
    written: usize,
    waiting: BTreeMap<usize, Vec<ArrowColumnChunk>>,
}

impl InOrder {
    /// Appends those whose turn it is.
    fn append(&mut self, file: &mut SerializedFileWriter<BufWriter<&File>>) -> Result<(), ParquetError> {
        while let Some(chunks) = self.waiting.remove(&self.written) {
            let mut group = file.next_row_group()?;
            for chunk in chunks {
                chunk.append_to_row_group(&mut group)?;
            }
            group.close()?;
            self.written += 1;
        }
        Ok(())
    }
}
