//! Files of this machine.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::source::ByteSource;
use netlytics_connectors::utf8;

use super::{Directory, Entry, OpenFile, Storage, Version};

/// Bytes of a file's beginning by which a log that was cut and written anew is told from one that has grown.
const BEGINNING: usize = 1024;
/// How long to wait for a file that was written to just now to grow: its time changes before its size.
const GROWTH: Duration = Duration::from_millis(10);

/// The file system of this machine. Symbolic links are followed.
pub struct Local;

impl Storage for Local {
    fn status(&self, path: &str) -> Result<Option<Entry>, Error> {
        match fs::metadata(path) {
            Ok(found) => Ok(Some(Entry {
                path: path.to_owned(),
                directory: found.is_dir(),
                length: found.len(),
                version: version(&found),
            })),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(unreadable(path, &error)),
        }
    }

    fn list(&self, directory: &str) -> Result<Directory, Error> {
        let listed = match fs::read_dir(directory) {
            Ok(listed) => listed,
            Err(error) if is_absent(&error) => return Ok(Directory::default()),
            Err(error) => return Err(unreadable(directory, &error)),
        };
        let mut found = Directory::default();
        for entry in listed {
            let path = entry.map_err(|error| unreadable(directory, &error))?.path();
            // A link to nowhere, or a file deleted since, is not an entry.
            match path.to_str() {
                Some(path) => found.entries.extend(self.status(path)?),
                None if path.exists() => {
                    found.unreadable.push(utf8::text_of(path.as_os_str().as_bytes()).into_owned());
                }
                None => {}
            }
        }
        found.entries.sort_by(|a, b| a.path.cmp(&b.path));
        found.unreadable.sort();
        Ok(found)
    }

    fn open(&self, path: &str, length: u64, version: Version) -> Result<Arc<dyn OpenFile>, Error> {
        let failed = |error: io::Error| unreadable(path, &error);
        let file = File::open(path).map_err(failed)?;
        let found = file.metadata().map_err(failed)?;
        if !found.is_file() {
            // A pipe or a device: it has no length, and is read once from its beginning.
            return Ok(Arc::new(Special { path: path.to_owned(), file: Arc::new(file) }));
        }
        let mut beginning = vec![0; BEGINNING];
        let read = file.read_at(&mut beginning, 0).map_err(failed)?;
        beginning.truncate(read);
        let open = Regular { path: path.to_owned(), file: Arc::new(file), length, version, beginning };
        open.unchanged()?;
        Ok(Arc::new(open))
    }

    fn root(&self) -> &str {
        ""
    }
}

fn version(found: &Metadata) -> Version {
    const NANOSECONDS: i64 = 1_000_000_000;
    Version {
        modified: found.mtime().saturating_mul(NANOSECONDS).saturating_add(found.mtime_nsec()),
        inode: Some((found.dev(), found.ino())),
    }
}

/// A regular file, held open.
struct Regular {
    path: String,
    file: Arc<File>,
    /// Bytes when it was listed.
    length: u64,
    /// Its version when it was listed.
    version: Version,
    /// Its first bytes when it was opened.
    beginning: Vec<u8>,
}

impl Regular {
    fn now(&self) -> Result<(u64, Version), Error> {
        let found = self.file.metadata().map_err(|error| unreadable(&self.path, &error))?;
        Ok((found.len(), version(&found)))
    }

    /// Whether the file begins otherwise than when it was opened.
    fn begins_otherwise(&self) -> Result<bool, Error> {
        let mut beginning = vec![0; self.beginning.len()];
        let read = self.file.read_at(&mut beginning, 0).map_err(|error| unreadable(&self.path, &error))?;
        beginning.truncate(read);
        Ok(beginning != self.beginning)
    }
}

impl OpenFile for Regular {
    fn from(&self, byte: u64) -> Result<Box<dyn ByteSource + Send>, Error> {
        Ok(Box::new(Bytes { path: self.path.clone(), file: Arc::clone(&self.file), at: byte, length: self.length }))
    }

