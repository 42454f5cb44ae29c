//! gzip (RFC 1952), of one or many members.

use flate2::{Decompress, FlushDecompress, Status};

use super::{Damage, Decoder, Progress, advanced};

/// Largest window of deflate (RFC 1951), as a power of two.
const WINDOW_BITS: u8 = 15;

pub(super) struct Gzip {
    /// The member being read; `None` between members.
    member: Option<Decompress>,
    /// Bytes of the next member's magic seen so far.
    magic: usize,
    /// Whether a whole member has been read.
    any: bool,
}

const MAGIC: [u8; 2] = [0x1f, 0x8b];

impl Gzip {
    pub(super) fn new() -> Self {
        Self { member: None, magic: 0, any: false }
    }

    /// Between members: skips the zeros that pad some files (tapes, block devices) and waits for the next member's magic.
    fn next_member(&mut self, input: &[u8]) -> Result<Progress, Damage> {
        let mut consumed = 0;
        for &byte in input {
            if MAGIC.get(self.magic) == Some(&byte) {
                consumed += 1;
                self.magic += 1;
                if self.magic == MAGIC.len() {
                    self.start_member().map_err(|error| Damage::after(Progress { consumed, produced: 0 }, error))?;
                    break;
                }
            } else if self.magic == 0 && byte == 0 && self.any {
                consumed += 1;
            } else {
                self.magic = 0;
                let progress = Progress { consumed, produced: 0 };
                return Err(Damage::after(progress, "the bytes after a gzip member are no gzip member"));
            }
        }
        Ok(Progress { consumed, produced: 0 })
    }

    fn start_member(&mut self) -> Result<(), String> {
        let mut member = Decompress::new_gzip(WINDOW_BITS);
        // The magic may have come in two pieces: the member is given a whole one.
        member.decompress(&MAGIC, &mut [], FlushDecompress::None).map_err(|error| error.to_string())?;
        self.member = Some(member);
        self.magic = 0;
        Ok(())
    }
}

impl Decoder for Gzip {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, Damage> {
        let Some(member) = &mut self.member else { return self.next_member(input) };
        let before = (member.total_in(), member.total_out());
        let status = member.decompress(input, output, FlushDecompress::None);
        let progress = advanced(before, (member.total_in(), member.total_out()));
        let status = status.map_err(|error| {
            let how = error.message().unwrap_or("the stream or its checksum is wrong");
            Damage::after(progress, format!("the gzip data is damaged: {how}"))
        })?;
        if status == Status::StreamEnd {
            self.member = None;
            self.any = true;
        }
        Ok(progress)
    }

    fn complete(&self) -> bool {
        self.member.is_none() && self.magic == 0
    }
}
