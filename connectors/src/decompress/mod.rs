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

/// Why a stream cannot be inflated further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// What the failing step did before it failed: what it inflated is part of the text.
    pub progress: Progress,
    /// The reason, for people.
    pub reason: String,
}

impl Damage {
    fn after(progress: Progress, reason: impl Into<String>) -> Self {
        Self { progress, reason: reason.into() }
    }
}

/// A decoder of one format. Files of several members one after the other are one stream.
pub trait Decoder: Send {
    /// Inflates from `input` into `output`. A step that neither consumes nor produces anything needs more input.
    ///
    /// # Errors
    /// The stream is damaged, or takes more memory than it may.
    fn decode(&mut self, input: &[u8], output: &mut [u8]) -> Result<Progress, Damage>;

    /// Whether the stream may end here: no member is half read. After a [`Damage`]: whether what follows the last whole
    /// member is not a member at all.
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

/// The option with the most memory that a decoder may take, in bytes.
pub const LIMIT_OPTION: &str = "maxDecompressBytes";
/// What [`LIMIT_OPTION`] is by default: the largest window that zstd takes without being told to, and twice what `xz -9`
/// needs.
pub const DEFAULT_LIMIT: u64 = 128 << 20;

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

    /// A decoder at the start of a stream. `limit`: most memory for the dictionary of xz or the window of zstd, in bytes;
    /// the other formats need less than 4 MiB.
    ///
    /// # Errors
    /// The decoder cannot be made (memory).
    pub fn decoder(self, limit: u64) -> Result<Box<dyn Decoder>, String> {
        Ok(match self {
            Self::Gzip => Box::new(gzip::Gzip::new()),
            Self::Bzip2 => Box::new(bz2::Bzip2::new()),
            Self::Xz => Box::new(xz::Xz::new(limit)?),
            Self::Zstd => Box::new(zst::Zstd::new(limit)?),
        })
    }
}

/// The reason of a stream that needs more memory to be inflated than it may take.
fn too_much_memory(format: &str, needed: Option<u64>, limit: u64) -> String {
    // Reasons of bad records are short: what to change comes before the cut.
    match needed {
        Some(needed) => format!("{format} data that needs {needed} bytes ({LIMIT_OPTION} is {limit})"),
        None => format!("{format} data that needs more memory than {LIMIT_OPTION} ({limit})"),
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
        let mut decoder = Format::sniff(input).unwrap().decoder(DEFAULT_LIMIT).unwrap();
        let (text, end) = decode_with(decoder.as_mut(), input, step);
        (text, end.map(|()| decoder.complete()))
    }

    fn decode_with(decoder: &mut dyn Decoder, input: &[u8], step: usize) -> (Vec<u8>, Result<(), String>) {
        let mut text = Vec::new();
        let mut output = [0; 1000];
        for mut piece in input.chunks(step) {
            loop {
                match decoder.decode(piece, &mut output) {
                    Err(Damage { progress, reason }) => {
                        text.extend_from_slice(&output[..progress.produced]);
                        return (text, Err(reason));
                    }
                    Ok(Progress { consumed: 0, produced: 0 }) => break,
                    Ok(progress) => {
                        text.extend_from_slice(&output[..progress.produced]);
                        piece = &piece[progress.consumed..];
                    }
                }
            }
        }
        (text, Ok(()))
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
    fn a_wrong_checksum_loses_no_text() {
        // Offsets of the checksums from the end: gzip's before the length (RFC 1952 2.3.1), xz's before index and footer.
        for ((format, mut packed), from_end) in samples().into_iter().zip([8, 5, 28, 4]) {
            let at = packed.len() - from_end;
            packed[at] ^= 0x55;
            for step in [1, 4096, packed.len()] {
                let (text, end) = decode_all(&packed, step);
                assert!(end.is_err(), "{format:?}: {end:?}");
                assert!(text == TEXT, "{format:?} by {step}: {} of {} bytes", text.len(), TEXT.len());
            }
        }
    }

    #[test]
    fn a_frame_whose_text_ends_with_the_output_is_complete() {
        let text = TEXT.get(..10_000).unwrap();
        let packed = zstd::encode_all(text, 3).unwrap();
        assert_eq!(decode_all(&packed, packed.len()), (text.to_vec(), Ok(true)));
    }

    #[test]
    fn padding_of_gzip_is_no_fault() {
        let packed = &samples()[0].1;
        assert_eq!(decode_all(&[packed.as_slice(), &[0; 100]].concat(), 64), (TEXT.to_vec(), Ok(true)));
    }

    #[test]
    fn bytes_after_the_last_member_are_told_and_leave_it_whole() {
        for (format, packed) in samples() {
            for (rubbish, step) in [(b"rubbish of some length".as_slice(), 64), (b"rubbish of some length", 1)] {
                let mut decoder = format.decoder(DEFAULT_LIMIT).unwrap();
                let (text, end) = decode_with(decoder.as_mut(), &[&packed, rubbish].concat(), step);
                assert!(text == TEXT && decoder.complete(), "{format:?} by {step}");
                assert!(
                    end.as_ref().is_err_and(|reason| reason.starts_with("the bytes after a")),
                    "{format:?}: {end:?}"
                );
            }
        }
    }

    #[test]
    fn more_memory_than_allowed_is_no_damage() {
        use std::io::Write as _;
        let [.., (_, xz), _] = samples();
        let mut zstd = zstd::Encoder::new(Vec::new(), 3).unwrap();
        zstd.set_parameter(zstd::zstd_safe::CParameter::WindowLog(24)).unwrap();
        zstd.write_all(TEXT).unwrap();
        let zstd = zstd.finish().unwrap();
        let reason = |format: Format, packed: &[u8], limit: u64| {
            decode_with(format.decoder(limit).unwrap().as_mut(), packed, 4096).1.err()
        };
        assert_eq!(
            reason(Format::Xz, &xz, 4 << 20).unwrap(),
            "xz data that needs 9437184 bytes (maxDecompressBytes is 4194304)"
        );
        assert_eq!(reason(Format::Xz, &xz, 9 << 20), None);
        assert_eq!(
            reason(Format::Zstd, &zstd, 8 << 20).unwrap(),
            "zstd data that needs more memory than maxDecompressBytes (8388608)"
        );
        assert_eq!(reason(Format::Zstd, &zstd, 16 << 20), None);
    }

    #[test]
    fn plain_text_is_not_compressed() {
        for plain in [b"".as_slice(), b"#separator \\x09\n", b"BZh is how this starts", b"1461576382.642"] {
            assert_eq!(Format::sniff(plain), None);
        }
    }
}
