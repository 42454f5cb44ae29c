//! xz, of one or many streams.

use liblzma::stream::{Action, Error, Status, Stream};

use super::{Damage, Decoder, Progress, advanced};

/// More than any xz file needs: its dictionary has at most 4 GiB.
const MOST: u64 = 8 << 30;
/// Precision to which the memory that a file needs is told, in bytes.
const STEP: u64 = 1 << 20;

pub(super) struct Xz {
    /// The stream being read; `None` between streams.
    stream: Option<Stream>,
    /// Most memory of the decoder, in bytes. `xz -9` needs 65 MiB, the default level 9.
    limit: u64,
}

impl Xz {
    pub(super) fn new(limit: u64) -> Result<Self, String> {
        Ok(Self { stream: Some(Self::stream(limit)?), limit })
    }

    fn stream(limit: u64) -> Result<Stream, String> {
        Stream::new_stream_decoder(limit, 0).map_err(|error| format!("no xz decoder: {error}"))
    }
}

impl Decoder for Xz {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, Damage> {
        let nothing = Progress { consumed: 0, produced: 0 };
        if self.stream.is_none() {
            // Streams are padded with zeros to four bytes (xz file format 2.2).
            let padding = input.iter().take_while(|&&byte| byte == 0).count();
            if padding > 0 || input.is_empty() {
                return Ok(Progress { consumed: padding, produced: 0 });
            }
            self.stream = Some(Self::stream(self.limit).map_err(|error| Damage::after(nothing, error))?);
        }
        let Some(stream) = &mut self.stream else { return Ok(nothing) };
        let before = (stream.total_in(), stream.total_out());
        let status = stream.process(input, output, Action::Run);
        let progress = advanced(before, (stream.total_in(), stream.total_out()));
        match status {
            Ok(Status::StreamEnd) => self.stream = None,
            Ok(_) => {}
            Err(Error::Format) => {
                self.stream = None;
                return Err(Damage::after(progress, "the bytes after an xz stream are no xz stream"));
            }
            Err(Error::MemLimit) => {
                let needed = memory_needed(stream);
                return Err(Damage::after(progress, super::too_much_memory("xz", Some(needed), self.limit)));
            }
            Err(error) => return Err(Damage::after(progress, format!("the xz data is damaged: {error}"))),
        }
        Ok(progress)
    }

    fn complete(&self) -> bool {
        self.stream.is_none()
    }
}

/// The memory that a stream which has met its limit asks for, in bytes. liblzma's binding does not tell it, but refuses
/// limits below it.
fn memory_needed(stream: &mut Stream) -> u64 {
    let (mut below, mut enough) = (0, MOST / STEP);
    while enough - below > 1 {
        let middle = below.midpoint(enough);
        if stream.set_memlimit(middle * STEP).is_ok() {
            enough = middle;
        } else {
            below = middle;
        }
    }
    enough * STEP
}
