//! Splits a line by a compiled `logformat`.
//!
//! A field ends where the text that the format has after it begins. Words cannot hold a space; fields in quotes or
//! brackets escape their end. A *loose* field (a user's name, a header of a built-in format) may hold the very text that
//! follows it: it ends where all up to the next loose field fits, and the last loose one where all up to the end of the
//! line does, looked for from the end.
//!
//! A space may follow a user's name, a URL or a media type, and each of them may hold one: such a format has several
//! *readings*, tried in order, of which one takes the user's name for loose, another the URL, another the type.

use memchr::{memchr, memchr2, memrchr};

use super::code::{CODES, Code, Shape};
use super::quoting::Quoting;
use super::strftime::Pattern;

/// Part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    from: u32,
    to: u32,
}

impl Span {
    /// No part: begins after its end.
    pub(super) const ABSENT: Self = Self { from: 1, to: 0 };

    /// The part between two byte offsets; absent in lines of more than 4 GB.
    #[inline]
    pub(super) fn new(from: usize, to: usize) -> Self {
        match (u32::try_from(from), u32::try_from(to)) {
            (Ok(from), Ok(to)) => Self { from, to },
            _ => Self::ABSENT,
        }
    }

    /// The text of this part of `line`.
    #[inline]
    pub(super) fn of(self, line: &str) -> Option<&str> {
        line.get(self.from as usize..self.to as usize)
    }
}

/// Where in a line each code's text is.
#[derive(Debug, Clone)]
pub(super) struct Spans([Span; CODES]);

impl Spans {
    pub(super) fn new() -> Self {
        Self([Span::ABSENT; CODES])
    }

    #[inline]
    pub(super) fn get(&self, code: Code) -> Span {
        self.0.get(code as usize).copied().unwrap_or(Span::ABSENT)
    }

    #[inline]
    pub(super) fn set(&mut self, code: Code, span: Span) {
        if let Some(place) = self.0.get_mut(code as usize) {
            *place = span;
        }
    }
}

/// How each code's text is written.
pub(super) type Quotings = [Quoting; CODES];

/// One field and the text after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) code: Option<Code>,
    /// As the format has it: `%>a`.
    pub(super) name: String,
    pub(super) shape: Shape,
    pub(super) is_user: bool,
    /// Spaces before it are padding (`%6tr`).
    pub(super) padded_left: bool,
    /// Spaces after it are padding (`%-6tr`).
    pub(super) padded_right: bool,
    /// Form of a time, if it is not Squid's default.
    pub(super) pattern: Option<Pattern>,
    pub(super) after: String,
}

/// What the fields that were found mean.
#[derive(Debug, Clone)]
pub(super) struct Meaning {
    pub(super) quotings: Quotings,
    /// Digits after the point that `%tu` is a count of.
    pub(super) subsecond_digits: u32,
    /// Forms of `%tl` and the one that completes it, if they are not Squid's default.
    pub(super) patterns: [Option<Pattern>; 2],
}

/// A compiled `logformat`.
#[derive(Debug, Clone)]
pub(super) struct Format {
    pub(super) text: String,
    /// Text before the first field.
    pub(super) lead: String,
    /// The fields, in the ways that they may be told apart, the likeliest first.
    pub(super) readings: Vec<Vec<Item>>,
    /// The way that tells which field a line lacks.
    pub(super) plainest: Vec<Item>,
    pub(super) meaning: Meaning,
}

/// Most ends tried for one loose field: a line with more is no record but damage, or an attack.
const MOST_TRIES: usize = 1000;

impl Format {
    /// Finds the fields of a line.
    ///
    /// # Errors
    /// The field that could not be found, as the format has it.
    #[inline]
    pub(super) fn split(&self, line: &str, spans: &mut Spans) -> Result<(), &str> {
        if !line.as_bytes().starts_with(self.lead.as_bytes()) {
            return Err(self.plainest.first().map_or("", |item| &item.name));
        }
        let is_read = self.readings.iter().any(|items| self.read(items, line, spans, Care::Shapes).is_ok());
        // A number that is none is a fault of its field, not of the line.
        if is_read { Ok(()) } else { self.read(&self.plainest, line, spans, Care::Ends) }
    }

    #[inline]
    fn read<'f>(&'f self, items: &'f [Item], line: &str, spans: &mut Spans, care: Care) -> Result<(), &'f str> {
        let bytes = line.as_bytes();
        let mut at = self.lead.len();
        let mut items = items;
        while let Some((item, rest)) = items.split_first() {
            if item.shape == Shape::Loose {
                let tight = rest.iter().take_while(|item| item.shape != Shape::Loose).count();
                let (chain, next) = rest.split_at_checked(tight).unwrap_or((rest, &[]));
                at = item.loose(bytes, at, chain, next.is_empty(), spans, care).ok_or(item.name.as_str())?;
                items = next;
            } else {
                at = item.tight(bytes, at, spans, Care::Ends).ok_or(item.name.as_str())?;
                items = rest;
            }
        }
        if at == bytes.len() { Ok(()) } else { Err("the end of the line") }
    }
}

/// What a field must fit that follows a loose one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    /// Its end must be there.
    Ends,
    /// Its text must be of its shape, too.
    Shapes,
}

