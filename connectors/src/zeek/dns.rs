//! `dns.log` to the DNS table.

use std::net::Ipv6Addr;

use netlytics_schema::Dns;

use super::field::Field;
use super::log::{Log, Row, Stream, fields};
use super::logs;
use crate::bad::Fault;
use crate::civil::seconds;
use crate::error::Error;
use crate::list_sink::ListSink;
use crate::options::ScanOptions;
use crate::value::{Record, Value};

fields! {
    TS = "ts", ORIG_H = "id.orig_h", ORIG_P = "id.orig_p", RESP_H = "id.resp_h", RESP_P = "id.resp_p",
    TRANS_ID = "trans_id", RTT = "rtt", QUERY = "query", QCLASS_NAME = "qclass_name", QTYPE_NAME = "qtype_name",
    RCODE = "rcode", RCODE_NAME = "rcode_name", AA = "AA", TC = "TC", RD = "RD", RA = "RA", ANSWERS = "answers", TTLS = "TTLs",
}

static STREAM: Stream = Stream { logs: &[&logs::DNS], fields: FIELDS };

/// Fields that are set only where a response was seen.
const OF_RESPONSE: [usize; 4] = [RTT, RCODE, RCODE_NAME, ANSWERS];

/// Bits of `flags_req` and `flags_resp`.
const FLAGS: [(usize, &str, i64); 4] = [(AA, "AA", 0x20), (TC, "TC", 0x10), (RD, "RD", RD_BIT), (RA, "RA", 0x04)];
const RD_BIT: i64 = 0x08;

/// A parser of `dns.log`.
///
/// # Errors
/// An option is not valid.
pub(crate) fn parser(options: &ScanOptions) -> Result<Log, Error> {
    Log::new(&STREAM, options)
}

/// The columns that are made of several fields.
impl Row<'_> {
    /// Whether Zeek saw a response to the query.
    fn is_answered(&self) -> bool {
        OF_RESPONSE.iter().any(|&field| !self.field(field).is_missing())
    }

    /// Null where no response was seen. One without a round-trip time is taken to come at once, as the log has no other
    /// time.
    fn response_time(&self) -> Result<Option<f64>, Fault> {
        if !self.is_answered() {
            return Ok(None);
        }
        let Some(asked) = self.field(TS).time("ts")? else { return Ok(None) };
        let rtt = self.field(RTT).interval("rtt")?.unwrap_or(0);
        Ok(Some(seconds(asked.saturating_add(rtt))))
    }

    /// Null where no response was seen: the log has flags of the query alone, too.
    fn response_flags(&self) -> Result<Option<i64>, Fault> {
        if !self.is_answered() {
            return Ok(None);
        }
        let mut bits = None;
        for (place, name, bit) in FLAGS {
            if let Some(set) = self.field(place).flag(name)? {
                *bits.get_or_insert(0) |= if set { bit } else { 0 };
            }
        }
        Ok(bits)
    }

    /// The log does not hold the types of the answers: an address is told by its form, other answers to a question for
    /// an address are names on the way to it, and other answers to a question for everything (`*`) may be anything.
    fn answer_types(&self, types: &mut ListSink<'_>) -> Result<bool, Fault> {
        let asked = self.field(QTYPE_NAME).text();
        let otherwise = match asked.as_deref() {
            Some("A" | "AAAA") => Some("CNAME"),
            Some("*" | "ANY") => None,
            asked => asked,
        };
        self.field(ANSWERS).members("answers", |answer| {
            types.text(answer.text().and_then(|answer| match answer.as_ref() {
                text if is_ipv4(text) => Some("A"),
                text if text.contains(':') && text.parse::<Ipv6Addr>().is_ok() => Some("AAAA"),
                text if text.starts_with("TXT ") => Some("TXT"),
                _ => otherwise,
            }));
            Ok(())
        })
    }
}

/// Whether the text is an IPv4 address; as [`std::net::Ipv4Addr`] decides it, in a fraction of the time.
fn is_ipv4(text: &str) -> bool {
    let (mut dots, mut value, mut digits) = (0, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if digits == 0 || value > 0 => {
                value = value * 10 + u32::from(byte - b'0');
                digits += 1;
                if value > 255 {
                    return false;
                }
            }
            b'.' if digits > 0 => {
                dots += 1;
                (value, digits) = (0, 0);
            }
            _ => return false,
        }
    }
    dots == 3 && digits > 0
}

impl Record<Dns> for Row<'_> {
    #[inline]
    fn value(&self, column: Dns) -> Result<Value<'_>, Fault> {
        Ok(match column {
            Dns::CIp => self.text(ORIG_H),
            Dns::CPort => self.count(ORIG_P, "id.orig_p")?,
            Dns::SIp => self.text(RESP_H),
            Dns::SPort => self.count(RESP_P, "id.resp_p")?,
            Dns::Query => self.text(QUERY),
            Dns::ReqClass => self.text(QCLASS_NAME),
            Dns::ReqType => self.text(QTYPE_NAME),
            Dns::RespCode => self.text(RCODE_NAME),
            Dns::TransId => self.text(TRANS_ID),
            Dns::ReqTime => self.field(TS).time("ts")?.map(seconds).into(),
            Dns::RespTime => self.response_time()?.into(),
            Dns::FlagsReq => self.field(RD).flag("RD")?.map(|desired| if desired { RD_BIT } else { 0 }).into(),
            Dns::FlagsResp => self.response_flags()?.into(),
            Dns::AnswerTtls | Dns::AnswerTypes | Dns::Answers => Value::Null,
        })
    }

    fn list(&self, column: Dns, members: &mut ListSink<'_>) -> Result<(), Fault> {
        let there = match column {
            Dns::Answers => self.field(ANSWERS).members("answers", |answer: Field<'_>| {
                members.text(answer.text().as_deref());
                Ok(())
            })?,
            Dns::AnswerTtls => self.field(TTLS).members("TTLs", |ttl| {
                members.long(ttl.interval("TTLs")?.map(|micros| micros / 1_000_000));
                Ok(())
            })?,
            Dns::AnswerTypes => self.answer_types(members)?,
            _ => false,
        };
        if there {
            members.begin();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::is_ipv4;

    proptest! {
        #[test]
        fn addresses_are_told_as_the_standard_library_does(text in "[0-9.]{0,16}|([0-9]{1,3}\\.){3}[0-9]{1,3}|\\PC{0,9}") {
            prop_assert_eq!(is_ipv4(&text), text.parse::<std::net::Ipv4Addr>().is_ok());
        }
    }
}
