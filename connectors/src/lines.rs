//! Lines out of pieces of text that end anywhere.

use memchr::{memchr, memrchr};

/// Most text handed on as one block, in bytes: it stays in the second-level cache.
const BLOCK: usize = 64 << 10;

/// What the text fed so far has next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next<'t> {
    /// Whole lines, each with its line end, all from the text fed.
    Block(&'t [u8]),
    /// One whole line without its end, put together from several pieces or the last of the file.
    Line,
    /// A line longer than the limit: its first part.
    TooLong,
    /// All text fed is used up; the start of a line may be waiting for its rest.
    Nothing,
}

/// Finds lines and keeps the start of the one that is not complete yet.
pub struct Lines {
    partial: Vec<u8>,
    /// Length of the incomplete line, of which `partial` may hold only the first part.
    partial_length: usize,
    longest: usize,
}

impl Lines {
    /// A finder of lines of at most `longest` bytes.
    #[must_use]
    pub fn new(longest: usize) -> Self {
        Self { partial: Vec::new(), partial_length: 0, longest }
    }

    /// The next lines of `text`, and how many bytes of it they (or the kept part) used. Call [`Lines::clear`] when a
    /// `Line` or `TooLong` was taken from [`Lines::partial`].
    pub fn next<'t>(&mut self, text: &'t [u8], end: bool) -> (usize, Next<'t>) {
        if self.partial_length > 0 {
            return self.complete(text, end);
        }
        let window = text.get(..BLOCK).unwrap_or(text);
        let Some(last) = memrchr(b'\n', window).or_else(|| memchr(b'\n', text)) else {
            return self.complete(text, end);
        };
        // A block of one line that is longer than a block may be longer than the limit, too.
        if last > self.longest {
            return self.complete(text, end);
        }
        (last + 1, Next::Block(text.get(..=last).unwrap_or(text)))
    }

    fn complete<'t>(&mut self, text: &'t [u8], end: bool) -> (usize, Next<'t>) {
        let newline = memchr(b'\n', text);
        let piece = newline.and_then(|newline| text.get(..newline)).unwrap_or(text);
        let room = (self.longest + 1).saturating_sub(self.partial.len());
        self.partial.extend_from_slice(piece.get(..room).unwrap_or(piece));
        self.partial_length += piece.len();
        let used = piece.len() + usize::from(newline.is_some());
        let complete = newline.is_some() || (end && self.partial_length > 0);
        match complete {
            false => (used, Next::Nothing),
            true if self.partial_length > self.longest => (used, Next::TooLong),
            true => (used, Next::Line),
        }
    }

    /// The line that [`Next::Line`] announced, or the first part of the one that [`Next::TooLong`] did, or the start of
    /// the line that is not complete yet.
    #[must_use]
    pub fn partial(&self) -> &[u8] {
        &self.partial
    }

    /// Length of the line whose start is in [`Lines::partial`].
    #[must_use]
    pub fn partial_length(&self) -> usize {
        self.partial_length
    }

    /// Forgets the line in [`Lines::partial`].
    pub fn clear(&mut self) {
        self.partial.clear();
        self.partial_length = 0;
        // One long line should not hold its memory for the rest of the file.
        self.partial.shrink_to(BLOCK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines found when `text` comes in pieces of `step` bytes; too long ones end with `…`.
    fn lines(text: &[u8], step: usize, longest: usize) -> Vec<String> {
        let mut lines = Lines::new(longest);
        let mut found = Vec::new();
        let pieces = text.chunks(step).collect::<Vec<_>>();
        for (number, piece) in pieces.iter().enumerate() {
            let mut rest = *piece;
            loop {
                let (used, next) = lines.next(rest, number + 1 == pieces.len());
                rest = &rest[used..];
                match next {
                    Next::Nothing => break,
                    Next::Block(block) => {
                        found.extend(String::from_utf8_lossy(block).split_terminator('\n').map(str::to_owned));
                    }
                    Next::Line => {
                        found.push(String::from_utf8_lossy(lines.partial()).into_owned());
                        lines.clear();
                    }
                    Next::TooLong => {
                        found.push(format!("{}…", String::from_utf8_lossy(lines.partial())));
                        lines.clear();
                    }
                }
            }
        }
        found
    }

    #[test]
    fn long_lines_are_cut_and_the_next_is_whole() {
        assert_eq!(lines(b"ab\nabcdefgh\ncd\n", 3, 5), ["ab", "abcdef…", "cd"]);
        assert_eq!(lines(b"ab\nabcdefgh\ncd\n", 100, 5), ["ab", "abcdef…", "cd"]);
        assert_eq!(lines(b"abcdefgh", 3, 5), ["abcdef…"]);
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(text in "[ab\n]{0,60}", step in 1usize..20) {
            let expected = text.split_terminator('\n').map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(lines(text.as_bytes(), step, 1000), expected);
        }
    }
}
