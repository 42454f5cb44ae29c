//! log_tcp_complete and log_udp_complete to the NamedFlows table.

use netlytics_schema::NamedFlows;

use super::column::Column;
use super::file::{File, Line};
use super::header::Mark;
use super::host;
use super::log::{Kind, Row, Rows};
use super::number::{MILLI, SECOND};
use super::standard;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

static FLOWS: Kind = Kind {
    name: "log_tcp_complete or log_udp_complete",
    separator: b' ',
    needed: &[&[Column::CIp], &[Column::SIp], &[Column::First, Column::FirstAbs, Column::CFirstAbs]],
    versions: standard::FLOWS,
};

pub(crate) struct FlowsParser {
    file: File,
    rows: Rows,
    udp: bool,
}

/// A parser of log_tcp_complete and, with the option `udp`, of log_udp_complete.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<FlowsParser, Error> {
    let mut rows = Rows::new(&FLOWS);
    if let Some(names) = options.given.fields()? {
        rows.name(names.into_iter(), FLOWS.separator);
    }
    Ok(FlowsParser { file: File::new(options), rows, udp: options.given.flag("udp", false)? })
}

impl Parser<NamedFlows> for FlowsParser {
    type Record<'l> = Flow<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<Flow<'l>>, Fault> {
        let rows = &mut self.rows;
        let line =
            match self.file.line(line, |_: Mark, names, separator| rows.name(names.iter().copied(), separator))? {
                Line::Row(line) => line,
                Line::NoRow => return Ok(Parsed::NoRecord),
            };
        let row = self.rows.row(line)?;
        let protocol = if row.has(Column::CFirstAbs) { Protocol::Udp } else { Protocol::Tcp };
        if protocol == Protocol::Udp && !self.udp {
            return Ok(Parsed::Skipped("UDP flows"));
        }
        Flow::new(row, protocol).map(Parsed::Record)
    }

    fn learn(&mut self, head: &str) {
        let rows = &mut self.rows;
        self.file.learn(head, |_, names, separator| rows.name(names.iter().copied(), separator));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Tcp,
    Udp,
}

/// One flow.
pub(crate) struct Flow<'l> {
    row: Row<'l>,
    protocol: Protocol,
    /// Microseconds since the epoch.
    start: i64,
}

impl<'l> Flow<'l> {
    /// Client and start are required: without them the row is no flow, whichever columns are asked for.
    #[inline]
    fn new(row: Row<'l>, protocol: Protocol) -> Result<Self, Fault> {
        if row.text(Column::CIp).is_none() {
            return Err(Fault::field(Column::CIp.name(), "the address of the client", "none"));
        }
        let column = match protocol {
            Protocol::Udp => Column::CFirstAbs,
            // Up to 2.4.0 `first` counts from the first packet that Tstat saw.
            Protocol::Tcp if row.has(Column::FirstAbs) => Column::FirstAbs,
            Protocol::Tcp => Column::First,
        };
        let start = row.time(column, MILLI)?;
        let start = start.ok_or_else(|| Fault::field(column.name(), "milliseconds since the epoch", "none"))?;
        Ok(Self { row, protocol, start })
    }

    fn end(&self) -> Result<Option<i64>, Fault> {
        match self.protocol {
            Protocol::Udp => self.end_udp().map(Some),
            Protocol::Tcp if self.row.has(Column::FirstAbs) => {
                Ok(self.row.time(Column::Durat, MILLI)?.map(|lasted| self.start.saturating_add(lasted)))
            }
            Protocol::Tcp => self.row.time(Column::Last, MILLI),
        }
    }

    /// Each side has its own first packet, in milliseconds since the epoch, and how long it sent from then on, which is
    /// in seconds. A side that sent nothing has zeros.
    fn end_udp(&self) -> Result<i64, Fault> {
        let lasted = self.row.time(Column::CDurat, SECOND)?.unwrap_or(0);
        let client = self.start.saturating_add(lasted);
        let begun = self.row.time(Column::SFirstAbs, MILLI)?.unwrap_or(0);
        let lasted = self.row.time(Column::SDurat, SECOND)?.unwrap_or(0);
        Ok(if begun > 0 { client.max(begun.saturating_add(lasted)) } else { client })
    }

    /// What the client asked for, else what the server's address was last looked up for, else the address. `c_ssl` is
    /// what `c_tls_SNI` was called up to 2.4.0.
    #[inline]
    fn name(&self) -> Option<&'l str> {
        [Column::HttpHostname, Column::CTlsSni, Column::CSsl, Column::QuicSni, Column::Fqdn]
            .into_iter()
            .find_map(|column| self.row.text(column).and_then(host::without_port))
            .or_else(|| self.row.text(Column::SIp))
    }
}

impl Record<NamedFlows> for Flow<'_> {
    #[inline]
    fn value(&self, column: NamedFlows) -> Result<Value<'_>, Fault> {
        Ok(match column {
            NamedFlows::CIp => self.row.text(Column::CIp).into(),
            NamedFlows::CPort => self.row.count(Column::CPort)?,
            NamedFlows::CBytes => self.row.count(Column::CBytesAll)?,
            NamedFlows::CPkt => self.row.count(Column::CPktsAll)?,
            NamedFlows::SIp => self.row.text(Column::SIp).into(),
            NamedFlows::SPort => self.row.count(Column::SPort)?,
            NamedFlows::SBytes => self.row.count(Column::SBytesAll)?,
            NamedFlows::SPkt => self.row.count(Column::SPktsAll)?,
            NamedFlows::Name => self.name().into(),
            NamedFlows::TimeStart => Value::Double(seconds(self.start)),
            NamedFlows::TimeEnd => self.end()?.map(seconds).into(),
        })
    }
}
