//! Cuts files into pieces that are read in parallel.

use std::sync::Arc;

use netlytics_connectors::decompress::{Format, MAGIC_BYTES};
use netlytics_connectors::error::Error;
use netlytics_connectors::source::ByteSource;

use crate::listing::LogFile;
use crate::storage::OpenFile;

/// Size of a piece of plain text, in bytes: large enough for the cost of starting one not to show, small enough for what all
/// cores have read ahead to stay small.
pub(crate) const PIECE: u64 = 8 << 20;

/// A file, or a range of bytes of a plain one.
#[derive(Clone)]
pub(crate) struct Piece {
    /// Index of the log among the connector's parts, 0 if it has none.
    pub(crate) part: usize,
    pub(crate) file: Arc<LogFile>,
    pub(crate) start: u64,
    /// Bytes; `None`: the whole file.
    pub(crate) length: Option<u64>,
}

impl Piece {
    /// Whether it is the last one of its file.
    pub(crate) fn is_last(&self) -> bool {
        self.length.is_none_or(|length| self.start + length >= self.file.length)
    }
}

/// The pieces of the files, in order.
///
/// # Errors
/// A large file cannot be opened to see whether it is plain.
pub(crate) fn cut(part: usize, files: Vec<LogFile>, splittable: bool, most: u64) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    for file in files {
        let file = Arc::new(file);
        let piece = |start, length| Piece { part, file: Arc::clone(&file), start, length };
        if splittable && file.length > most && is_plain(&file)? {
            let mut start = 0;
            while start < file.length {
                pieces.push(piece(start, Some(most.min(file.length - start))));
                start += most;
            }
        } else {
            pieces.push(piece(0, None));
        }
    }
    Ok(pieces)
}

fn is_plain(file: &LogFile) -> Result<bool, Error> {
    Ok(Format::sniff(&head(file.open()?.as_ref(), MAGIC_BYTES)?).is_none())
}

/// The first bytes of a file, at most `most`.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn head(file: &dyn OpenFile, most: usize) -> Result<Vec<u8>, Error> {
    next_bytes(file.from(0)?.as_mut(), most)
}

/// The next bytes of a source: `most`, or all if there are fewer.
///
/// # Errors
/// They cannot be read.
pub(crate) fn next_bytes(source: &mut (dyn ByteSource + Send), most: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0; most];
    let mut filled = 0;
    while let Some(room) = bytes.get_mut(filled..).filter(|room| !room.is_empty()) {
        match source.read(room)? {
            0 => break,
            read => filled += read,
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{Local, Storage as _};

    #[test]
    fn only_large_plain_files_are_cut() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            LogFile::new(Local.status(&path.display().to_string()).unwrap().unwrap(), Arc::new(Local))
        };
        let files = || {
            vec![file("small", b"12345"), file("gzip", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), file("large", b"1234567890a")]
        };
        let cuts = |pieces: Vec<Piece>| pieces.iter().map(|piece| (piece.start, piece.length)).collect::<Vec<_>>();
        assert_eq!(
            cuts(cut(0, files(), true, 5).unwrap()),
            [(0, None), (0, None), (0, Some(5)), (5, Some(5)), (10, Some(1))]
        );
        assert_eq!(cuts(cut(0, files(), false, 5).unwrap()), [(0, None); 3]);
    }
}
