//! bzip2, of one or many streams.

use bzip2::{Decompress, Status};

use super::{Decoder, Progress, advanced};

pub(super) struct Bzip2 {
    /// The stream being read; `None` between streams.
    stream: Option<Decompress>,
}

impl Bzip2 {
    pub(super) fn new() -> Self {
        Self { stream: None }
    }
}

impl Decoder for Bzip2 {
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, String> {
        if input.is_empty() && self.stream.is_none() {
            return Ok(Progress { consumed: 0, produced: 0 });
        }
        let stream = self.stream.get_or_insert_with(|| Decompress::new(false));
        let before = (stream.total_in(), stream.total_out());
        let status = stream.decompress(input, output).map_err(|error| format!("the bzip2 data is damaged: {error}"))?;
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
