//! The lines of an access.log: which format each is in, and its fields.

use super::built_in::{self, BuiltIn};
use super::code::{CODES, Code, Shape};
use super::logformat::{Writer, compile};
use super::matcher::{Format, Meaning, Quotings, Spans};
use super::mime::trailing_blocks;
use super::native;
use super::quoting::Quoting;
use super::row::Row;
use super::undone::Undone;
use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::prefix::{self, Clock, Envelope, Prefix};
use crate::reader::Parsed;

/// Built-in formats escape header blocks and nothing else.
static BUILT_IN: Meaning = Meaning { quotings: BUILT_IN_QUOTINGS, subsecond_digits: 3, patterns: [None, None] };

const BUILT_IN_QUOTINGS: Quotings = {
    let mut quotings = [Quoting::Raw; CODES];
    let mut code = 0;
    while let Some((_, after)) = quotings.split_at_mut_checked(code) {
        if let [quoting, ..] = after
            && (code == Code::RequestHeaders as usize || code == Code::ReplyHeaders as usize)
        {
            *quoting = Quoting::Mime;
        }
        code += 1;
    }
    quotings
};

/// How the format of a line is known.
enum Choice {
    /// By the line itself.
    Auto,
    One(BuiltIn),
    Custom(Format),
}

/// Reads the lines of a log.
pub(super) struct AccessLog {
    formats: Formats,
    /// The last line that came in a JSON object.
    envelope: Option<Envelope>,
    undone: Undone,
    clock: Clock,
    time_is_start: bool,
}

/// The formats that lines may be in, and where the fields of the last line are.
struct Formats {
    choice: Choice,
    common: Format,
    combined: Format,
    referrer: Format,
    useragent: Format,
    spans: Spans,
    /// The format that `spans` was filled by.
    last: Option<BuiltIn>,
}

impl AccessLog {
    /// A log with the user's options.
    ///
    /// # Errors
    /// An option is not valid.
    pub(super) fn new(options: &ScanOptions) -> Result<Self, Error> {
        let formats = [
            ("auto", None),
            ("squid", Some(BuiltIn::Squid)),
            ("common", Some(BuiltIn::Common)),
            ("combined", Some(BuiltIn::Combined)),
            ("referrer", Some(BuiltIn::Referrer)),
            ("useragent", Some(BuiltIn::UserAgent)),
            ("squidmime", Some(BuiltIn::Squid)),
        ];
        let format = options.given.choice("format", &formats, None)?;
        let choice = match (options.given.text("logformat"), format) {
            (Some(text), _) => Choice::Custom(compile(text, Writer::Custom)?),
            (None, Some(format)) => Choice::One(format),
            (None, None) => Choice::Auto,
        };
        let built_in = |text| compile(text, Writer::BuiltIn);
        let formats = Formats {
            choice,
            common: built_in(built_in::COMMON)?,
            combined: built_in(built_in::COMBINED)?,
            referrer: built_in(built_in::REFERRER)?,
            useragent: built_in(built_in::USERAGENT)?,
            spans: Spans::new(),
            last: None,
        };
        let (clock, time_is_start) = (Clock::new(options)?, options.given.flag("timeIsStart", false)?);
        Ok(Self { formats, envelope: None, undone: Undone::default(), clock, time_is_start })
    }

    /// Parses a line. Empty lines and lines that begin with `#` are no records.
    ///
    /// Squid writes no comments, but people do, into logs that they keep or pass on; and no line of Squid begins with
    /// `#`, for the first field of its formats is a time or an address. Only a user's format may say otherwise.
    ///
    /// # Errors
    /// The line is not in the format that it should be in.
    #[inline]
    pub(super) fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if !line.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            let is_comment = line.starts_with('#') && !self.formats.may_begin_with('#');
            if line.trim_ascii().is_empty() || is_comment || prefix::is_remark(line) {
                return Ok(Parsed::NoRecord);
            }
        }
        let Self { formats, envelope, undone, clock, time_is_start } = self;
        let found = formats.find(line, envelope, |formats, line| {
            undone.fill(line, &formats.spans, &formats.meaning().quotings);
            formats.row(line, undone, clock, None, *time_is_start).is_likely()
        })?;
        let Some((carried, line)) = found else { return Ok(Parsed::NoRecord) };
        undone.fill(line, &formats.spans, &formats.meaning().quotings);
        Ok(Parsed::Record(formats.row(line, undone, clock, carried.time, *time_is_start)))
    }
}

