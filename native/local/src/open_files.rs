//! The files of one read, each held open from its first piece to its last: a log that is rotated meanwhile is read to its
//! end under its new name.

use std::sync::{Arc, Mutex, PoisonError};

use netlytics_connectors::error::{Error, Kind};

use crate::pieces::Piece;
use crate::storage::OpenFile;

pub(crate) struct OpenFiles {
    /// The slot of each piece.
    slots_of_pieces: Vec<usize>,
    slots: Vec<Mutex<Slot>>,
}

/// One file.
#[derive(Default)]
struct Slot {
    file: Option<Arc<dyn OpenFile>>,
    /// Pieces that have not asked for it yet.
    pieces: usize,
}

impl OpenFiles {
    /// The files of these pieces, none of them open yet. The pieces of a file follow each other.
    pub(crate) fn new(pieces: &[Piece]) -> Self {
        let (mut slots_of_pieces, mut slots) = (Vec::with_capacity(pieces.len()), Vec::<Slot>::new());
        let mut before: Option<&Piece> = None;
        for piece in pieces {
            if before.is_none_or(|before| !Arc::ptr_eq(&before.file, &piece.file)) {
                slots.push(Slot::default());
            }
            if let Some(slot) = slots.last_mut() {
                slot.pieces += 1;
            }
            slots_of_pieces.push(slots.len() - 1);
            before = Some(piece);
        }
        Self { slots_of_pieces, slots: slots.into_iter().map(Mutex::new).collect() }
    }

    /// The open file of the piece of this number. A piece asks once; whoever asks first opens it.
    ///
    /// # Errors
    /// The file cannot be opened, or is no longer the one that was listed.
    pub(crate) fn of(&self, number: usize, piece: &Piece) -> Result<Arc<dyn OpenFile>, Error> {
        let slot = self.slots_of_pieces.get(number).and_then(|slot| self.slots.get(*slot));
        let slot = slot.ok_or_else(|| Error::new(Kind::Internal, format!("There is no piece {number}.")))?;
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        let file = match slot.file.take() {
            Some(file) => file,
            None => piece.file.open()?,
        };
        slot.pieces = slot.pieces.saturating_sub(1);
        slot.file = (slot.pieces > 0).then(|| Arc::clone(&file));
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::listing::LogFile;
    use crate::pieces;
    use crate::storage::{Local, Storage as _};

    #[test]
    fn a_file_that_is_rotated_between_its_pieces_is_read_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("dns.log");
        std::fs::write(&path, "0123456789").unwrap();
        let entry = Local.status(&path.display().to_string()).unwrap().unwrap();
        let file = LogFile::new(entry, Arc::new(Local));
        let pieces = pieces::cut(0, vec![file.clone()], true, 4).unwrap();
        let open = OpenFiles::new(&pieces);
        let first = open.of(0, &pieces[0]).unwrap();
        std::fs::rename(&path, folder.path().join("dns.1.log")).unwrap();
        std::fs::write(&path, "another log").unwrap();
        let last = open.of(2, &pieces[2]).unwrap();
        let mut text = [0; 4];
        for (file, from, read) in [(&first, 0, 4), (&last, 8, 2)] {
            assert_eq!(file.from(from).unwrap().read(&mut text), Ok(read));
            assert_eq!(file.unchanged(), Ok(()));
        }
        assert_eq!(text[..2], *b"89");
        drop((first, last));
        assert!(open.of(1, &pieces[1]).is_ok());
        let gone = OpenFiles::new(&pieces).of(0, &pieces[0]).err().unwrap();
        assert!(gone.message.contains("replaced"), "{gone}");
    }
}
