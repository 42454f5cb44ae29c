//! One pass over the bytes of one file or split: bytes in, Arrow batches out.

use std::time::Instant;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use memchr::memchr;

use crate::bad::{BadRecord, Fault};
use crate::decompress::{self, Decoder, Format, MAGIC_BYTES};
use crate::error::{Error, Kind};
use crate::lines::{Lines, Next};
use crate::options::{Mode, ScanOptions};
use crate::reader::{Fate, LineReader};
use crate::registry;
use crate::utf8::text_of;

/// Bytes that a decoder inflates at a time: they stay in the second-level cache.
const WINDOW: usize = 256 << 10;
/// Most text of bad records kept before they must be taken, in bytes.
const WAITING_BAD_BYTES: usize = 1 << 20;

/// What a step brought.
#[derive(Debug)]
pub enum Step {
    /// All bytes given are used; give the next.
    NeedInput,
    /// A batch of rows. The bytes not yet used must be given again.
    Batch(RecordBatch),
    /// There is nothing more: the file, the split or the limit has ended.
    Finished,
}

/// Counts of a scan so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Metrics {
    /// Lines that were records and could be read, filtered out or not.
    pub records: u64,
    /// Lines, or ends of torn streams, that could not be read.
    pub malformed: u64,
    /// Bytes given.
    pub bytes_in: u64,
    /// Bytes of text: those given, or what they inflated to.
    pub bytes_text: u64,
    /// Time spent in [`Scan::step`].
    pub decode_nanos: u64,
    /// Lines of any kind. Lines that are neither records nor malformed are headers, comments, empty, or of a kind that the
    /// table does not take ([`Scan::skipped`]).
    pub lines: u64,
    /// Records left out by the filter.
    pub filtered_out: u64,
    pub batches: u64,
}

enum Input {
    /// Not enough bytes yet to tell.
    Unknown(Vec<u8>),
    Plain,
    Packed(Inflation),
}

/// A compressed stream being inflated.
struct Inflation {
    format: Format,
    decoder: Box<dyn Decoder>,
    window: Window,
    /// Why the stream ends after the text in the window, if it is damaged there.
    damage: Option<String>,
}

/// Inflated text that is waiting to be read: `text[from..to]`.
struct Window {
    text: Vec<u8>,
    from: usize,
    to: usize,
}

/// A scan of one file or split. Feed it with [`Scan::step`].
pub struct Scan {
    input: Input,
    state: Reading,
    finished: bool,
}

/// All of the scan that deals with text.
struct Reading {
    options: ScanOptions,
    reader: Box<dyn LineReader>,
    lines: Lines,
    /// Offset in the text of the next byte to be read.
    offset: u64,
    /// Where the split ends; lines that start there or later belong to the next one.
    end: u64,
    /// Whether the line that the split before it owns is still to be skipped.
    skip_first: bool,
    /// About what the batch takes so far, in bytes.
    batch_bytes: usize,
    /// Rows still wanted.
    wanted: u64,
    /// Most memory that a decoder may take, in bytes.
    inflating_limit: u64,
    metrics: Metrics,
    skipped: Vec<(&'static str, u64)>,
    bad: Vec<BadRecord>,
    bad_text: usize,
}

/// Why reading paused.
enum Pause {
    /// The text is used up.
    TextRead,
    BatchFull,
    /// The split or the limit ended.
    End,
}

impl Scan {
    /// A scan at its start. `head` is the first part of the file when the split does not begin with it.
    ///
    /// # Errors
    /// The connector or an option is not valid.
    pub fn open(options: ScanOptions, head: Option<&[u8]>) -> Result<Self, Error> {
        let mut reader = registry::reader(&options)?;
        let inside = options.split_start > 0;
        if let Some(head) = head {
            if let Some(format) = Format::sniff(head) {
                let message =
                    format!("The file is {} though its name does not say so: it cannot be split.", format.name());
                return Err(Error::option(message).at(&options.path));
            }
            let whole = memchr::memrchr(b'\n', head).and_then(|last| head.get(..last)).unwrap_or(head);
            reader.learn(&text_of(whole));
        }
        let end =
            u64::try_from(options.split_length).map_or(u64::MAX, |length| options.split_start.saturating_add(length));
        let state = Reading {
            lines: Lines::new(options.max_line_bytes),
            reader,
            offset: options.split_start.saturating_sub(1),
            end,
            skip_first: inside,
            batch_bytes: 0,
            wanted: u64::try_from(options.limit).unwrap_or(u64::MAX),
            inflating_limit: options.given.positive(decompress::LIMIT_OPTION, decompress::DEFAULT_LIMIT)?,
            metrics: Metrics::default(),
            skipped: Vec::new(),
            bad: Vec::new(),
            bad_text: 0,
            options,
        };
        Ok(Self { input: if inside { Input::Plain } else { Input::Unknown(Vec::new()) }, state, finished: false })
    }

