//! xz, of one or many streams.

use liblzma::stream::{Action, Status, Stream};

use super::{Decoder, Progress, advanced};

/// Most memory of one decoder, in bytes: what `xz -9` needs (65 MiB). The default level needs 9.
const MEMORY_LIMIT: u64 = 80 << 20;

pub(super) struct Xz {
    /// The stream being read; `None` between streams.
    stream: Option<Stream>,
}

impl Xz {
    pub(super) fn new() -> Result<Self, String> {
        Ok(Self { stream: Some(Self::stream()?) })
    }

    fn stream() -> Result<Stream, String> {
        Stream::new_stream_decoder(MEMORY_LIMIT, 0).map_err(|error| format!("no xz decoder: {error}"))
    }
}

impl Decoder for Xz {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, String> {
        if self.stream.is_none() {
            // Streams are padded with zeros to four bytes (xz file format 2.2).
            let padding = input.iter().take_while(|&&byte| byte == 0).count();
            if padding > 0 || input.is_empty() {
                return Ok(Progress { consumed: padding, produced: 0 });
            }
            self.stream = Some(Self::stream()?);
        }
        let Some(stream) = &mut self.stream else { return Ok(Progress { consumed: 0, produced: 0 }) };
        let before = (stream.total_in(), stream.total_out());
        let status =
            stream.process(input, output, Action::Run).map_err(|error| format!("the xz data is damaged: {error}"))?;
        let progress = advanced(before, (stream.total_in(), stream.total_out()));
        if status == Status::StreamEnd {
            self.stream = None;
        }
        Ok(progress)
    }

    fn complete(&self) -> bool {
        self.stream.is_none()
    }
}
