//! A table as one Parquet file: zstd, lists as lists, row groups encoded on all cores.

mod encoders;
mod properties;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use netlytics_connectors::error::{Error, Kind};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory};
use parquet::errors::ParquetError;
use parquet::file::writer::SerializedFileWriter;

use self::encoders::Encoders;
use crate::account::Account;
use crate::stream::Stream;

/// Rows of a row group: so many that its columns compress well, so few that one being encoded by each core stays small.
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

/// Writes the rest of a read to a file of this machine, which is there under its name only once it is whole. A file that is
/// there already is replaced. `tick` is as in [`Stream::next_batch`].
///
/// # Errors
/// Those of the read; the file cannot be written. Then nothing is left of it, and a file that was there is as it was.
pub fn convert(
    stream: &mut Stream,
    output: &Path,
    threads: usize,
    tick: &mut dyn FnMut(&Account) -> Result<(), Error>,
) -> Result<Written, Error> {
    let part = Part::beside(output)?;
    let rows = write(stream, &part, threads, tick)?;
    let bytes = fs::metadata(&part.path).map_err(|error| part.failed(&error))?.len();
    part.into_file()?;
    Ok(Written { rows, bytes })
}

fn write(
    stream: &mut Stream,
    part: &Part,
    threads: usize,
    tick: &mut dyn FnMut(&Account) -> Result<(), Error>,
) -> Result<u64, Error> {
    let broken = |error: ParquetError| part.failed(&error);
    let schema = stream.schema();
    let file = BufWriter::with_capacity(1 << 20, File::create(&part.path).map_err(|error| part.failed(&error))?);
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
    file.inner_mut().flush().map_err(|error| part.failed(&error))?;
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
    fn append(&mut self, file: &mut SerializedFileWriter<BufWriter<File>>) -> Result<(), ParquetError> {
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

/// The file while it is not whole: under a name of its own beside the one it will have.
struct Part {
    path: PathBuf,
    output: PathBuf,
    whole: bool,
}

impl Part {
    fn beside(output: &Path) -> Result<Self, Error> {
        if output.to_str().is_some_and(|text| text.contains("://")) {
            return Err(Error::option("The output is a file of this machine; put it where it belongs afterwards.")
                .at(&output.display().to_string()));
        }
        let name = output.file_name().filter(|_| !output.is_dir());
        let name = name.ok_or_else(|| {
            Error::option("The output is the name of a file, not of a directory.").at(&output.display().to_string())
        })?;
        let name = format!(".{}.{}.part", name.to_string_lossy(), std::process::id());
        Ok(Self { path: output.with_file_name(name), output: output.to_owned(), whole: false })
    }

    fn into_file(mut self) -> Result<(), Error> {
        fs::rename(&self.path, &self.output).map_err(|error| self.failed(&error))?;
        self.whole = true;
        Ok(())
    }

    fn failed(&self, error: &dyn std::error::Error) -> Error {
        Error::new(Kind::Io, format!("It cannot be written: {error}")).at(&self.output.display().to_string())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.whole {
            // Nothing was promised of it; that it is gone already is as good.
            let _ = fs::remove_file(&self.path);
        }
    }
}