    fn unchanged(&self) -> Result<(), Error> {
        let (mut length, version) = self.now()?;
        let same_time = version.modified == self.version.modified;
        // Some network file systems give a file another inode each time it is looked up: that alone proves nothing.
        if !same_time && version.inode != self.version.inode {
            return Err(super::replaced(&self.path, self.length, length));
        }
        if length < self.length {
            return Err(super::shrunk(&self.path, self.length, length));
        }
        if same_time {
            return Ok(());
        }
        if length == self.length {
            thread::sleep(GROWTH);
            length = self.now()?.0;
        }
        if length <= self.length || self.begins_otherwise()? {
            return Err(super::rewritten(&self.path, self.length, length));
        }
        Ok(())
    }
}

/// The bytes of a regular file from some place on. Several read the same descriptor, each at its own place.
struct Bytes {
    path: String,
    file: Arc<File>,
    at: u64,
    /// Bytes when the file was listed.
    length: u64,
}

impl ByteSource for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        let read = self.file.read_at(buffer, self.at).map_err(|error| unreadable(&self.path, &error))?;
        if read == 0 && !buffer.is_empty() && self.at < self.length {
            return Err(super::shrunk(&self.path, self.length, self.at));
        }
        self.at += read as u64;
        Ok(read)
    }
}

/// A pipe or a device.
struct Special {
    path: String,
    file: Arc<File>,
}

impl OpenFile for Special {
    fn from(&self, _: u64) -> Result<Box<dyn ByteSource + Send>, Error> {
        Ok(Box::new(Self { path: self.path.clone(), file: Arc::clone(&self.file) }))
    }

    fn unchanged(&self) -> Result<(), Error> {
        Ok(())
    }
}

impl ByteSource for Special {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        self.file.as_ref().read(buffer).map_err(|error| unreadable(&self.path, &error))
    }
}

/// Whether nothing is there; a link that leads to itself leads nowhere.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        || error.raw_os_error() == Some(libc::ELOOP)
}

