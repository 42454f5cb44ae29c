//! Where files are: a directory is listed and a file opened in the same way, wherever it is.

#[cfg(feature = "hdfs")]
mod hdfs;
mod local;

use std::sync::Arc;

use netlytics_connectors::error::Error;
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
}

impl Entry {
    /// The last component of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }
}

/// A file system. Paths are full ones, with the scheme if the storage has one.
pub trait Storage: Send + Sync {
    /// What is at the path; `None` if nothing is.
    ///
    /// # Errors
    /// It cannot be told.
    fn status(&self, path: &str) -> Result<Option<Entry>, Error>;

    /// The entries of a directory by name; none if there is no such directory.
    ///
    /// # Errors
    /// The directory cannot be read.
    fn list(&self, directory: &str) -> Result<Vec<Entry>, Error>;

    /// The bytes of a file from this one on.
    ///
    /// # Errors
    /// The file cannot be opened.
    fn open(&self, path: &str, from: u64) -> Result<Box<dyn ByteSource + Send>, Error>;

    /// The scheme and authority before the first slash of a path: `hdfs://name:8020`, or nothing.
    fn root(&self) -> &str;
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
