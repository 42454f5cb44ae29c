//! Cuts files into pieces that are read at the same time.

use std::sync::Arc;

use netlytics_connectors::decompress::{Format, MAGIC_BYTES};
use netlytics_connectors::error::Error;

use crate::listing::LogFile;

/// Bytes of a piece of plain text: enough for the cost of beginning one not to show, and so few that what all cores have
/// read ahead stays small.
pub(crate) const PIECE: u64 = 8 << 20;

/// A file, or a range of bytes of a plain one.
#[derive(Clone)]
pub(crate) struct Piece {
    /// Number of the log in the connector's parts, 0 if it has none.
    pub(crate) part: usize,
    pub(crate) file: Arc<LogFile>,
    pub(crate) start: u64,
    /// Bytes; `None`: the whole file.
    pub(crate) length: Option<u64>,
}

/// The pieces of the files, in order.
///
/// # Errors
/// A large file cannot be opened, to see whether it is plain.
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
    Ok(Format::sniff(&head(file, MAGIC_BYTES)?).is_none())
}

/// The first bytes of a file, at most so many.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn head(file: &LogFile, most: usize) -> Result<Vec<u8>, Error> {
    let mut source = file.storage.open(&file.path, 0)?;
    let mut head = vec![0; most];
    let mut filled = 0;
    while let Some(room) = head.get_mut(filled..).filter(|room| !room.is_empty()) {
        match source.read(room)? {
            0 => break,
            read => filled += read,
        }
    }
    head.truncate(filled);
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Local;

    #[test]
    fn only_large_plain_files_are_cut() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            LogFile { path: path.display().to_string(), length: bytes.len() as u64, storage: Arc::new(Local) }
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
