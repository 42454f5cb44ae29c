//! log_dns_complete to rows of the DNS table, one a line. [`crate::combine`] puts exchanges together.

use std::borrow::Cow;

use netlytics_schema::Dns;

use super::column::Column;
use super::dns_names;
use super::dns_row::{DnsRow, Entry, bits};
use super::file::{File, Line};
use super::log::{Kind, Rows};
use super::number::{self, MILLI, SECOND};
use super::standard;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::list_sink::ListSink;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

static DNS: Kind = Kind {
    name: "log_dns_complete",
    separator: b' ',
    needed: &[&[Column::CIp], &[Column::Time], &[Column::Entry], &[Column::Query]],
    versions: standard::DNS,
};

/// Times from here on are milliseconds, not seconds (the year 5138 in seconds, 1973 in milliseconds).
const LEAST_MILLIS: i64 = 100_000_000_000 * MILLI;

pub(crate) struct DnsParser {
    file: File,
    rows: Rows,
}

/// A parser of log_dns_complete.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<DnsParser, Error> {
    let mut rows = Rows::new(&DNS);
    if let Some(names) = options.given.fields()? {
        rows.name(names.into_iter(), DNS.separator);
    }
    Ok(DnsParser { file: File::new(options), rows })
}

impl Parser<Dns> for DnsParser {
    type Record<'l> = DnsRow<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<DnsRow<'l>>, Fault> {
        let rows = &mut self.rows;
        let line = match self.file.line(line, |_, names, separator| rows.name(names.iter().copied(), separator))? {
            Line::Row(line) => line,
            Line::NoRow => return Ok(Parsed::NoRecord),
        };
        let found = rows.find(line)?;
        let cells = rows.cells()?;
        let row = if found == cells.width() {
            DnsRow::new(&rows.found(line)?)?
        } else {
            DnsRow::recover(line, cells).ok_or_else(|| rows.wrong_width(found))?
        };
        Ok(Parsed::Record(row))
    }

    fn learn(&mut self, head: &str) {
        let rows = &mut self.rows;
        self.file.learn(head, |_, names, separator| rows.name(names.iter().copied(), separator));
    }
}

impl DnsRow<'_> {
    /// The time, if the row is of one of these entries.
    fn seen(&self, is_request: bool) -> Result<Value<'_>, Fault> {
        let Some(text) = self.time.filter(|_| (self.entry == Entry::Request) == is_request) else {
            return Ok(Value::Null);
        };
        let millis = number::time(text, MILLI, Column::Time)?;
        // What the layouts before 3.2 count in is not written down.
        let micros =
            if self.in_millis || millis >= LEAST_MILLIS { millis } else { number::time(text, SECOND, Column::Time)? };
        Ok(Value::Double(seconds(micros)))
    }

    fn query(&self) -> Option<Cow<'_, str>> {
        self.query.map(|query| match self.entry {
            Entry::Request | Entry::Error => dns_names::question(query),
            Entry::Response => dns_names::owner(query),
        })
    }

    /// Hexadecimal since the branch of 2016, decimal in the first version of 2018: decimal, as other sources have it.
    fn trans_id(&self) -> Result<Value<'_>, Fault> {
        let Some(text) = self.trans_id else { return Ok(Value::Null) };
        let id = bits(text).ok_or_else(|| Fault::field(Column::TransId.name(), "a number like 0x1a2b", text))?;
        Ok(Value::Text(Cow::Owned(id.to_string())))
    }

    fn response_code(&self) -> Option<&str> {
        match self.entry {
            Entry::Request => None,
            // Any other code makes a row of the other kind.
            Entry::Response => Some("NOERROR"),
            Entry::Error => self.answer,
        }
    }

    /// The text, if the row is of such an entry.
    fn of_request<'r>(&self, text: Option<&'r str>, is_request: bool) -> Option<&'r str> {
        text.filter(|_| (self.entry == Entry::Request) == is_request)
    }
}

fn port(text: Option<&str>, column: Column) -> Result<Value<'_>, Fault> {
    text.map_or(Ok(Value::Null), |text| number::whole(text, column).map(Value::Long))
}

impl Record<Dns> for DnsRow<'_> {
    #[inline]
    fn value(&self, column: Dns) -> Result<Value<'_>, Fault> {
        Ok(match column {
            Dns::CIp => self.c_ip.into(),
            Dns::CPort => port(self.c_port, Column::CPort)?,
            Dns::SIp => self.s_ip.into(),
            Dns::SPort => port(self.s_port, Column::SPort)?,
            Dns::TransId => self.trans_id()?,
            Dns::Query => self.query().into(),
            Dns::ReqTime => self.seen(true)?,
            Dns::RespTime => self.seen(false)?,
            Dns::ReqClass => self.of_request(self.class, true).into(),
            Dns::ReqType => self.of_request(self.kind, true).into(),
            Dns::FlagsReq => self.of_request(self.flags, true).and_then(bits).into(),
            Dns::FlagsResp => self.of_request(self.flags, false).and_then(bits).into(),
            Dns::RespCode => self.response_code().into(),
            Dns::AnswerTtls | Dns::AnswerTypes | Dns::Answers => Value::Null,
        })
    }

    fn list(&self, column: Dns, members: &mut ListSink<'_>) -> Result<(), Fault> {
        if self.entry != Entry::Response {
            return Ok(());
        }
        match column {
            Dns::Answers => {
                let data = self.answer.map(|answer| dns_names::data(answer, self.kind));
                members.text(data.as_deref());
            }
            Dns::AnswerTtls => {
                let ttl = self.ttl.map(|ttl| number::whole(ttl, Column::Ttl)).transpose()?;
                members.long(ttl);
            }
            Dns::AnswerTypes => members.text(self.kind),
            _ => return Ok(()),
        }
        members.begin();
        Ok(())
    }
}
