//! `conn.log` to the flows that other logs give names.

use netlytics_schema::ZeekFlow;

use super::log::{Log, Row, Stream, fields};
use super::logs;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

fields! {
    TS = "ts", UID = "uid", ORIG_H = "id.orig_h", ORIG_P = "id.orig_p", RESP_H = "id.resp_h", RESP_P = "id.resp_p",
    DURATION = "duration", ORIG_BYTES = "orig_bytes", RESP_BYTES = "resp_bytes", ORIG_PKTS = "orig_pkts",
    RESP_PKTS = "resp_pkts"; "conn_state", "missed_bytes"
}

static STREAM: Stream = Stream { logs: &[&logs::CONN], fields: FIELDS };

pub(crate) struct FlowsParser(Log);

/// A parser of `conn.log`.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<FlowsParser, Error> {
    Ok(FlowsParser(Log::new(&STREAM, options)?))
}

impl Parser<ZeekFlow> for FlowsParser {
    type Record<'l> = FlowRecord<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<FlowRecord<'l>>, Fault> {
        let row = match self.0.read(line)? {
            Parsed::Record(row) => row,
            Parsed::NoRecord => return Ok(Parsed::NoRecord),
            Parsed::Skipped(kind) => return Ok(Parsed::Skipped(kind)),
        };
        // Required columns: without them the line is no flow, whichever columns are asked for.
        if row.field(ORIG_H).is_missing() {
            return Err(Fault::field("id.orig_h", "the address of the client", "none"));
        }
        let Some(start) = row.field(TS).time("ts")? else {
            return Err(Fault::field("ts", "the time of the connection's first packet", "none"));
        };
        Ok(Parsed::Record(FlowRecord { row, start }))
    }

    fn learn(&mut self, head: &str) {
        self.0.learn_header(head);
    }
}

/// One connection.
pub(crate) struct FlowRecord<'l> {
    row: Row<'l>,
    /// Microseconds since the epoch.
    start: i64,
}

impl FlowRecord<'_> {
    /// Zeek leaves a count unset where nothing was counted.
    #[inline]
    fn counted(&self, wanted: usize, name: &'static str) -> Result<Value<'_>, Fault> {
        Ok(Value::Long(self.row.field(wanted).count(name)?.unwrap_or(0)))
    }

    /// A connection of one packet has no duration: it ends when it starts.
    fn end(&self) -> Result<f64, Fault> {
        let duration = self.row.field(DURATION).interval("duration")?.unwrap_or(0);
        Ok(seconds(self.start.saturating_add(duration)))
    }
}

impl Record<ZeekFlow> for FlowRecord<'_> {
    #[inline]
    fn value(&self, column: ZeekFlow) -> Result<Value<'_>, Fault> {
        Ok(match column {
            ZeekFlow::CIp => self.row.text(ORIG_H),
            ZeekFlow::CPort => self.row.count(ORIG_P, "id.orig_p")?,
            ZeekFlow::SIp => self.row.text(RESP_H),
            ZeekFlow::SPort => self.row.count(RESP_P, "id.resp_p")?,
            ZeekFlow::CBytes => self.counted(ORIG_BYTES, "orig_bytes")?,
            ZeekFlow::SBytes => self.counted(RESP_BYTES, "resp_bytes")?,
            ZeekFlow::CPkt => self.counted(ORIG_PKTS, "orig_pkts")?,
            ZeekFlow::SPkt => self.counted(RESP_PKTS, "resp_pkts")?,
            ZeekFlow::TimeStart => Value::Double(seconds(self.start)),
            ZeekFlow::TimeEnd => Value::Double(self.end()?),
            ZeekFlow::Uid => self.row.text(UID),
        })
    }
}

#[cfg(test)]
mod tests {
    use netlytics_schema::Table as _;
    use proptest::prelude::*;

    use super::*;

    const HEADER: &str = "#fields\tts\tid.orig_h\tduration\torig_bytes\tresp_pkts";

    /// Seconds as Zeek writes them.
    fn written(micros: i64) -> String {
        let sign = if micros < 0 { "-" } else { "" };
        format!("{sign}{}.{:06}", micros.abs() / 1_000_000, micros.abs() % 1_000_000)
    }

    proptest! {
        #[test]
        fn times_and_counts_are_those_written(
            start in -4_000_000_000_000_000_i64..4_000_000_000_000_000,
            duration in prop::option::of(0_i64..10_000_000_000_000), bytes in prop::option::of(0..i64::MAX),
        ) {
            let mut parser = parser(&ScanOptions::default()).ok().unwrap();
            prop_assert!(matches!(parser.parse(HEADER), Ok(Parsed::NoRecord)));
            let duration_written = duration.map_or_else(|| "-".to_owned(), written);
            let bytes_written = bytes.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
            let line = format!("{}\t10.0.0.1\t{duration_written}\t{bytes_written}\t-", written(start));
            let Ok(Parsed::Record(record)) = parser.parse(&line) else { panic!("{line}") };
            let end = seconds(start + duration.unwrap_or(0));
            prop_assert_eq!(record.value(ZeekFlow::TimeStart), Ok(Value::Double(seconds(start))));
            prop_assert_eq!(record.value(ZeekFlow::TimeEnd), Ok(Value::Double(end)));
            prop_assert_eq!(record.value(ZeekFlow::CBytes), Ok(Value::Long(bytes.unwrap_or(0))));
            prop_assert_eq!(record.value(ZeekFlow::SPkt), Ok(Value::Long(0)));
        }

        #[test]
        fn every_line_is_a_flow_or_says_why_not(fields in prop::collection::vec("[0-9.-]{0,20}|\\PC{0,9}", 4..7)) {
            let mut parser = parser(&ScanOptions::default()).ok().unwrap();
            parser.learn(HEADER);
            let line = format!("1.0\t{}", fields.join("\t"));
            match parser.parse(&line) {
                Ok(Parsed::Record(record)) => {
                    prop_assert_eq!(line.split('\t').count(), 5);
                    for &column in ZeekFlow::COLUMNS {
                        if let Err(fault) = record.value(column) {
                            prop_assert!(fault.column.is_some(), "{}", fault);
                        }
                    }
                    prop_assert!(matches!(record.value(ZeekFlow::CIp), Ok(Value::Text(_))));
                }
                Ok(_) => panic!("{line}"),
                Err(fault) => prop_assert!(fields[0] == "-" || line.split('\t').count() != 5, "{line:?}: {fault}"),
            }
        }
    }
}