    /// Schema of the batches.
    #[must_use]
    pub fn schema(&self) -> SchemaRef {
        self.state.reader.schema()
    }

    /// Counts so far.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.state.metrics
    }

    /// Kinds of lines that the table does not take, each with the number of its lines so far.
    #[must_use]
    pub fn skipped(&self) -> &[(&'static str, u64)] {
        &self.state.skipped
    }

    /// Bad records kept since the last call (with `keepBadRecords`).
    pub fn take_bad_records(&mut self) -> Vec<BadRecord> {
        self.state.bad_text = 0;
        std::mem::take(&mut self.state.bad)
    }

    /// How many bad records are waiting to be taken.
    #[must_use]
    pub fn waiting_bad_records(&self) -> usize {
        self.state.bad.len()
    }

    /// Reads on in `input`, the next bytes of the file; `end` says that no more follow. Gives how many bytes were used.
    ///
    /// # Errors
    /// In `FAILFAST` mode, a record that cannot be read; in any mode, faults of ours.
    pub fn step(&mut self, input: &[u8], end: bool) -> Result<(usize, Step), Error> {
        let started = Instant::now();
        let result = if self.finished { self.state.last_batch().map(|step| (0, step)) } else { self.read(input, end) };
        let metrics = &mut self.state.metrics;
        metrics.decode_nanos += u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        if let Ok((used, step)) = &result {
            metrics.bytes_in += *used as u64;
            if !matches!(self.input, Input::Packed(_)) {
                metrics.bytes_text += *used as u64;
            }
            metrics.batches += u64::from(matches!(step, Step::Batch(_)));
        }
        result
    }

    fn read(&mut self, input: &[u8], end: bool) -> Result<(usize, Step), Error> {
        if let Input::Unknown(first) = &mut self.input {
            first.extend_from_slice(input);
            if first.len() < MAGIC_BYTES && !end {
                return Ok((input.len(), Step::NeedInput));
            }
            let first = std::mem::take(first);
            let limit = self.state.inflating_limit;
            self.input = Input::of(&first, limit).map_err(|message| Error::new(Kind::Internal, message))?;
            if first.len() > input.len() {
                // The file came in pieces of a few bytes: they are read first.
                return self.read_again(&first, input.len(), end);
            }
        }
        let (used, pause) = match &mut self.input {
            Input::Plain | Input::Unknown(_) => self.state.text(input, end)?,
            Input::Packed(inflation) => self.state.packed(inflation, input, end)?,
        };
        match pause {
            Pause::TextRead if !end => Ok((used, Step::NeedInput)),
            Pause::BatchFull => Ok((used, self.state.batch()?)),
            Pause::TextRead | Pause::End => {
                self.finished = true;
                Ok((used, self.state.last_batch()?))
            }
        }
    }

    /// Reads the first few bytes of the file when they came in several pieces. They are too few to fill a batch.
    fn read_again(&mut self, first: &[u8], used: usize, end: bool) -> Result<(usize, Step), Error> {
        let (mut from, mut step) = (0, Step::NeedInput);
        while from < first.len() && !self.finished {
            let (read, next) = self.read(first.get(from..).unwrap_or_default(), end)?;
            from += read;
            step = next;
        }
        Ok((used, step))
    }
}

impl Input {
    fn of(first: &[u8], limit: u64) -> Result<Self, String> {
        Ok(match Format::sniff(first) {
            None => Self::Plain,
            Some(format) => {
                let window = Window { text: vec![0; WINDOW], from: 0, to: 0 };
                Self::Packed(Inflation { format, decoder: format.decoder(limit)?, window, damage: None })
            }
        })
    }
}

impl Reading {
    /// Inflates and reads.
    fn packed(&mut self, inflation: &mut Inflation, input: &[u8], end: bool) -> Result<(usize, Pause), Error> {
        let Inflation { format, decoder, window, damage } = inflation;
        let mut used = 0;
        loop {
            let (read, pause) = self.text(window.text.get(window.from..window.to).unwrap_or_default(), false)?;
            window.from += read;
            if !matches!(pause, Pause::TextRead) {
                return Ok((used, pause));
            }
            if let Some(reason) = damage.take() {
                // What cannot be read comes after a whole stream: its last line is whole even without a line end.
                if decoder.complete()
                    && let (_, pause @ Pause::End) = self.text(&[], true)?
                {
                    return Ok((input.len(), pause));
                }
                self.torn(Fault::line("a whole file", reason))?;
                return Ok((input.len(), Pause::End));
            }
            let progress = match decoder.decode(input.get(used..).unwrap_or_default(), &mut window.text) {
                Ok(progress) => progress,
                Err(found) => {
                    *damage = Some(found.reason);
                    found.progress
                }
            };
            used += progress.consumed;
            (window.from, window.to) = (0, progress.produced);
            self.metrics.bytes_text += progress.produced as u64;
            if damage.is_some() || progress.consumed > 0 || progress.produced > 0 {
                continue;
            }
            if !end {
                return Ok((used, Pause::TextRead));
            }
            if decoder.complete() {
                let (_, pause) = self.text(&[], true)?;
                return Ok((used, pause));
            }
            *damage = Some(format!("the {} data ends in the middle of its stream", format.name()));
        }
    }

