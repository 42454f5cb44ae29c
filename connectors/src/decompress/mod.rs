//! Compressed streams, told by their first bytes and inflated step by step in bounded memory.

mod bz2;
mod gzip;
mod xz;
mod zst;

/// What one step of a decoder did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the input used up.
    pub consumed: usize,
    /// Bytes of the output written.
    pub produced: usize,
}

/// A decoder of one format. Files of several members one after the other are one stream.
pub trait Decoder: Send {
    /// Inflates from `input` into `output`. A step that neither consumes nor produces anything needs more input.
    ///
    /// # Errors
    /// The stream is damaged; the text says how.
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, String>;

    /// Whether the stream may end here: no member is half read.
    fn complete(&self) -> bool;
}

/// Compression formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

/// Bytes that [`Format::sniff`] looks at.
pub const MAGIC_BYTES: usize = 6;

impl Format {
    /// The format that a file with these first bytes has, or `None` for a plain one.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => Some(Self::Bzip2),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The format's usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
        }
    }

    /// A decoder at the start of a stream.
    ///
    /// # Errors
    /// The decoder cannot be made (memory).
    pub fn decoder(self) -> Result<Box<dyn Decoder>, String> {
        Ok(match self {
            Self::Gzip => Box::new(gzip::Gzip::new()),
            Self::Bzip2 => Box::new(bz2::Bzip2::new()),
            Self::Xz => Box::new(xz::Xz::new()?),
            Self::Zstd => Box::new(zst::Zstd::new()?),
        })
    }
}

/// The lengths that a decoder's own running totals say one step took.
#[expect(clippy::cast_possible_truncation, reason = "a step is bounded by the lengths of two slices")]
fn advanced(before: (u64, u64), after: (u64, u64)) -> Progress {
    Progress { consumed: (after.0 - before.0) as usize, produced: (after.1 - before.1) as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = include_bytes!("../../registry.json");

    /// Everything `input` holds, fed `step` bytes at a time into a buffer of 1000.
    fn decode_all(input: &[u8], step: usize) -> (Vec<u8>, Result<bool, String>) {
        let mut decoder = Format::sniff(input).unwrap().decoder().unwrap();
        let mut text = Vec::new();
        let mut output = [0; 1000];
        for mut piece in input.chunks(step) {
            loop {
                match decoder.decode(piece, &mut output) {
                    Err(error) => return (text, Err(error)),
                    Ok(Progress { consumed: 0, produced: 0 }) => break,
                    Ok(progress) => {
                        text.extend_from_slice(&output[..progress.produced]);
                        piece = &piece[progress.consumed..];
                    }
                }
            }
        }
        (text, Ok(decoder.complete()))
    }

    fn samples() -> [(Format, Vec<u8>); 4] {
        use std::io::Write as _;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(TEXT).unwrap();
        let mut bz2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
        bz2.write_all(TEXT).unwrap();
        let mut xz = liblzma::write::XzEncoder::new(Vec::new(), 6);
        xz.write_all(TEXT).unwrap();
        let mut zstd = zstd::Encoder::new(Vec::new(), 3).unwrap();
        zstd.include_checksum(true).unwrap();
        zstd.write_all(TEXT).unwrap();
        [
            (Format::Gzip, gzip.finish().unwrap()),
            (Format::Bzip2, bz2.finish().unwrap()),
            (Format::Xz, xz.finish().unwrap()),
            (Format::Zstd, zstd.finish().unwrap()),
        ]
    }

    #[test]
    fn every_format_in_pieces_of_any_size() {
        for (format, packed) in samples() {
            assert_eq!(Format::sniff(&packed), Some(format));
            for step in [1, 7, 4096] {
                assert_eq!(decode_all(&packed, step), (TEXT.to_vec(), Ok(true)), "{format:?} by {step}");
            }
        }
    }

    #[test]
    fn several_members_are_one_stream() {
        for (format, packed) in samples() {
            let twice = [packed.as_slice(), packed.as_slice()].concat();
            assert_eq!(decode_all(&twice, 100), ([TEXT, TEXT].concat(), Ok(true)), "{format:?}");
        }
    }

    #[test]
    fn a_torn_stream_gives_what_it_has_and_is_not_complete() {
        for (format, packed) in samples() {
            let (text, end) = decode_all(&packed[..packed.len() - 4], 50);
            assert!(TEXT.starts_with(&text), "{format:?}");
            assert_eq!(end, Ok(false), "{format:?}");
        }
    }

    #[test]
    fn a_damaged_stream_is_an_error() {
        for (format, mut packed) in samples() {
            let middle = packed.len() / 2;
            packed[middle..middle + 8].fill(0xff);
            let (text, end) = decode_all(&packed, 50);
            assert!(end.is_err(), "{format:?}: {end:?} after {} bytes", text.len());
        }
    }

    #[test]
    fn bytes_after_the_last_member_are_told_and_padding_is_not() {
        let packed = &samples()[0].1;
        assert_eq!(decode_all(&[packed.as_slice(), &[0; 100]].concat(), 64), (TEXT.to_vec(), Ok(true)));
        assert!(decode_all(&[packed.as_slice(), b"rubbish"].concat(), 64).1.is_err());
    }

    #[test]
    fn plain_text_is_not_compressed() {
        for plain in [b"".as_slice(), b"#separator \\x09\n", b"BZh is how this starts", b"1461576382.642"] {
            assert_eq!(Format::sniff(plain), None);
        }
    }
}
