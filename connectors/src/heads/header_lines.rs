//! Finds header lines in the bytes of a file.

use memchr::{memchr, memmem, memrchr};
use serde::{Deserialize, Serialize};

use super::heading::Heading;
use super::of_tool::heading;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::utf8::text_of;

/// One header line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderLine {
    /// Start offset of the first of the header lines that stand together with this one.
    pub block: u64,
    /// The line without its end.
    pub text: String,
}

/// Finds the header lines in a file, or in a range of it, whose bytes it is given in order: [`HeaderLines::push`], then
/// [`HeaderLines::finish`]. It keeps at most one line (`maxLineBytes`) and the header lines that change something.
pub struct HeaderLines {
    heading: Box<dyn Heading>,
    /// A line end and what a header line begins with.
    needles: Vec<memmem::Finder<'static>>,
    prefixes: Vec<String>,
    /// Bytes of the longest line that is looked at: longer ones are bad records, whatever they begin with.
    longest: usize,
    /// Offset of the next byte.
    offset: u64,
    /// Where the range ends; lines that start there or later belong to the next one.
    end: u64,
    /// The last line so far, whose end has not been seen; cut at `longest` and one byte.
    partial: Vec<u8>,
    /// Start offset of that line.
    start: u64,
    /// Whether that line belongs to the range before.
    foreign: bool,
    /// Whether the first line without a prefix is still to come.
    opening: bool,
    /// Where the last block of header lines starts and ends.
    block: (u64, u64),
    found: Vec<HeaderLine>,
    /// Offsets of needles in the bytes at hand.
    places: Vec<usize>,
}

impl HeaderLines {
    /// A finder for the whole file, or for the range that `options.split_start` and `options.split_length` name. As with
    /// scans, a range owns the lines that start in it: the first byte pushed is the one before the range (unless it starts
    /// at 0), and the bytes go on to the end of its last line at least. `None` when the connector's logs have no header.
    ///
    /// # Errors
    /// The connector or an option is not valid.
    pub fn new(options: &ScanOptions) -> Result<Option<Self>, Error> {
        let Some(heading) = heading(options)? else { return Ok(None) };
        let prefixes = heading.prefixes();
        let needles = prefixes.iter().map(|prefix| memmem::Finder::new(&format!("\n{prefix}")).into_owned()).collect();
        let inside = options.split_start > 0;
        let offset = options.split_start.saturating_sub(1);
        let length = u64::try_from(options.split_length).unwrap_or(u64::MAX);
        Ok(Some(Self {
            heading,
            needles,
            prefixes,
            longest: options.max_line_bytes,
            offset,
            end: options.split_start.saturating_add(length),
            partial: Vec::new(),
            start: offset,
            foreign: inside,
            opening: !inside,
            block: (0, 0),
            found: Vec::new(),
            places: Vec::new(),
        }))
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        let chunk = self.offset;
        self.offset += bytes.len() as u64;
        let (Some(first), Some(last)) = (memchr(b'\n', bytes), memrchr(b'\n', bytes)) else {
            self.keep(bytes);
            return;
        };
        self.keep(bytes.get(..first).unwrap_or_default());
        self.end_partial();
        // Whole lines, with the line end before the first of them.
        self.whole_lines(bytes.get(first..=last).unwrap_or_default(), chunk + first as u64);
        self.start = chunk + last as u64 + 1;
        self.keep(bytes.get(last + 1..).unwrap_or_default());
    }

    /// Whether all lines that start in the range have been pushed: further bytes change nothing.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.start >= self.end
    }

    /// The header lines of the range.
    #[must_use]
    pub fn finish(mut self) -> Vec<HeaderLine> {
        self.end_partial();
        self.found
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = self.longest.saturating_add(1).saturating_sub(self.partial.len());
        self.partial.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    fn end_partial(&mut self) {
        let line = std::mem::take(&mut self.partial);
        if !std::mem::take(&mut self.foreign) {
            self.line(&line, self.start);
        }
        self.partial = line;
        self.partial.clear();
    }

    /// Looks at lines that begin behind the line ends in `bytes`, which starts and ends with one and stands at `offset`.
    fn whole_lines(&mut self, bytes: &[u8], offset: u64) {
        let mut from = 0;
        while self.opening && from + 1 < bytes.len() {
            from += self.line_behind(bytes, from, offset);
        }
        let rest = bytes.get(from..).unwrap_or_default();
        let mut places = std::mem::take(&mut self.places);
        for needle in &self.needles {
            places.extend(needle.find_iter(rest).map(|place| from + place));
        }
        if self.needles.len() > 1 {
            places.sort_unstable();
            places.dedup();
        }
        for place in places.drain(..) {
            self.line_behind(bytes, place, offset);
        }
        self.places = places;
    }

    /// Looks at the line behind the line end at `place`; gives how far on the next line end is.
    fn line_behind(&mut self, bytes: &[u8], place: usize, offset: u64) -> usize {
        let rest = bytes.get(place + 1..).unwrap_or_default();
        let length = memchr(b'\n', rest).unwrap_or(rest.len());
        self.line(rest.get(..length).unwrap_or(rest), offset + place as u64 + 1);
        length + 1
    }

    /// Looks at one line that starts at `start`.
    fn line(&mut self, line: &[u8], start: u64) {
        if line.len() > self.longest || start >= self.end {
            return;
        }
        let end = start + line.len() as u64 + 1;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = if start == 0 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        let marked = self.prefixes.iter().any(|prefix| line.starts_with(prefix.as_bytes()));
        if line.is_empty() || !(marked || self.opening) {
            return;
        }
        let text = text_of(line);
        let matters = self.heading.matters(&text, self.opening && !marked);
        self.opening &= marked && !(matters && self.heading.names_columns(&text));
        if marked && self.block.1 == start {
            self.block.1 = end;
        } else {
            self.block = (start, end);
        }
        if matters {
            self.found.push(HeaderLine { block: self.block.0, text: text.into_owned() });
        }
    }
}
