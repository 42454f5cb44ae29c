//! bzip2, of one or many streams.

use bzip2::{Decompress, Error, Status};

use super::{Damage, Decoder, Progress, advanced};

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
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, Damage> {
        if input.is_empty() && self.stream.is_none() {
            return Ok(Progress { consumed: 0, produced: 0 });
        }
        let stream = self.stream.get_or_insert_with(|| Decompress::new(false));
        let before = (stream.total_in(), stream.total_out());
        let status = stream.decompress(input, output);
        let progress = advanced(before, (stream.total_in(), stream.total_out()));
        match status {
            Ok(Status::StreamEnd) => self.stream = None,
            Ok(_) => {}
            Err(Error::DataMagic) => {
                self.stream = None;
                return Err(Damage::after(progress, "the bytes after a bzip2 stream are no bzip2 stream"));
            }
            Err(error) => return Err(Damage::after(progress, format!("the bzip2 data is damaged: {error}"))),
        }
        Ok(progress)
    }

    fn complete(&self) -> bool {
        self.stream.is_none()
    }
}
