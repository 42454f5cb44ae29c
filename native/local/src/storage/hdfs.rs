//! Files on HDFS, through hdfs-native: no JVM. Name nodes and security come from `core-site.xml` and `hdfs-site.xml` in
//! `HADOOP_CONF_DIR`, if it is set.

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use hdfs_native::client::FileStatus;
use hdfs_native::{Client, ClientBuilder, HdfsError};
use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::source::ByteSource;
use tokio::runtime::{Builder, Runtime};

use super::{Entry, Storage};

/// Threads that wait for the network; reading lines is other threads' work.
const IO_THREADS: usize = 2;

/// The file system of one name service.
pub(super) struct Hdfs {
    root: String,
    client: Client,
    runtime: Arc<Runtime>,
}

impl Hdfs {
    /// Gets ready to talk to a name node (`host:port`) or name service; an empty one is that of `fs.defaultFS`.
    ///
    /// # Errors
    /// The address or the configuration is not valid.
    pub(super) fn connect(authority: &str) -> Result<Self, Error> {
        let root = format!("hdfs://{authority}");
        let runtime = Builder::new_multi_thread()
            .worker_threads(IO_THREADS)
            .enable_all()
            .build()
            .map_err(|error| Error::new(Kind::Internal, error.to_string()))?;
        let client = ClientBuilder::new()
            .with_url(format!("{root}/"))
            .with_io_runtime(runtime.handle().clone())
            .build()
            .map_err(|error| failed(&root, &error))?;
        Ok(Self { root, client, runtime: Arc::new(runtime) })
    }

    /// Waits for an answer about `path`; `None` if nothing is there.
    fn ask<T>(&self, path: &str, answer: impl Future<Output = Result<T, HdfsError>>) -> Result<Option<T>, Error> {
        match self.runtime.block_on(answer) {
            Ok(found) => Ok(Some(found)),
            Err(HdfsError::FileNotFound(_)) => Ok(None),
            Err(error) => Err(failed(path, &error)),
        }
    }

    /// The path below the root.
    fn below<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    fn entry(&self, status: &FileStatus) -> Entry {
        let path = format!("{}{}", self.root, status.path);
        Entry { path, directory: status.isdir, length: status.length as u64 }
    }
}

impl Storage for Hdfs {
    fn status(&self, path: &str) -> Result<Option<Entry>, Error> {
        let found = self.ask(path, self.client.get_file_info(self.below(path)))?;
        Ok(found.map(|status| self.entry(&status)))
    }

    fn list(&self, directory: &str) -> Result<Vec<Entry>, Error> {
        let found = self.ask(directory, self.client.list_status(self.below(directory), false))?;
        let mut entries = found.iter().flatten().map(|status| self.entry(status)).collect::<Vec<_>>();
        // A file lists as itself, which is nothing below it.
        entries.retain(|entry| entry.path != directory);
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn open(&self, path: &str, from: u64) -> Result<Box<dyn ByteSource + Send>, Error> {
        let file = self.ask(path, self.client.read(self.below(path)))?;
        let file = file.ok_or_else(|| Error::new(Kind::Io, "There is no such file on HDFS.").at(path))?;
        let length = file.file_length();
        let from = usize::try_from(from).unwrap_or(usize::MAX).min(length);
        Ok(Box::new(HdfsFile {
            path: path.to_owned(),
            blocks: file.read_range_stream(from, length - from).boxed(),
            waiting: Bytes::new(),
            runtime: Arc::clone(&self.runtime),
        }))
    }

    fn root(&self) -> &str {
        &self.root
    }
}

/// An open file.
struct HdfsFile {
    path: String,
    blocks: BoxStream<'static, Result<Bytes, HdfsError>>,
    waiting: Bytes,
    runtime: Arc<Runtime>,
}

impl ByteSource for HdfsFile {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        while self.waiting.is_empty() {
            match self.runtime.block_on(self.blocks.next()) {
                None => return Ok(0),
                Some(Ok(bytes)) => self.waiting = bytes,
                Some(Err(error)) => return Err(failed(&self.path, &error)),
            }
        }
        let read = self.waiting.len().min(buffer.len());
        let bytes = self.waiting.split_to(read);
        if let Some(room) = buffer.get_mut(..read) {
            room.copy_from_slice(&bytes);
        }
        Ok(read)
    }
}

fn failed(path: &str, error: &HdfsError) -> Error {
    Error::new(Kind::Io, format!("HDFS: {error}")).at(path)
}
