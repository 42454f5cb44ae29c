//! Files on HDFS, through hdfs-native: no JVM. Name nodes and security come from `core-site.xml` and `hdfs-site.xml` in
//! `HADOOP_CONF_DIR`, if it is set.

use std::future::Future;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use hdfs_native::client::FileStatus;
use hdfs_native::{Client, ClientBuilder, HdfsError};
use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::source::ByteSource;
use tokio::runtime::{Builder, Runtime};

use super::{Directory, Entry, OpenFile, Storage, UnreadableEnd, Version};
use crate::fork::Origin;

/// Threads that wait for the network; other threads parse lines.
const IO_THREADS: usize = 2;

/// The file system of one name service.
pub(super) struct Hdfs {
    root: String,
    connection: Arc<Connection>,
}

impl Hdfs {
    /// Gets ready to talk to a name node (`host:port`) or name service; an empty one is that of `fs.defaultFS`.
    ///
    /// # Errors
    /// The address or the configuration is not valid.
    pub(super) fn connect(authority: &str) -> Result<Self, Error> {
        let root = format!("hdfs://{authority}");
        let connection = Arc::new(Connection::new(&root)?);
        Ok(Self { root, connection })
    }

    /// The path below the root.
    fn below<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(&self.root).unwrap_or(path)
    }

    fn entry(&self, status: &FileStatus) -> Entry {
        let path = format!("{}{}", self.root, status.path);
        Entry { path, directory: status.isdir, length: status.length as u64, version: version(status) }
    }
}

impl Storage for Hdfs {
    fn status(&self, path: &str) -> Result<Option<Entry>, Error> {
        let client = self.connection.client()?;
        let found = self.connection.ask(path, client.get_file_info(self.below(path)))?;
        Ok(found.map(|status| self.entry(&status)))
    }

    fn list(&self, directory: &str) -> Result<Directory, Error> {
        let client = self.connection.client()?;
        let found = self.connection.ask(directory, client.list_status(self.below(directory), false))?;
        let mut entries = found.iter().flatten().map(|status| self.entry(status)).collect::<Vec<_>>();
        // A file lists as itself, which is nothing below it.
        entries.retain(|entry| entry.path != directory);
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        // HDFS has no names that are not UTF-8.
        Ok(Directory { entries, unreadable: Vec::new() })
    }

    fn open(&self, path: &str, length: u64, version: Version) -> Result<Arc<dyn OpenFile>, Error> {
        Ok(Arc::new(HdfsFile {
            path: path.to_owned(),
            below: self.below(path).to_owned(),
            connection: Arc::clone(&self.connection),
            length,
            version,
            unreadable_end: OnceLock::new(),
        }))
    }

    fn root(&self) -> &str {
        &self.root
    }
}

fn version(status: &FileStatus) -> Version {
    const NANOSECONDS: u64 = 1_000_000;
    let modified = status.modification_time.saturating_mul(NANOSECONDS);
    Version { modified: i64::try_from(modified).unwrap_or(i64::MAX), inode: None }
}

/// A client and the threads that it works with.
struct Connection {
    /// Taken when it is dropped.
    live: Option<(Client, Runtime)>,
    origin: Origin,
}

impl Connection {
    fn new(root: &str) -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(IO_THREADS)
            .enable_all()
            .build()
            .map_err(|error| Error::new(Kind::Internal, error.to_string()))?;
        let client = ClientBuilder::new()
            .with_url(format!("{root}/"))
            .with_io_runtime(runtime.handle().clone())
            .build()
            .map_err(|error| failed(root, &error))?;
        Ok(Self { live: Some((client, runtime)), origin: Origin::here() })
    }

    fn live(&self) -> Result<&(Client, Runtime), Error> {
        self.origin.check("The connection to HDFS")?;
        self.live.as_ref().ok_or_else(|| Error::new(Kind::Internal, "The connection to HDFS is closed."))
    }

    fn client(&self) -> Result<&Client, Error> {
        Ok(&self.live()?.0)
    }

    fn wait<T>(&self, answer: impl Future<Output = T>) -> Result<T, Error> {
        Ok(self.live()?.1.block_on(answer))
    }

    /// Waits for an answer about `path`; `None` if nothing is there.
    fn ask<T>(&self, path: &str, answer: impl Future<Output = Result<T, HdfsError>>) -> Result<Option<T>, Error> {
        match self.wait(answer)? {
            Ok(found) => Ok(Some(found)),
            Err(HdfsError::FileNotFound(_)) => Ok(None),
            Err(error) => Err(failed(path, &error)),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if !self.origin.is_here() {
            // A forked child would wait for threads that it does not have.
            std::mem::forget(self.live.take());
        }
    }
}

