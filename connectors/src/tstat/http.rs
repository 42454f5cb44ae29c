//! log_http_complete to rows of the HTTP table, one a line. [`crate::combine`] puts transactions together.

use netlytics_schema::Http;

use super::column::Column;
use super::file::{File, Line};
use super::header::Mark;
use super::host;
use super::log::{Kind, Row, Rows};
use super::number::SECOND;
use super::standard;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

static REQUESTS: Kind = Kind {
    name: "log_http_complete (its #C# header)",
    separator: b'\t',
    needed: &[&[Column::CIp], &[Column::TimeAbs], &[Column::Method]],
    versions: standard::REQUESTS,
};
static RESPONSES: Kind = Kind {
    name: "log_http_complete (its #S# header)",
    separator: b'\t',
    needed: &[&[Column::CIp], &[Column::TimeAbs], &[Column::Response]],
    versions: standard::RESPONSES,
};

/// Which field tells requests from responses, counted from 0.
const TELLING: usize = 5;

pub(crate) struct HttpParser {
    file: File,
    sides: Sides,
    requests_only: bool,
}

/// The two kinds of rows.
struct Sides {
    requests: Rows,
    responses: Rows,
}

/// A parser of all rows of log_http_complete.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<HttpParser, Error> {
    HttpParser::new(options, false)
}

/// The same log where responses are not wanted (`pairResponses=false`).
pub(crate) mod requests {
    use super::{Error, HttpParser, ScanOptions};

    /// A parser of the requests of log_http_complete.
    ///
    /// # Errors
    /// An option is not valid.
    pub(crate) fn parser(options: &ScanOptions) -> Result<HttpParser, Error> {
        HttpParser::new(options, true)
    }
}

impl HttpParser {
    fn new(options: &ScanOptions, requests_only: bool) -> Result<Self, Error> {
        let mut sides = Sides { requests: Rows::new(&REQUESTS), responses: Rows::new(&RESPONSES) };
        if let Some(names) = options.given.fields()? {
            sides.name(Mark::None, &names, b'\t');
        }
        Ok(Self { file: File::new(options), sides, requests_only })
    }
}

impl Sides {
    /// Takes a header. Where it has no mark its names tell which rows it is about; those of another log make all rows
    /// another log's.
    fn name(&mut self, mark: Mark, names: &[&str], separator: u8) {
        let requests = mark == Mark::Client || (mark != Mark::Server && self.requests.are_named_by(names));
        let responses = mark == Mark::Server || (mark != Mark::Client && self.responses.are_named_by(names));
        let neither = !requests && !responses;
        if requests || neither {
            self.requests.name(names.iter().copied(), separator);
        }
        if responses || neither {
            self.responses.name(names.iter().copied(), separator);
        }
    }
}

impl Parser<Http> for HttpParser {
    type Record<'l> = Message<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Message<'l>>, Fault> {
        let sides = &mut self.sides;
        let line = match self.file.line(line, |mark, names, separator| sides.name(mark, names, separator))? {
            Line::Row(line) => line,
            Line::NoRow => return Ok(Parsed::NoRecord),
        };
        let told = line.split('\t').nth(TELLING);
        let is_response = matches!(told, Some("HTTP" | "RES2"));
        let row = if is_response { self.sides.responses.row(line)? } else { self.sides.requests.row(line)? };
        // The rest of a header that went over two segments: fields of the row before, or parts of them.
        if matches!(told, Some("REQ2" | "RES2")) {
            return Ok(Parsed::Skipped("continued headers"));
        }
        if is_response && self.requests_only {
            return Ok(Parsed::Skipped("responses"));
        }
        Ok(Parsed::Record(Message { row, is_response }))
    }

    fn learn(&mut self, head: &str) {
        let sides = &mut self.sides;
        self.file.learn(head, |mark, names, separator| sides.name(mark, names, separator));
    }
}

/// A request or a response. Neither has the columns of the other.
pub(crate) struct Message<'l> {
    row: Row<'l>,
    is_response: bool,
}

impl Message<'_> {
    fn seen(&self, is_response: bool) -> Result<Value<'_>, Fault> {
        if self.is_response != is_response {
            return Ok(Value::Null);
        }
        Ok(self.row.time(Column::TimeAbs, SECOND)?.map(seconds).into())
    }

    /// What the client asked for, else what the server's address was last looked up for.
    fn host(&self) -> Option<&str> {
        let asked = self.row.text(Column::Hostname).and_then(host::without_port);
        asked.or_else(|| self.row.text(Column::Fqdn))
    }
}

impl Record<Http> for Message<'_> {
    #[inline]
    fn value(&self, column: Http) -> Result<Value<'_>, Fault> {
        let row = &self.row;
        Ok(match column {
            Http::CIp => row.text(Column::CIp).into(),
            Http::CPort => row.count(Column::CPort)?,
            Http::SIp => row.text(Column::SIp).into(),
            Http::SPort => row.count(Column::SPort)?,
            Http::ReqTime => self.seen(false)?,
            Http::Method => row.text(Column::Method).into(),
            Http::Host => self.host().into(),
            Http::Path => row.text(Column::Path).into(),
            Http::Referrer => row.text(Column::Referer).into(),
            Http::UserAgent => row.text(Column::UserAgent).into(),
            Http::ReqCookie => row.text(Column::Cookie).into(),
            Http::RespTime => self.seen(true)?,
            Http::StatusCode => row.count(Column::Response)?,
            Http::ResponseBodyLen => row.count(Column::ContentLen)?,
            Http::ContentType => row.text(Column::ContentType).into(),
            Http::Server => row.text(Column::Server).into(),
            Http::ContentRange => row.text(Column::Range).into(),
            Http::SetCookie => row.text(Column::SetCookie).into(),
            // Tstat reads no request's Content-Length.
            Http::RequestBodyLen => Value::Null,
        })
    }
}
