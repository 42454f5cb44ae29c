//! Small files that are read as a whole: models.

use netlytics_connectors::error::{Error, Kind};

use crate::pieces::next_bytes;
use crate::storage;

/// The bytes of a file of this machine or of `hdfs://`.
///
/// # Errors
/// There is no file at the path, it cannot be read, or it is still being written.
pub fn read(path: &str) -> Result<Vec<u8>, Error> {
    let (storage, path) = storage::of(path)?;
    let missing = || Error::new(Kind::BadOption, format!("There is no file at {path}."));
    let entry = storage.status(&path)?.filter(|entry| !entry.directory).ok_or_else(missing)?;
    let file = storage.open(&entry.path, entry.length, entry.version)?;
    if let Some(end) = file.unreadable_end() {
        return Err(Error::new(Kind::Io, format!("Only {} bytes can be read: {}", end.from, end.reason)).at(&path));
    }
    let most = usize::try_from(entry.length).map_err(|_| Error::new(Kind::Io, "The file is too long.").at(&path))?;
    next_bytes(file.from(0)?.as_mut(), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_and_a_folder_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(at("model"), "some bytes").unwrap();
        assert_eq!(read(&at("model")).unwrap(), b"some bytes");
        for name in ["", "none"] {
            assert_eq!(read(&at(name)).unwrap_err().kind, Kind::BadOption, "{name}");
        }
    }
}