    /// Reads lines of `text` until it is used up, the batch is full or the split ends.
    fn text(&mut self, text: &[u8], end: bool) -> Result<(usize, Pause), Error> {
        let mut used = 0;
        loop {
            let rest = text.get(used..).unwrap_or_default();
            let start = self.offset - self.lines.partial_length() as u64;
            let (read, next) = self.lines.next(rest, end);
            match next {
                Next::Nothing => {
                    self.offset += read as u64;
                    return Ok((used + read, Pause::TextRead));
                }
                Next::Block(block) => {
                    let (read, pause) = self.block(block)?;
                    used += read;
                    self.offset += read as u64;
                    if let Some(pause) = pause {
                        return Ok((used, pause));
                    }
                }
                Next::Line | Next::TooLong => {
                    used += read;
                    self.offset += read as u64;
                    let line = self.lines.partial().to_vec();
                    let length = self.lines.partial_length();
                    self.lines.clear();
                    let too_long = (length > line.len() || length > self.options.max_line_bytes).then_some(length);
                    if let Some(pause) = self.one_line(&line, start, too_long)? {
                        return Ok((used, pause));
                    }
                }
            }
        }
    }

    /// Reads the lines of a block; gives the bytes used and why it stopped before the block's end, if it did.
    fn block(&mut self, block: &[u8]) -> Result<(usize, Option<Pause>), Error> {
        let text = simdutf8::basic::from_utf8(block).ok();
        let mut from = 0;
        while from < block.len() {
            let start = self.offset + from as u64;
            let rest = block.get(from..).unwrap_or_default();
            let length = memchr(b'\n', rest).unwrap_or(rest.len());
            let to = from + length;
            let pause = match text.and_then(|text| text.get(from..to)) {
                Some(line) => self.line(line, start)?,
                None => self.line(&text_of(rest.get(..length).unwrap_or(rest)), start)?,
            };
            if matches!(pause, Some(Pause::End)) && start >= self.end {
                return Ok((from, pause));
            }
            from = to + 1;
            if pause.is_some() {
                return Ok((from.min(block.len()), pause));
            }
        }
        Ok((block.len(), None))
    }

