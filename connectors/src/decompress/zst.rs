//! Zstandard (RFC 8878), of one or many frames.

use zstd::stream::raw::{DParameter, Decoder as RawDecoder, InBuffer, Operation as _, OutBuffer};

use super::{Damage, Decoder, Progress};

/// Windows that the library can be told to take, as powers of two.
const WINDOW_LOGS: std::ops::RangeInclusive<u32> = 10..=31;
/// Bytes that the library asks for at the beginning of a frame (`ZSTD_FRAMEHEADERSIZE_PREFIX`).
const FRAME_START: usize = 5;
/// How the library names its errors.
const WINDOW_TOO_LARGE: &str = "Frame requires too much memory for decoding";
const NO_MAGIC: &str = "Unknown frame descriptor";

pub(super) struct Zstd {
    decoder: RawDecoder<'static>,
    frame_complete: bool,
    /// Whether a whole frame has been read.
    any: bool,
    /// Bytes of input that take the decoder to the end of the block it is in.
    wanted: usize,
    /// Whether the last step filled the output, so that inflated text may be left inside the decoder.
    output_filled: bool,
    /// Largest window, in bytes.
    limit: u64,
}

impl Zstd {
    pub(super) fn new(limit: u64) -> Result<Self, String> {
        let unusable = |error: std::io::Error| format!("no zstd decoder: {error}");
        let mut decoder = RawDecoder::new().map_err(unusable)?;
        let log = limit.checked_ilog2().unwrap_or(0).clamp(*WINDOW_LOGS.start(), *WINDOW_LOGS.end());
        decoder.set_parameter(DParameter::WindowLogMax(log)).map_err(unusable)?;
        Ok(Self { decoder, frame_complete: false, any: false, wanted: FRAME_START, output_filled: false, limit })
    }

    fn run(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, Damage> {
        let (mut from, mut to) = (InBuffer::around(input), OutBuffer::around(output));
        let remaining = self.decoder.run(&mut from, &mut to);
        let progress = Progress { consumed: from.pos(), produced: to.pos() };
        let remaining = remaining.map_err(|error| self.damage(progress, &error))?;
        self.output_filled = progress.produced == output.len();
        self.frame_complete = remaining == 0;
        self.any |= self.frame_complete;
        self.wanted = if self.frame_complete { FRAME_START } else { remaining };
        Ok(progress)
    }

    fn damage(&mut self, progress: Progress, error: &std::io::Error) -> Damage {
        match error.to_string().as_str() {
            WINDOW_TOO_LARGE => Damage::after(progress, super::too_much_memory("zstd", None, self.limit)),
            NO_MAGIC if self.any => {
                self.frame_complete = true;
                Damage::after(progress, "the bytes after a zstd frame are no zstd frame")
            }
            other => Damage::after(progress, format!("the zstd data is damaged: {other}")),
        }
    }
}

impl Decoder for Zstd {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, Damage> {
        if input.is_empty() && self.frame_complete {
            return Ok(Progress { consumed: 0, produced: 0 });
        }
        if std::mem::take(&mut self.output_filled) && !self.frame_complete {
            // Without input: a wrong checksum behind the block would lose the text that the same call hands out.
            let progress = self.run(&[], output)?;
            if progress.produced > 0 {
                return Ok(progress);
            }
        }
        // No more than one block at a time: a call that fails does not tell what it has inflated.
        self.run(input.get(..self.wanted).unwrap_or(input), output)
    }

    fn complete(&self) -> bool {
        self.frame_complete
    }
}