fn unreadable(path: &str, error: &io::Error) -> Error {
    Error::new(Kind::Io, error.to_string()).at(path)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::io::Write as _;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};
    use std::time::SystemTime;

    use super::*;

    fn opened(path: &Path, listed: &Entry) -> Result<Arc<dyn OpenFile>, Error> {
        Local.open(&path.display().to_string(), listed.length, listed.version)
    }

    /// A folder with a log of ten bytes, listed as it is.
    fn log() -> (tempfile::TempDir, PathBuf, Entry) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dns.log");
        fs::write(&path, "0123456789").unwrap();
        // Clocks of file systems are coarse: what is written next must not have the same time.
        File::options().write(true).open(&path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let listed = Local.status(&path.display().to_string()).unwrap().unwrap();
        (folder, path, listed)
    }

    #[test]
    fn a_directory_is_listed_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::write(at("b"), "hello").unwrap();
        fs::create_dir(at("a")).unwrap();
        let entries = Local.list(&folder.path().display().to_string()).unwrap().entries;
        assert_eq!(
            entries.iter().map(|entry| (entry.name(), entry.directory)).collect::<Vec<_>>(),
            [("a", true), ("b", false)]
        );
        assert_eq!(Local.status(&at("b")).unwrap().unwrap().length, 5);
        assert_eq!(Local.status(&at("c")), Ok(None));
        assert_eq!(Local.list(&at("c")), Ok(Directory::default()));
        assert_eq!(opened(&folder.path().join("c"), &entries[1]).err().unwrap().place.path, Some(at("c")));
    }

    #[test]
    fn names_that_are_not_utf8_are_listed_apart() {
        let folder = tempfile::tempdir().unwrap();
        for name in [&b"dns.log"[..], b"\xffdns.log", b"dns\xc3.\xfe\xff.log"] {
            fs::write(folder.path().join(OsStr::from_bytes(name)), "").unwrap();
        }
        symlink("nothing", folder.path().join(OsStr::from_bytes(b"gone\xff"))).unwrap();
        let found = Local.list(&folder.path().display().to_string()).unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        assert_eq!(found.entries.iter().map(Entry::name).collect::<Vec<_>>(), ["dns.log"]);
        assert_eq!(found.unreadable, [at(r"\xffdns.log"), at(r"dns\xc3.\xfe\xff.log")]);
    }

    #[test]
    fn links_to_nowhere_are_no_entries() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        fs::write(at("dns.log"), "").unwrap();
        for (link, target) in [("gone", "nothing"), ("self", "self")] {
            symlink(target, at(link)).unwrap();
        }
        let found = Local.list(&folder.path().display().to_string()).unwrap();
        assert_eq!(found.entries.iter().map(Entry::name).collect::<Vec<_>>(), ["dns.log"]);
        assert_eq!(Local.status(&at("self")), Ok(None));
    }

    #[test]
    fn a_file_is_read_at_several_places_at_once() {
        let (_folder, path, listed) = log();
        let file = opened(&path, &listed).unwrap();
        let (mut start, mut middle) = (file.from(0).unwrap(), file.from(5).unwrap());
        let mut text = [0; 8];
        assert_eq!((middle.read(&mut text), text[..5].to_vec()), (Ok(5), b"56789".to_vec()));
        assert_eq!((start.read(&mut text), text.to_vec()), (Ok(8), b"01234567".to_vec()));
        assert_eq!(middle.read(&mut text), Ok(0));
    }

    #[test]
    fn what_happened_to_a_file_since_it_was_listed_is_told() {
        for (happened, told) in [
            (&(|path: &Path| fs::write(path, "0123").unwrap()) as &dyn Fn(&Path), "10 bytes long when it was listed"),
            (&|path| fs::write(path, "9876543210").unwrap(), "written anew"),
            (
                &|path| {
                    fs::rename(path, path.with_extension("1")).unwrap();
                    fs::write(path, "another log").unwrap();
                },
                "replaced",
            ),
            (
                &|path| {
                    fs::rename(path, path.with_extension("1")).unwrap();
                    fs::write(path, "short").unwrap();
                },
                "replaced",
            ),
        ] {
            let (_folder, path, listed) = log();
            happened(&path);
            let error = opened(&path, &listed).err().unwrap();
            assert!(error.message.contains(told), "{error}");
            assert_eq!(error.place.path, Some(path.display().to_string()));
        }
    }

    #[test]
    fn a_file_that_has_grown_is_the_same() {
        let (_folder, path, listed) = log();
        let mut log = File::options().append(true).open(&path).unwrap();
        log.write_all(b"more").unwrap();
        let file = opened(&path, &listed).unwrap();
        log.write_all(b"and more").unwrap();
        assert_eq!(file.unchanged(), Ok(()));
    }

    #[test]
    fn a_file_that_is_cut_while_it_is_read_is_an_error() {
        let (_folder, path, listed) = log();
        let file = opened(&path, &listed).unwrap();
        let mut source = file.from(0).unwrap();
        let mut text = [0; 4];
        assert_eq!(source.read(&mut text), Ok(4));
        File::options().write(true).open(&path).unwrap().set_len(4).unwrap();
        let error = source.read(&mut text).unwrap_err();
        assert!(error.message.contains("10 bytes long when it was listed"), "{error}");
        assert_eq!(file.unchanged(), Err(error));
    }

    #[test]
    fn a_file_that_is_cut_and_outgrows_itself_is_an_error() {
        let (_folder, path, listed) = log();
        let file = opened(&path, &listed).unwrap();
        fs::write(&path, "another log, longer than before").unwrap();
        assert!(file.unchanged().unwrap_err().message.contains("written anew"));
    }
}