    fn one_line(&mut self, line: &[u8], start: u64, too_long: Option<usize>) -> Result<Option<Pause>, Error> {
        let text = text_of(line);
        let Some(length) = too_long else { return self.line(&text, start) };
        if self.skip_first || start >= self.end {
            // Another split's line: no row and no fault of this one.
            return self.line("", start);
        }
        self.metrics.lines += 1;
        let longest = self.options.max_line_bytes;
        let fault =
            Fault::line(format!("a line of at most {longest} bytes (maxLineBytes)"), format!("one of {length}"));
        self.refuse(&fault, &text, start)?;
        Ok(self.full())
    }

    /// Reads one line that starts at `start`.
    fn line(&mut self, line: &str, start: u64) -> Result<Option<Pause>, Error> {
        if self.skip_first {
            self.skip_first = false;
            return Ok(None);
        }
        if start >= self.end || self.wanted == 0 {
            return Ok(Some(Pause::End));
        }
        self.metrics.lines += 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        match self.reader.read(line, start) {
            Ok(Fate::Taken(bytes)) => {
                self.metrics.records += 1;
                self.wanted -= 1;
                self.batch_bytes += bytes;
                if self.wanted == 0 {
                    return Ok(Some(Pause::End));
                }
            }
            Ok(Fate::FilteredOut) => {
                self.metrics.records += 1;
                self.metrics.filtered_out += 1;
            }
            Ok(Fate::NoRecord) => {}
            Ok(Fate::Skipped(kind)) => self.skip(kind),
            Err(fault) => self.refuse(&fault, line, start)?,
        }
        Ok(self.full())
    }

    fn skip(&mut self, kind: &'static str) {
        match self.skipped.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, lines)) => *lines += 1,
            None => self.skipped.push((kind, 1)),
        }
    }

    fn full(&self) -> Option<Pause> {
        let full = self.reader.rows() >= self.options.batch_rows
            || self.batch_bytes >= self.options.batch_bytes
            || self.bad_text >= WAITING_BAD_BYTES;
        full.then_some(Pause::BatchFull)
    }

    /// A stream that breaks off: the line it tears, if any, is the bad record.
    fn torn(&mut self, fault: Fault) -> Result<(), Error> {
        let text = text_of(self.lines.partial()).into_owned();
        let start = self.offset - self.lines.partial_length() as u64;
        self.lines.clear();
        self.metrics.lines += u64::from(!text.is_empty());
        self.refuse(&fault, &text, start)
    }

    fn refuse(&mut self, fault: &Fault, text: &str, start: u64) -> Result<(), Error> {
        self.metrics.malformed += 1;
        let record = || BadRecord {
            path: self.options.path.clone(),
            offset: start,
            record: self.metrics.lines,
            column: fault.column.as_deref().map(str::to_owned),
            expected: fault.expected.to_string(),
            reason: fault.to_string(),
            text: text.to_owned(),
        };
        match self.options.mode {
            Mode::FailFast => return Err(record().into_error(self.options.split_start)),
            Mode::DropMalformed => {}
            Mode::Permissive => {
                if self.options.keep_bad_records {
                    let kept = record();
                    self.bad_text += kept.text.len() + kept.path.len() + kept.reason.len();
                    self.bad.push(kept);
                }
                self.reader.keep_corrupt(text, start);
                self.batch_bytes += text.len();
            }
        }
        Ok(())
    }

    fn batch(&mut self) -> Result<Step, Error> {
        self.batch_bytes = 0;
        let batch = self.reader.finish().map_err(|error| Error::new(Kind::Internal, error.to_string()))?;
        Ok(Step::Batch(batch))
    }

    fn last_batch(&mut self) -> Result<Step, Error> {
        if self.reader.rows() == 0 { Ok(Step::Finished) } else { self.batch() }
    }
}