impl Formats {
    /// Finds the fields of a line, and what carried it to the log; `is_likely` judges the fields where there is a choice.
    /// Gives what the carriers said and Squid's own line; `None` when that is empty.
    #[inline]
    fn find<'l>(
        &mut self,
        line: &'l str,
        envelope: &'l mut Option<Envelope>,
        is_likely: impl FnMut(&Self, &str) -> bool,
    ) -> Result<Option<(Prefix<'l>, &'l str)>, Fault> {
        // Most lines begin with Squid's own time, in seconds since the epoch, or with the client's address.
        let begins_with_a_number = line.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let is_bare = begins_with_a_number && line.as_bytes().get(4) != Some(&b'-') && !self.is_custom();
        if is_bare && self.split(line).is_ok() {
            return Ok(Some((Prefix::default(), line)));
        }
        self.find_inside(line, envelope, is_likely)
    }

    fn find_inside<'l>(
        &mut self,
        line: &'l str,
        envelope: &'l mut Option<Envelope>,
        mut is_likely: impl FnMut(&Self, &str) -> bool,
    ) -> Result<Option<(Prefix<'l>, &'l str)>, Fault> {
        if self.may_begin_with('{') && self.split(line).is_ok() {
            return Ok(Some((Prefix::default(), line)));
        }
        *envelope = Envelope::open(line);
        let envelope: &'l Option<Envelope> = envelope;
        let (mut carried, mut rest) = match envelope {
            Some(envelope) => (envelope.prefix(), envelope.line()),
            None => (Prefix::default(), line),
        };
        // No line of a built-in format begins with a word that ends in a colon, so such a word is the tag of a syslog
        // daemon.
        while let Some(layer) = prefix::peel(rest).or_else(|| prefix::peel_tag(rest)) {
            // What looks like a carrier's text may be the format's own.
            let may_be_own = self.may_begin_with_a_time() || (layer.time.is_none() && self.is_custom());
            if may_be_own && self.split(rest).is_ok() && is_likely(self, rest) {
                return Ok(Some((carried, rest)));
            }
            carried.add(&layer);
            rest = layer.rest;
        }
        if carried.is_part {
            return Err(prefix::part_of_a_line(line));
        }
        if carried.carrier.is_some() && rest.trim_ascii().is_empty() {
            return Ok(None);
        }
        let rest = if self.is_custom() { rest } else { rest.trim_ascii_start() };
        self.split(rest)?;
        Ok(Some((carried, rest)))
    }

    fn is_custom(&self) -> bool {
        matches!(self.choice, Choice::Custom(_))
    }

    fn meaning(&self) -> &Meaning {
        match &self.choice {
            Choice::Custom(format) => &format.meaning,
            Choice::Auto | Choice::One(_) => &BUILT_IN,
        }
    }

    fn row<'l>(
        &'l self,
        line: &'l str,
        undone: &'l Undone,
        clock: &'l Clock,
        carried: Option<prefix::Time<'l>>,
        time_is_start: bool,
    ) -> Row<'l> {
        Row { line, spans: &self.spans, meaning: self.meaning(), undone, clock, carried, time_is_start }
    }

    /// Whether a line in this format may begin with this character, which no line of a built-in format begins with.
    fn may_begin_with(&self, character: char) -> bool {
        let Choice::Custom(format) = &self.choice else { return false };
        format.lead.starts_with(character) || (format.lead.is_empty() && begins_with_any_text(format))
    }

    /// Whether a line in this format may begin as lines do that something carried: with a time in words, or any text.
    fn may_begin_with_a_time(&self) -> bool {
        let Choice::Custom(format) = &self.choice else { return false };
        let begins_with_a_clock = format.plainest.first().is_some_and(|item| item.shape == Shape::Clock);
        !format.lead.is_empty() || begins_with_a_clock || begins_with_any_text(format)
    }

    /// Finds the fields of a line that nothing else put anything before.
    #[inline]
    fn split(&mut self, line: &str) -> Result<(), Fault> {
        let known = match &self.choice {
            Choice::Auto => BuiltIn::of(line).ok_or_else(|| unknown(line))?,
            Choice::One(format) => *format,
            Choice::Custom(format) => return without_blocks(format, line, &mut self.spans),
        };
        if self.last != Some(known) {
            self.spans = Spans::new();
            self.last = Some(known);
        }
        match known {
            BuiltIn::Squid => native::split(line, &mut self.spans),
            BuiltIn::Common => with_blocks(&self.common, line, &mut self.spans),
            BuiltIn::Combined => with_blocks(&self.combined, line, &mut self.spans),
            BuiltIn::Referrer => without_blocks(&self.referrer, line, &mut self.spans),
            BuiltIn::UserAgent => without_blocks(&self.useragent, line, &mut self.spans),
        }
    }
}

fn begins_with_any_text(format: &Format) -> bool {
    format.plainest.first().is_some_and(|item| item.code.is_none())
}

/// With `log_mime_hdrs on` these formats too end with the headers.
fn with_blocks(format: &Format, line: &str, spans: &mut Spans) -> Result<(), Fault> {
    let (end, request, reply) = trailing_blocks(line);
    without_blocks(format, line.get(..end).unwrap_or(line), spans)?;
    spans.set(Code::RequestHeaders, request);
    spans.set(Code::ReplyHeaders, reply);
    Ok(())
}

fn without_blocks(format: &Format, line: &str, spans: &mut Spans) -> Result<(), Fault> {
    format.split(line, spans).map_err(|field| mismatch(field, &format.text, line))
}

#[cold]
fn mismatch(field: &str, format: &str, line: &str) -> Fault {
    Fault { column: Some(field.to_owned().into()), ..Fault::line(format!("a line of the format {format}"), line) }
}

#[cold]
fn unknown(line: &str) -> Fault {
    Fault::line(
        "a line in Squid's squid, common, combined, referrer or useragent format (or the option logformat)",
        line,
    )
}