impl Item {
    /// Takes a loose field and the tight ones after it; gives where they end.
    fn loose(
        &self,
        bytes: &[u8],
        at: usize,
        chain: &[Self],
        last: bool,
        spans: &mut Spans,
        care: Care,
    ) -> Option<usize> {
        let from = if self.padded_left { skip_spaces(bytes, at) } else { at };
        if self.after.is_empty() {
            let fits = chain.is_empty() && last && (care == Care::Ends || self.may_be(bytes.get(from..)));
            return fits.then(|| self.set(spans, from, bytes.len(), bytes)).map(|()| bytes.len());
        }
        let mut window = bytes.get(from..)?;
        let mut skipped = from;
        for _ in 0..MOST_TRIES {
            let found = if last { rfind(window, self.after.as_bytes()) } else { find(window, self.after.as_bytes()) }?;
            let end = skipped + found;
            let mut next =
                Some(end + self.after.len()).filter(|_| care == Care::Ends || self.may_be(bytes.get(from..end)));
            for item in chain {
                next = next.and_then(|next| item.tight(bytes, next, spans, care));
            }
            if let Some(next) = next.filter(|&next| !last || next == bytes.len()) {
                self.set(spans, from, end, bytes);
                return Some(next);
            }
            if last {
                // The texts of two ends may overlap: only the last byte of this one is given up.
                window = window.get(..found + self.after.len() - 1)?;
            } else {
                window = window.get(found + 1..)?;
                skipped = end + 1;
            }
        }
        None
    }

    /// Whether a loose field may be this text. A user's name does not end in a word `-`: then there is no user, and the
    /// words before belong to the field before.
    fn may_be(&self, text: Option<&[u8]>) -> bool {
        !self.is_user || text.is_some_and(|text| !text.ends_with(b" -"))
    }

    /// Takes a field whose end is plain to see, and the text after it; gives where that ends.
    #[inline]
    fn tight(&self, bytes: &[u8], at: usize, spans: &mut Spans, care: Care) -> Option<usize> {
        let from = if self.padded_left { skip_spaces(bytes, at) } else { at };
        let rest = bytes.get(from..)?;
        let (from, length, closing) = match self.shape {
            Shape::Word | Shape::Loose | Shape::Number | Shape::Capitals | Shape::Url | Shape::User | Shape::Media => {
                (from, self.word(rest)?, 0)
            }
            Shape::Spaced => (from, find(rest, self.after.as_bytes())?, 0),
            Shape::Digits => (from, rest.iter().take_while(|byte| byte.is_ascii_digit()).count(), 0),
            Shape::Clock => {
                (from, self.pattern.as_ref().map_or(Some(CLOCK_LENGTH), |pattern| pattern.length(rest))?, 0)
            }
            Shape::Quoted => (from, quoted(rest)?, 0),
            Shape::Bracketed => {
                let end = memchr2(b'[', b']', rest)?;
                (from, (rest.get(end) == Some(&b']')).then_some(end)?, 0)
            }
            Shape::Shell => match rest.strip_prefix(b"\"") {
                Some(inside) => (from + 1, quoted(inside)?, 1),
                None => (from, self.word(rest)?, 0),
            },
        };
        let end = from + length;
        let mut next = end + closing;
        let mut after = self.after.as_bytes();
        if self.padded_right {
            next = skip_spaces(bytes, next);
            after = after.trim_ascii_start();
        }
        next = bytes.get(next..)?.starts_with(after).then_some(next + after.len())?;
        if care == Care::Shapes && !self.shape.fits(bytes.get(from..end)?) {
            return None;
        }
        self.set(spans, from, end, bytes);
        Some(next)
    }

    /// Length of a word.
    #[inline]
    fn word(&self, rest: &[u8]) -> Option<usize> {
        let Some(&first) = self.after.as_bytes().first() else {
            let space = memchr(b' ', rest);
            return if self.padded_right { Some(space.unwrap_or(rest.len())) } else { space.xor(Some(rest.len())) };
        };
        if self.padded_right {
            return memchr2(first, b' ', rest).or(Some(rest.len()));
        }
        if first == b':' && self.code.is_some_and(Code::is_address) {
            // Colons are part of the address; only the word's last can be the format's.
            let word = rest.get(..memchr(b' ', rest).unwrap_or(rest.len()))?;
            return memrchr(b':', word);
        }
        let mut from = 0;
        loop {
            let end = from + memchr2(first, b' ', rest.get(from..)?)?;
            let there = rest.get(end..)?;
            if there.starts_with(self.after.as_bytes()) {
                return Some(end);
            }
            if there.first() == Some(&b' ') {
                return None;
            }
            from = end + 1;
        }
    }

    #[inline]
    fn set(&self, spans: &mut Spans, from: usize, to: usize, bytes: &[u8]) {
        let Some(code) = self.code else { return };
        let padding = |to: usize| {
            let field = bytes.get(from..to).unwrap_or_default();
            field.len() - field.trim_ascii_end().len()
        };
        let to = if self.padded_right && self.shape == Shape::Loose { to - padding(to) } else { to };
        spans.set(code, Span::new(from, to));
    }
}

/// Length of `21/Nov/2026:00:05:13 +0000`.
const CLOCK_LENGTH: usize = 26;

#[inline]
fn skip_spaces(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| **byte == b' ').count()
}

/// Length up to a `"` that is not escaped.
#[inline]
fn quoted(rest: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr2(b'"', b'\\', rest.get(from..)?)?;
        if rest.get(at) == Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}

/// Where `needle`, which is short, is in `haystack` first.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    loop {
        let at = from + memchr(first, haystack.get(from..)?)?;
        if haystack.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// Where `needle`, which is short, is in `haystack` last.
fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let last = *needle.last()?;
    let mut window = haystack;
    loop {
        let at = memrchr(last, window)?;
        window = window.get(..at)?;
        if haystack.get(..=at)?.ends_with(needle) {
            return Some(at + 1 - needle.len());
        }
    }
}
