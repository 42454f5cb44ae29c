//! `http.log` to the HTTP table.

use netlytics_schema::Http;

use super::log::{Log, Row, Stream, fields};
use super::logs;
use super::target;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::value::{Record, Value};

fields! {
    TS = "ts", ORIG_H = "id.orig_h", ORIG_P = "id.orig_p", RESP_H = "id.resp_h", RESP_P = "id.resp_p",
    METHOD = "method", HOST = "host", URI = "uri", REFERRER = "referrer", USER_AGENT = "user_agent",
    REQUEST_BODY_LEN = "request_body_len", RESPONSE_BODY_LEN = "response_body_len", STATUS_CODE = "status_code",
    RESP_MIME_TYPES = "resp_mime_types", MIME_TYPE = "mime_type",
}

static STREAM: Stream = Stream { logs: &[&logs::HTTP], fields: FIELDS };

/// A parser of `http.log`.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<Log, Error> {
    Log::new(&STREAM, options)
}

impl Row<'_> {
    /// The first of the response's files has the type of the response; before 2.2 there is one field for it.
    fn content_type(&self) -> Result<Value<'_>, Fault> {
        let mut first = None;
        self.field(RESP_MIME_TYPES).members("resp_mime_types", |member| {
            if first.is_none() {
                first = member.text();
            }
            Ok(())
        })?;
        Ok(first.or_else(|| self.field(MIME_TYPE).text()).into())
    }
}

impl Record<Http> for Row<'_> {
    #[inline]
    fn value(&self, column: Http) -> Result<Value<'_>, Fault> {
        Ok(match column {
            Http::CIp => self.text(ORIG_H),
            Http::CPort => self.count(ORIG_P, "id.orig_p")?,
            Http::SIp => self.text(RESP_H),
            Http::SPort => self.count(RESP_P, "id.resp_p")?,
            Http::Method => self.text(METHOD),
            Http::Host => target::host(self.field(HOST), self.field(METHOD), self.field(URI)).into(),
            Http::Path => target::path(self.field(METHOD), self.field(URI)).into(),
            Http::Referrer => self.text(REFERRER),
            Http::UserAgent => self.text(USER_AGENT),
            Http::RequestBodyLen => self.count(REQUEST_BODY_LEN, "request_body_len")?,
            Http::ResponseBodyLen => self.count(RESPONSE_BODY_LEN, "response_body_len")?,
            Http::StatusCode => self.count(STATUS_CODE, "status_code")?,
            Http::ContentType => self.content_type()?,
            Http::ReqTime | Http::RespTime => self.field(TS).time("ts")?.map(seconds).into(),
            // Not in the log.
            Http::ContentRange | Http::ReqCookie | Http::Server | Http::SetCookie => Value::Null,
        })
    }
}
