//! access.log to the HTTP table.

use std::cell::OnceCell;

use netlytics_schema::Http;

use super::code::Code;
use super::log::AccessLog;
use super::row::Row;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::url::Target;
use crate::value::{Record, Value};

pub(crate) struct HttpParser(AccessLog);

/// A parser of access.log.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<HttpParser, Error> {
    Ok(HttpParser(AccessLog::new(options)?))
}

impl Parser<Http> for HttpParser {
    type Record<'l> = HttpRecord<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<HttpRecord<'l>>, Fault> {
        Ok(self.0.parse(line)?.map(|row| HttpRecord { row, target: OnceCell::new() }))
    }
}

/// One transaction.
pub(crate) struct HttpRecord<'l> {
    row: Row<'l>,
    target: OnceCell<Target<'l>>,
}

impl<'l> HttpRecord<'l> {
    #[inline]
    fn target(&self) -> &Target<'l> {
        self.target.get_or_init(|| self.row.target())
    }

    fn request_header(&self, code: Code, name: &str) -> Value<'_> {
        self.row.header(code, Code::RequestHeaders, name).into()
    }

    fn reply_header(&self, code: Code, name: &str) -> Value<'_> {
        self.row.header(code, Code::ReplyHeaders, name).into()
    }
}

impl Record<Http> for HttpRecord<'_> {
    #[inline]
    fn value(&self, column: Http) -> Result<Value<'_>, Fault> {
        Ok(match column {
            Http::CIp => self.row.client().into(),
            Http::CPort => self.row.count(Code::ClientPort)?.into(),
            Http::SIp => self.row.server().into(),
            Http::SPort => self.row.server_port(self.target())?.into(),
            Http::Method => self.row.text(Code::Method).into(),
            Http::Host => self.row.host(self.target()).into(),
            Http::Path => self.target().path().into(),
            Http::StatusCode => self.row.status()?.into(),
            Http::ReqTime => self.row.start()?.map(seconds).into(),
            Http::RespTime => self.row.end()?.map(seconds).into(),
            Http::ResponseBodyLen => self.row.count(Code::Size)?.into(),
            Http::ContentType => self.row.media_type().into(),
            Http::Referrer => self.request_header(Code::Referer, "Referer"),
            Http::UserAgent => self.request_header(Code::UserAgent, "User-Agent"),
            Http::ReqCookie => self.request_header(Code::Cookie, "Cookie"),
            Http::Server => self.reply_header(Code::Server, "Server"),
            Http::SetCookie => self.reply_header(Code::SetCookie, "Set-Cookie"),
            Http::ContentRange => self.reply_header(Code::ContentRange, "Content-Range"),
            // No code of Squid counts the body alone: %>st and %>sh count the chunks' frames too.
            Http::RequestBodyLen => Value::Null,
        })
    }
}
