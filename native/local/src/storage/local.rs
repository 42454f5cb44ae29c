//! Files of this machine.

use std::fs;
use std::io;
use std::path::Path;

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::source::{ByteSource, LocalFile};

use super::{Entry, Storage};

/// The file system of this machine. Symbolic links are followed.
pub struct Local;

impl Storage for Local {
    fn status(&self, path: &str) -> Result<Option<Entry>, Error> {
        match fs::metadata(path) {
            Ok(found) => {
                let directory = found.is_dir();
                Ok(Some(Entry { path: path.to_owned(), directory, length: found.len() }))
            }
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(unreadable(path, &error)),
        }
    }

    fn list(&self, directory: &str) -> Result<Vec<Entry>, Error> {
        let listed = match fs::read_dir(directory) {
            Ok(listed) => listed,
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(directory, &error)),
        };
        let mut entries = Vec::new();
        for entry in listed {
            let path = entry.map_err(|error| unreadable(directory, &error))?.path();
            // A link to nowhere, or a file deleted since, is no entry.
            entries.extend(self.status(&path.to_string_lossy())?);
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn open(&self, path: &str, from: u64) -> Result<Box<dyn ByteSource + Send>, Error> {
        let file = LocalFile::open(Path::new(path))?;
        Ok(Box::new(if from == 0 { file } else { file.from(from)? }))
    }

    fn root(&self) -> &str {
        ""
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn unreadable(path: &str, error: &io::Error) -> Error {
    Error::new(Kind::Io, error.to_string()).at(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_listed_by_name_and_a_file_read_from_its_middle() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::write(at("b"), "hello").unwrap();
        fs::create_dir(at("a")).unwrap();
        let entries = Local.list(&folder.path().display().to_string()).unwrap();
        assert_eq!(
            entries.iter().map(|entry| (entry.name(), entry.directory)).collect::<Vec<_>>(),
            [("a", true), ("b", false)]
        );
        assert_eq!(Local.status(&at("b")).unwrap().unwrap().length, 5);
        assert_eq!(Local.status(&at("c")), Ok(None));
        assert_eq!(Local.list(&at("c")), Ok(Vec::new()));
        let mut text = [0; 9];
        let mut source = Local.open(&at("b"), 2).unwrap();
        assert_eq!(source.read(&mut text), Ok(3));
        assert_eq!(text[..3], *b"llo");
        assert_eq!(Local.open(&at("c"), 0).err().unwrap().place.path, Some(at("c")));
    }
}