/// A file. Each reader opens it anew: hdfs-native never again tries a data node that has failed a reader once.
struct HdfsFile {
    path: String,
    /// The path below the root.
    below: String,
    connection: Arc<Connection>,
    /// Bytes when it was listed.
    length: u64,
    /// Its version when it was listed.
    version: Version,
    /// Set once somebody has opened it and found it unfinished.
    unreadable_end: OnceLock<UnreadableEnd>,
}

impl HdfsFile {
    fn status(&self) -> Result<FileStatus, Error> {
        let found = self.connection.ask(&self.path, self.connection.client()?.get_file_info(&self.below))?;
        let status = found.ok_or_else(|| self.gone())?;
        let now = status.length as u64;
        if now < self.length {
            return Err(super::shrunk(&self.path, self.length, now));
        }
        // A file that has grown has another time, too.
        if now == self.length && version(&status) != self.version {
            return Err(super::rewritten(&self.path, self.length, now));
        }
        Ok(status)
    }

    fn gone(&self) -> Error {
        Error::new(Kind::Io, "There is no such file on HDFS.").at(&self.path)
    }

    /// Notes what cannot be read of a file of which hdfs-native sees `readable` bytes: it reads finished blocks only.
    fn note_unreadable_end(&self, status: &FileStatus, readable: u64) -> Result<(), Error> {
        let length = status.length as u64;
        // The name node does not count the bytes flushed into an unfinished block. Then only whole blocks make the length.
        let whole_blocks = status.blocksize.is_some_and(|block| block > 0 && length.is_multiple_of(block));
        let open = readable < length || (whole_blocks && self.reserves_more(length, status.replication)?);
        if open {
            let reason = format!(
                "it is still being written, and only the {readable} bytes of its finished blocks can be read without a JVM"
            );
            let _ = self.unreadable_end.set(UnreadableEnd { from: readable, reason });
        }
        Ok(())
    }

    /// Whether the name node reserves more room than these bytes take, which it does for an unfinished block. Files of one
    /// replica may be erasure-coded, and their parity takes room too: they are told only while they have no bytes.
    fn reserves_more(&self, length: u64, replication: Option<u32>) -> Result<bool, Error> {
        let replicas = u64::from(replication.unwrap_or(0));
        if length > 0 && replicas < 2 {
            return Ok(false);
        }
        let client = self.connection.client()?;
        let summary = self.connection.ask(&self.path, client.get_content_summary(&self.below))?;
        let summary = summary.ok_or_else(|| self.gone())?;
        Ok(summary.space_consumed > length.saturating_mul(replicas))
    }
}

impl OpenFile for HdfsFile {
    fn from(&self, byte: u64) -> Result<Box<dyn ByteSource + Send>, Error> {
        let status = self.status()?;
        let client = self.connection.client()?;
        let file = self.connection.ask(&self.path, client.read(&self.below))?.ok_or_else(|| self.gone())?;
        let readable = file.file_length();
        self.note_unreadable_end(&status, readable as u64)?;
        let from = usize::try_from(byte).unwrap_or(usize::MAX).min(readable);
        Ok(Box::new(Blocks {
            path: self.path.clone(),
            blocks: file.read_range_stream(from, readable - from).boxed(),
            waiting: Bytes::new(),
            connection: Arc::clone(&self.connection),
        }))
    }

    fn unchanged(&self) -> Result<(), Error> {
        self.status().map(drop)
    }

    fn unreadable_end(&self) -> Option<UnreadableEnd> {
        self.unreadable_end.get().cloned()
    }
}

/// The blocks of a file from some byte on.
struct Blocks {
    path: String,
    blocks: BoxStream<'static, Result<Bytes, HdfsError>>,
    waiting: Bytes,
    connection: Arc<Connection>,
}

impl ByteSource for Blocks {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        while self.waiting.is_empty() {
            match self.connection.wait(self.blocks.next())? {
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
