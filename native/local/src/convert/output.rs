//! The file that is written: under a name of its own until it is whole.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, fchown};
use std::path::{Path, PathBuf, absolute};

use netlytics_connectors::error::{Error, Kind};
use tempfile::{Builder, NamedTempFile};

use crate::stream::Stream;

/// What the umask takes from in a new file.
const NEW_FILE: u32 = 0o666;
/// The bits of a mode that are permissions.
const PERMISSIONS: u32 = 0o7777;
/// Symbolic links followed before they are taken for a circle, as Linux does.
const MOST_LINKS: usize = 40;

/// An output that is being written.
pub(super) struct Output {
    /// The path as it was given, for messages.
    given: PathBuf,
    /// The path that it gets: where the links end.
    target: PathBuf,
    overwrite: bool,
    /// What is at the target now.
    replaced: Option<Metadata>,
    part: NamedTempFile,
}

impl Output {
    /// Makes the file beside the place that it will have, with a name that nobody else has.
    ///
    /// # Errors
    /// The output exists, is one of the files that are read, is not a regular file, or cannot be made.
    pub(super) fn create(given: &Path, overwrite: bool, stream: &Stream) -> Result<Self, Error> {
        let refused = |message: String| Error::option(message).at(&given.display().to_string());
        if given.to_str().is_some_and(|text| text.contains("://")) {
            return Err(refused(
                "The output is a file of this machine; copy it to where it belongs afterwards.".into(),
            ));
        }
        let replaced = match fs::metadata(given) {
            Ok(found) => Some(found),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(given, &error)),
        };
        if let Some(found) = &replaced {
            if let Some(kind) = special(found) {
                return Err(refused(format!("The output is {kind}: Parquet is written to a regular file.")));
            }
            if let Some(input) = stream.reads((found.dev(), found.ino())) {
                return Err(refused(format!("The output is one of the files that are read ({input}).")));
            }
            if !overwrite {
                return Err(refused("The output exists already: give another path, or --overwrite.".into()));
            }
        }
        let target = match replaced {
            Some(_) => fs::canonicalize(given),
            None => end_of_links(given),
        };
        let target = target.map_err(|error| failed(given, &error))?;
        let Some(folder) = target.parent().filter(|_| target.file_name().is_some()) else {
            return Err(refused("The output is the name of a file, not of a directory.".into()));
        };
        let mode = replaced.as_ref().map_or(NEW_FILE, |found| found.mode() & NEW_FILE);
        let part = Builder::new()
            .prefix(".netlytics-")
            .suffix(".part")
            .permissions(Permissions::from_mode(mode))
            .tempfile_in(folder)
            .map_err(|error| failed(given, &error))?;
        Ok(Self { given: given.to_owned(), target, overwrite, replaced, part })
    }

    pub(super) fn file(&self) -> &File {
        self.part.as_file()
    }

    /// Gives the finished file its name, and tells its length in bytes. It is on disk before and its name after that.
    ///
    /// # Errors
    /// It cannot be written to disk, or somebody else has made the output meanwhile and it is not to be overwritten.
    pub(super) fn publish(self) -> Result<u64, Error> {
        let wrong = |error: &io::Error| failed(&self.given, error);
        let file = self.part.as_file();
        if let Some(replaced) = &self.replaced {
            // Only root may give files away, and others only to a group of theirs.
            if fchown(file, Some(replaced.uid()), Some(replaced.gid())).is_err() {
                let _ = fchown(file, None, Some(replaced.gid()));
            }
            let mode = Permissions::from_mode(replaced.mode() & PERMISSIONS);
            file.set_permissions(mode).map_err(|error| wrong(&error))?;
        }
        file.sync_all().map_err(|error| wrong(&error))?;
        let bytes = file.metadata().map_err(|error| wrong(&error))?.len();
        let Self { given, target, overwrite, part, .. } = self;
        let named = if overwrite { part.persist(&target) } else { part.persist_noclobber(&target) };
        named.map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => {
                let message = "Somebody else has made the output meanwhile; theirs is left as it is.";
                Error::new(Kind::Io, message).at(&given.display().to_string())
            }
            _ => failed(&given, &error.error),
        })?;
        sync_name(&target).map_err(|error| failed(&given, &error))?;
        Ok(bytes)
    }

    pub(super) fn failed(&self, error: &dyn std::error::Error) -> Error {
        failed(&self.given, error)
    }
}

fn failed(path: &Path, error: &dyn std::error::Error) -> Error {
    Error::new(Kind::Io, format!("It cannot be written: {error}")).at(&path.display().to_string())
}

/// What it is, if it is not a regular file.
fn special(found: &Metadata) -> Option<&'static str> {
    let kind = found.file_type();
    if kind.is_file() {
        None
    } else if kind.is_dir() {
        Some("a directory")
    } else if kind.is_fifo() {
        Some("a pipe")
    } else if kind.is_socket() {
        Some("a socket")
    } else {
        Some("a device")
    }
}

/// The path that a link points to at last, though nothing is there yet; another path as it is.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut end = absolute(path)?;
    for _ in 0..MOST_LINKS {
        match fs::read_link(&end) {
            Ok(next) => end = end.parent().map_or_else(|| next.clone(), |folder| folder.join(&next)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidInput) => return Ok(end),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Has the directory's entry written to disk.
fn sync_name(target: &Path) -> io::Result<()> {
    let Some(folder) = target.parent() else { return Ok(()) };
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some file systems have no such request for directories, and some directories may be written to but not read.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}
