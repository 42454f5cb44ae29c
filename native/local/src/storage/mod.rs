//! Where files are: a directory is listed and a file opened in the same way, wherever it is.

#[cfg(feature = "hdfs")]
mod hdfs;
mod local;

use std::sync::Arc;

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::source::ByteSource;

pub use local::Local;

/// A file or directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its full path, as it can be given to the storage again.
    pub path: String,
    pub directory: bool,
    /// Bytes of a file.
    pub length: u64,
    /// What tells whether a file is still the one that was listed.
    pub version: Version,
}

/// By what a file is told from another that has taken its name, and from itself after it was written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Time of the last change of its bytes, in nanoseconds since the epoch.
    pub modified: i64,
    /// Device and inode, where the storage has them.
    pub inode: Option<(u64, u64)>,
}

impl Entry {
    /// The last component of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        name(&self.path)
    }

    /// What is the same for all names of this file or directory.
    pub(crate) fn identity(&self) -> Identity {
        self.version.inode.map_or_else(|| Identity::Path(self.path.clone()), Identity::Inode)
    }
}

/// The last component of a path.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// What is the same for all names of one file or directory: on a disk, where links and several names of one file are
/// common, its device and inode; elsewhere its path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    Inode((u64, u64)),
    Path(String),
}

/// What is in a directory.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// By name.
    pub entries: Vec<Entry>,
    /// Full paths of those whose names are not UTF-8, which no [`Entry`] can hold; their odd bytes as `\xhh`.
    pub unreadable: Vec<String>,
}

/// A file system. Paths are full ones, with the scheme if the storage has one.
pub trait Storage: Send + Sync {
    /// What is at the path; `None` if nothing is.
    ///
    /// # Errors
    /// It cannot be told.
    fn status(&self, path: &str) -> Result<Option<Entry>, Error>;

    /// What is in a directory; nothing if there is no such directory.
    ///
    /// # Errors
    /// The directory cannot be read.
    fn list(&self, directory: &str) -> Result<Directory, Error>;

    /// Opens a file that had this length and version when it was listed.
    ///
    /// # Errors
    /// It cannot be opened, or is no longer the file that was listed ([`OpenFile::unchanged`]).
    fn open(&self, path: &str, length: u64, version: Version) -> Result<Arc<dyn OpenFile>, Error>;

    /// The scheme and authority before the first slash of a path: `hdfs://name:8020`, or nothing.
    fn root(&self) -> &str;
}

/// A file that is open, for several readers at a time.
pub trait OpenFile: Send + Sync {
    /// The bytes from this one on.
    ///
    /// # Errors
    /// They cannot be read, or the file is no longer the one that was listed.
    fn from(&self, byte: u64) -> Result<Box<dyn ByteSource + Send>, Error>;

    /// Makes sure that it is the file that was listed. It may have grown: what was there then is still read.
    ///
    /// # Errors
    /// It is shorter than it was, has been written anew, or another file has taken its place.
    fn unchanged(&self) -> Result<(), Error>;

    /// Why its end cannot be read, if that is so: somebody is still writing it.
    fn unreadable_end(&self) -> Option<UnreadableEnd> {
        None
    }
}

/// The end of a file that is still being written, where the storage gives only its finished part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableEnd {
    /// Bytes that can be read.
    pub from: u64,
    /// What is known of the rest.
    pub reason: String,
}

fn shrunk(path: &str, listed: u64, now: u64) -> Error {
    let message = format!(
        "The file was {listed} bytes long when it was listed and is {now} now: it was cut or replaced. Read it again."
    );
    Error::new(Kind::Io, message).at(path)
}

fn replaced(path: &str, listed: u64, now: u64) -> Error {
    let message = format!(
        "The file was replaced by another one since it was listed ({listed} bytes then, {now} now). Read it again."
    );
    Error::new(Kind::Io, message).at(path)
}

fn rewritten(path: &str, listed: u64, now: u64) -> Error {
    let message = format!(
        "The file was written anew since it was listed, not appended to ({listed} bytes then, {now} now). Read it again."
    );
    Error::new(Kind::Io, message).at(path)
}

/// The storage of a path, and the path as that storage takes it.
///
/// # Errors
/// The path has a scheme that is not known here, or the storage cannot be reached.
pub fn of(path: &str) -> Result<(Arc<dyn Storage>, String), Error> {
    match path.split_once("://") {
        None => Ok((Arc::new(Local), path.to_owned())),
        Some(("file", rest)) => Ok((Arc::new(Local), rest.to_owned())),
        #[cfg(feature = "hdfs")]
        Some(("hdfs", rest)) => {
            let (authority, below) = rest.split_once('/').unwrap_or((rest, ""));
            let storage = hdfs::Hdfs::connect(authority)?;
            let path = format!("{}/{below}", storage.root());
            Ok((Arc::new(storage), path))
        }
        Some((scheme, _)) => {
            let message = format!("{scheme}:// cannot be read here: give a path of this machine, file:// or hdfs://.");
            Err(Error::option(message).at(path))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes() {
        assert_eq!(of("file:///var/log").map(|found| found.1), Ok("/var/log".to_owned()));
        assert_eq!(of("logs/a b").map(|found| found.1), Ok("logs/a b".to_owned()));
        assert!(of("s3a://bucket/logs").err().is_some_and(|error| error.to_string().contains("s3a://")));
    }
}
