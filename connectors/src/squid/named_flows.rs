//! access.log to the NamedFlows table: each transaction is taken for a flow.

use std::cell::OnceCell;

use netlytics_schema::NamedFlows;

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

pub(crate) struct NamedFlowsParser(AccessLog);

/// A parser of access.log.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<NamedFlowsParser, Error> {
    Ok(NamedFlowsParser(AccessLog::new(options)?))
}

impl Parser<NamedFlows> for NamedFlowsParser {
    type Record<'l> = FlowRecord<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<FlowRecord<'l>>, Fault> {
        let Parsed::Record(row) = self.0.parse(line)? else { return Ok(Parsed::NoRecord) };
        // Required columns: without them the line is no flow, whichever columns are asked for.
        if row.client().is_none() {
            return Err(Fault::field(Code::Client.name(), "the address of the client", "none"));
        }
        let Some(start) = row.start()? else {
            return Err(Fault::field(Code::Seconds.name(), "the time of the transaction", "none"));
        };
        Ok(Parsed::Record(FlowRecord { row, start, target: OnceCell::new() }))
    }
}

/// One transaction.
pub(crate) struct FlowRecord<'l> {
    row: Row<'l>,
    /// Microseconds since the epoch.
    start: i64,
    target: OnceCell<Target<'l>>,
}

impl<'l> FlowRecord<'l> {
    #[inline]
    fn target(&self) -> &Target<'l> {
        self.target.get_or_init(|| self.row.target())
    }
}

impl Record<NamedFlows> for FlowRecord<'_> {
    #[inline]
    fn value(&self, column: NamedFlows) -> Result<Value<'_>, Fault> {
        Ok(match column {
            NamedFlows::CIp => self.row.client().into(),
            NamedFlows::CPort => self.row.count(Code::ClientPort)?.into(),
            NamedFlows::SIp => self.row.server().into(),
            NamedFlows::SPort => self.row.server_port(self.target())?.into(),
            NamedFlows::Name => self.row.host(self.target()).into(),
            NamedFlows::SBytes => self.row.count(Code::Size)?.into(),
            NamedFlows::TimeStart => Value::Double(seconds(self.start)),
            NamedFlows::TimeEnd => self.row.end()?.map(seconds).into(),
            // Squid counts neither packets nor what is sent to the server.
            NamedFlows::CBytes | NamedFlows::CPkt | NamedFlows::SPkt => Value::Null,
        })
    }
}
