//! The lines of an access.log: which format each is in, and its fields.

use super::built_in::{self, BuiltIn};
use super::code::{CODES, Code};
use super::logformat::{Writer, compile};
use super::matcher::{Format, Quotings, Spans};
use super::mime::trailing_blocks;
use super::quoting::Quoting;
use super::row::Row;
use super::{native, syslog};
use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::Parsed;

/// Built-in formats escape header blocks and nothing else.
static BUILT_IN_QUOTINGS: Quotings = {
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
    choice: Choice,
    common: Format,
    combined: Format,
    referrer: Format,
    useragent: Format,
    spans: Spans,
    /// The format that `spans` was filled by.
    last: Option<BuiltIn>,
    time_is_start: bool,
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
        Ok(Self {
            choice,
            common: built_in(built_in::COMMON)?,
            combined: built_in(built_in::COMBINED)?,
            referrer: built_in(built_in::REFERRER)?,
            useragent: built_in(built_in::USERAGENT)?,
            spans: Spans::new(),
            last: None,
            time_is_start: options.given.flag("timeIsStart", false)?,
        })
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
        if !line.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            if line.trim_ascii().is_empty() || (line.starts_with('#') && !self.may_begin_with_a_number_sign()) {
                return Ok(Parsed::NoRecord);
            }
            return self.record(syslog::strip(line.strip_prefix('\u{feff}').unwrap_or(line)));
        }
        // A time of RFC 3339 begins with a year.
        let line = if line.as_bytes().get(4) == Some(&b'-') { syslog::strip(line) } else { line };
        self.record(line)
    }

    fn may_begin_with_a_number_sign(&self) -> bool {
        let Choice::Custom(format) = &self.choice else { return false };
        let any_text_first = format.lead.is_empty() && format.items.first().is_some_and(|item| item.code.is_none());
        format.lead.starts_with('#') || any_text_first
    }

    #[inline]
    fn record<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Row<'l>>, Fault> {
        let known = match &self.choice {
            Choice::Auto => Some(BuiltIn::of(line).ok_or_else(|| unknown(line))?),
            Choice::One(format) => Some(*format),
            Choice::Custom(_) => None,
        };
        if let Some(format) = known {
            self.built_in(format, line)?;
        }
        let (quotings, subsecond_digits) = match &self.choice {
            Choice::Custom(format) => {
                without_blocks(format, line, &mut self.spans)?;
                (&format.quotings, format.subsecond_digits)
            }
            Choice::Auto | Choice::One(_) => (&BUILT_IN_QUOTINGS, None),
        };
        let time_is_start = self.time_is_start;
        Ok(Parsed::Record(Row { line, spans: &self.spans, quotings, subsecond_digits, time_is_start }))
    }

    #[inline]
    fn built_in(&mut self, format: BuiltIn, line: &str) -> Result<(), Fault> {
        if self.last != Some(format) {
            self.spans = Spans::new();
            self.last = Some(format);
        }
        match format {
            BuiltIn::Squid => native::split(line, &mut self.spans),
            BuiltIn::Common => with_blocks(&self.common, line, &mut self.spans),
            BuiltIn::Combined => with_blocks(&self.combined, line, &mut self.spans),
            BuiltIn::Referrer => without_blocks(&self.referrer, line, &mut self.spans),
            BuiltIn::UserAgent => without_blocks(&self.useragent, line, &mut self.spans),
        }
    }
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
