//! The query log to the DNS table: a row for each query and each response.

use netlytics_schema::Dns;

use super::answers;
use super::flags;
use super::log::{Line, QueryLog};
use super::name::unescape;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::list_sink::ListSink;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

pub(crate) struct DnsParser(QueryLog);

/// A parser of the query log.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<DnsParser, Error> {
    Ok(DnsParser(QueryLog::new(options)?))
}

impl Parser<Dns> for DnsParser {
    type Record<'l> = DnsRecord<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<DnsRecord<'l>>, Fault> {
        Ok(self.0.parse(line)?.map(DnsRecord))
    }
}

/// One query or response.
pub(crate) struct DnsRecord<'l>(Line<'l>);

impl DnsRecord<'_> {
    fn is_response(&self) -> bool {
        self.0.message.code.is_some()
    }

    #[inline]
    fn time(&self) -> Result<Value<'_>, Fault> {
        Ok(self.0.clock.micros(self.0.time)?.map(seconds).into())
    }

    #[inline]
    fn client(&self) -> Result<Value<'_>, Fault> {
        let Some((address, _)) = self.0.peer else { return Ok(Value::Null) };
        if is_address(address) {
            Ok(Value::text(address))
        } else {
            Err(Fault::field("client", "an IP address", address))
        }
    }

    #[inline]
    fn client_port(&self) -> Result<Value<'_>, Fault> {
        let Some((_, text)) = self.0.peer else { return Ok(Value::Null) };
        let all_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let port = text.parse::<u16>().ok().filter(|_| all_digits);
        port.map(|port| Value::Long(port.into())).ok_or_else(|| Fault::field("port", "a port of 0 to 65535", text))
    }

    #[inline]
    fn server(&self) -> Result<Value<'_>, Fault> {
        match self.0.message.destination {
            Some(address) if !is_address(address) => Err(Fault::field("destination", "an IP address", address)),
            address => Ok(address.into()),
        }
    }
}

/// Whether the text is made as an IPv4 or IPv6 address is, maybe with its interface.
#[inline]
fn is_address(text: &str) -> bool {
    let mut bytes = text.bytes().skip_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':'));
    !text.is_empty() && !text.starts_with('%') && bytes.next().is_none_or(|byte| byte == b'%')
}

impl Record<Dns> for DnsRecord<'_> {
    #[inline]
    fn value(&self, column: Dns) -> Result<Value<'_>, Fault> {
        let message = &self.0.message;
        Ok(match column {
            Dns::CIp => self.client()?,
            Dns::CPort => self.client_port()?,
            Dns::SIp => self.server()?,
            Dns::Query => Value::Text(unescape(message.name)?),
            Dns::ReqClass => message.class.into(),
            Dns::ReqType => message.kind.into(),
            Dns::RespCode => message.code.into(),
            Dns::ReqTime if !self.is_response() => self.time()?,
            Dns::RespTime if self.is_response() => self.time()?,
            Dns::FlagsReq => message.flags.map(flags::bits).transpose()?.into(),
            Dns::FlagsResp => message.answer.map(|(flags, _)| answers::flags(flags)).transpose()?.into(),
            // The log has neither the server's port nor the message's identifier.
            Dns::ReqTime | Dns::RespTime | Dns::SPort | Dns::TransId => Value::Null,
            Dns::AnswerTtls | Dns::AnswerTypes | Dns::Answers => Value::Null,
        })
    }

    #[inline]
    fn list(&self, column: Dns, members: &mut ListSink<'_>) -> Result<(), Fault> {
        let Some((_, records)) = self.0.message.answer else { return Ok(()) };
        answers::each(records, |answer| match column {
            Dns::AnswerTtls => members.long(Some(answer.ttl)),
            Dns::AnswerTypes => members.text(Some(answer.kind)),
            _ => members.text(Some(answer.data)),
        })?;
        members.begin();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses() {
        for text in ["192.0.2.1", "::1", "2001:DB8::1", "fe80::1%eth0", "::ffff:192.0.2.1"] {
            assert!(is_address(text), "{text}");
        }
        for text in ["", "localhost", "%eth0", "192.0.2.1 ", "192.0.2.1x"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
