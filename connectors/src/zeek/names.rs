//! `http.log` and `ssl.log` to the names that they give connections.

use netlytics_schema::ZeekName;

use super::log::{Log, Row, Stream, fields};
use super::logs;
use super::target;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::options::ScanOptions;
use crate::reader::{Parsed, Parser};
use crate::value::{Record, Value};

fields! {
    TS = "ts", UID = "uid", HOST = "host", SERVER_NAME = "server_name", METHOD = "method", URI = "uri";
    "status_code", "request_body_len", "cipher", "established"
}

/// Both logs are read as one stream.
static STREAM: Stream = Stream { logs: &[&logs::HTTP, &logs::SSL], fields: FIELDS };

/// The place of http.log among them.
const OF_HTTP: usize = 0;

pub(crate) struct NamesParser(Log);

/// A parser of `http.log` and `ssl.log`.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<NamesParser, Error> {
    Ok(NamesParser(Log::new(&STREAM, options)?))
}

impl Parser<ZeekName> for NamesParser {
    type Record<'l> = NameRecord<'l>;

    #[inline]
    fn parse<'l>(&'l mut self, line: &'l str) -> Result<Parsed<NameRecord<'l>>, Fault> {
        Ok(self.0.read(line)?.map(|row| NameRecord { of_http: row.log == OF_HTTP, row }))
    }

    fn learn(&mut self, head: &str) {
        self.0.learn_header(head);
    }
}

/// One HTTP request or TLS handshake.
pub(crate) struct NameRecord<'l> {
    row: Row<'l>,
    of_http: bool,
}

impl Record<ZeekName> for NameRecord<'_> {
    #[inline]
    fn value(&self, column: ZeekName) -> Result<Value<'_>, Fault> {
        Ok(match column {
            ZeekName::Uid => self.row.text(UID),
            ZeekName::Rank => Value::Long(i64::from(!self.of_http)),
            ZeekName::Time => self.row.field(TS).time("ts")?.map(seconds).into(),
            // A `Host:` with nothing behind it names nobody.
            ZeekName::Name => {
                let row = &self.row;
                let name = if self.of_http {
                    target::host(row.field(HOST), row.field(METHOD), row.field(URI))
                } else {
                    row.field(SERVER_NAME).text()
                };
                name.filter(|name| !name.is_empty()).into()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn escaped(text: &str) -> String {
        text.bytes().fold(String::new(), |mut escaped, byte| {
            let _ = write!(escaped, "\\x{byte:02x}");
            escaped
        })
    }

    proptest! {
        #[test]
        fn names_are_those_meant(name in "-|\\(empty\\)|[a-z.\u{fc},]{1,12}", tls: bool, utf8: bool) {
            let mut parser = parser(&ScanOptions::default()).ok().unwrap();
            let own = if tls { "cipher\tserver_name" } else { "method\thost" };
            parser.learn(&format!("#fields\tts\tuid\t{own}\n"));
            let plain = utf8 && name != "-" && name != "(empty)";
            let line = format!("1.5\tC1\tX\t{}", if plain { name.clone() } else { escaped(&name) });
            let Ok(Parsed::Record(record)) = parser.parse(&line) else { panic!("{line}") };
            prop_assert_eq!(record.value(ZeekName::Name), Ok(Value::text(&name)));
            prop_assert_eq!(record.value(ZeekName::Rank), Ok(Value::Long(i64::from(tls))));
            prop_assert_eq!(record.value(ZeekName::Time), Ok(Value::Double(1.5)));
        }

        #[test]
        fn every_line_is_a_name_or_says_why_not(fields in prop::collection::vec("[0-9.-]{0,20}|\\PC{0,9}", 2..5)) {
            let mut parser = parser(&ScanOptions::default()).ok().unwrap();
            parser.learn("#fields\tts\tuid\tmethod\thost\n");
            let line = format!("1{}", fields.join("\t"));
            match parser.parse(&line) {
                Ok(Parsed::Record(record)) => {
                    prop_assert_eq!(line.split('\t').count(), 4);
                    let name = record.value(ZeekName::Name);
                    prop_assert!(name != Ok(Value::text("")) && name != Ok(Value::text("-")), "{line:?}");
                    if let Err(fault) = record.value(ZeekName::Time) {
                        prop_assert_eq!(fault.column.as_deref(), Some("ts"));
                    }
                }
                Ok(_) => panic!("{line}"),
                Err(fault) => prop_assert!(line.split('\t').count() != 4, "{line:?}: {fault}"),
            }
        }
    }
}
