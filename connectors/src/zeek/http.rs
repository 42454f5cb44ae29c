//! `http.log` to the HTTP table.

use netlytics_schema::Http;

use super::field::seconds;
use super::log::{Log, Row, Stream, fields};
use crate::bad::Fault;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

fields! {
    TS = "ts", ORIG_H = "id.orig_h", ORIG_P = "id.orig_p", RESP_H = "id.resp_h", RESP_P = "id.resp_p",
    METHOD = "method", HOST = "host", URI = "uri", REFERRER = "referrer", USER_AGENT = "user_agent",
    REQUEST_BODY_LEN = "request_body_len", RESPONSE_BODY_LEN = "response_body_len", STATUS_CODE = "status_code",
    RESP_MIME_TYPES = "resp_mime_types", MIME_TYPE = "mime_type",
}

static STREAM: Stream = Stream { name: "http", fields: FIELDS, telling: &[METHOD, URI, STATUS_CODE] };

pub(crate) struct HttpParser(Log);

/// A parser of `http.log`.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<HttpParser, Error> {
    Ok(HttpParser(Log::new(&STREAM, options)?))
}

impl Parser<Http> for HttpParser {
    type Record<'l> = HttpRecord<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<HttpRecord<'l>>, Fault> {
        Ok(match self.0.parse(line)? {
            Parsed::Record(row) => Parsed::Record(HttpRecord(row)),
            Parsed::NoRecord => Parsed::NoRecord,
        })
    }

    fn learn(&mut self, head: &str) {
        self.0.learn(head);
    }
}

/// One transaction.
pub(crate) struct HttpRecord<'l>(Row<'l>);

impl HttpRecord<'_> {
    #[inline]
    fn count(&self, place: usize, name: &'static str) -> Result<Value<'_>, Fault> {
        Ok(self.0.field(place).count(name)?.into())
    }

    #[inline]
    fn text(&self, place: usize) -> Value<'_> {
        self.0.field(place).text().into()
    }

    /// The first of the response's files has the type of the response; before 2.2 there is one field for it.
    fn content_type(&self) -> Result<Value<'_>, Fault> {
        let mut first = None;
        self.0.field(RESP_MIME_TYPES).members("resp_mime_types", |member| {
            if first.is_none() {
                first = member.text();
            }
            Ok(())
        })?;
        Ok(first.or_else(|| self.0.field(MIME_TYPE).text()).into())
    }
}

impl Record<Http> for HttpRecord<'_> {
    #[inline]
    fn value(&self, column: Http) -> Result<Value<'_>, Fault> {
        Ok(match column {
            Http::CIp => self.text(ORIG_H),
            Http::CPort => self.count(ORIG_P, "id.orig_p")?,
            Http::SIp => self.text(RESP_H),
            Http::SPort => self.count(RESP_P, "id.resp_p")?,
            Http::Method => self.text(METHOD),
            Http::Host => self.text(HOST),
            Http::Path => self.text(URI),
            Http::Referrer => self.text(REFERRER),
            Http::UserAgent => self.text(USER_AGENT),
            Http::RequestBodyLen => self.count(REQUEST_BODY_LEN, "request_body_len")?,
            Http::ResponseBodyLen => self.count(RESPONSE_BODY_LEN, "response_body_len")?,
            Http::StatusCode => self.count(STATUS_CODE, "status_code")?,
            Http::ContentType => self.content_type()?,
            Http::ReqTime | Http::RespTime => self.0.field(TS).time("ts")?.map(seconds).into(),
            // Not in the log.
            Http::ContentRange | Http::ReqCookie | Http::Server | Http::SetCookie => Value::Null,
        })
    }
}
