//! Zstandard (RFC 8878), of one or many frames.

use zstd::stream::raw::{Decoder as RawDecoder, Operation as _};

use super::{Decoder, Progress};

pub(super) struct Zstd {
    decoder: RawDecoder<'static>,
    frame_complete: bool,
}

impl Zstd {
    pub(super) fn new() -> Result<Self, String> {
        let decoder = RawDecoder::new().map_err(|error| format!("no zstd decoder: {error}"))?;
        Ok(Self { decoder, frame_complete: false })
    }
}

impl Decoder for Zstd {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, String> {
        if input.is_empty() && self.frame_complete {
            return Ok(Progress { consumed: 0, produced: 0 });
        }
        let status =
            self.decoder.run_on_buffers(input, output).map_err(|error| format!("the zstd data is damaged: {error}"))?;
        let progress = Progress { consumed: status.bytes_read, produced: status.bytes_written };
        self.frame_complete = status.remaining == 0;
        Ok(progress)
    }

    fn complete(&self) -> bool {
        self.frame_complete
    }
}
