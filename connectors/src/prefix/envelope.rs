//! Lines wrapped in JSON objects: Docker's `json-file` driver, `journalctl -o json`, and what collectors write.

use serde::Deserialize;
use serde_json::Value;

use super::layer::{Carrier, Prefix};
use super::syslog::Program;
use super::time::{self, Time};
use crate::utf8::text_of;

/// Length at which Docker cuts a message, in bytes. Every part but the last has just so many, and no line end.
const DOCKER_PART: usize = 16 << 10;

/// A line out of the JSON object around it, with what the object says of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Envelope {
    message: String,
    time: Option<Stamp>,
    host: Option<String>,
    program: Option<String>,
    pid: Option<String>,
    is_part: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Stamp {
    Micros(i64),
    Text(String),
}

impl Envelope {
    /// Opens a line; `None` when it is no JSON object, or one without a message.
    ///
    /// The message is the member `log` (Docker, Fluent Bit), `MESSAGE` (the journal) or `message` (collectors).
    #[must_use]
    pub fn open(line: &str) -> Option<Self> {
        // `-o json-seq` begins each object with a record separator, `-o json-sse` with a field name.
        let line = line.trim_start_matches(['\u{1e}', ' ']);
        let line = line.strip_prefix("data: ").unwrap_or(line);
        if !line.starts_with('{') {
            return None;
        }
        serde_json::from_str::<Members>(line).ok()?.into_envelope()
    }

    /// What the object says of the line.
    #[must_use]
    pub fn prefix(&self) -> Prefix<'_> {
        let time = self.time.as_ref().and_then(|stamp| match stamp {
            Stamp::Micros(micros) => Some(Time::Micros(*micros)),
            Stamp::Text(text) => time::at_start(text).map(|(time, _)| time),
        });
        let program = self.program.as_deref().map(|name| Program { name, pid: self.pid.as_deref() });
        Prefix { time, host: self.host.as_deref(), program, carrier: Some(Carrier::Json), is_part: self.is_part }
    }

    /// The line inside, without its end.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.message
    }
}

/// The members that are looked at.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Members {
    log: Option<Value>,
    #[serde(rename = "MESSAGE")]
    journal_message: Option<Value>,
    message: Option<Value>,
    time: Option<Value>,
    timestamp: Option<Value>,
    #[serde(rename = "@timestamp")]
    at_timestamp: Option<Value>,
    #[serde(rename = "_SOURCE_REALTIME_TIMESTAMP")]
    source_micros: Option<Value>,
    #[serde(rename = "__REALTIME_TIMESTAMP")]
    micros: Option<Value>,
    host: Option<Value>,
    hostname: Option<Value>,
    #[serde(rename = "_HOSTNAME")]
    journal_host: Option<Value>,
    #[serde(rename = "SYSLOG_IDENTIFIER")]
    identifier: Option<Value>,
    #[serde(rename = "_COMM")]
    command: Option<Value>,
    #[serde(rename = "SYSLOG_PID")]
    syslog_pid: Option<Value>,
    #[serde(rename = "_PID")]
    pid: Option<Value>,
}

impl Members {
    fn into_envelope(self) -> Option<Envelope> {
        let first = |values: [Option<Value>; 3]| values.into_iter().flatten().find_map(text);
        let mut message = first([self.log, self.journal_message, self.message])?;
        let has_end = message.ends_with('\n');
        message.truncate(message.trim_end_matches(['\n', '\r']).len());
        let micros = first([self.source_micros, self.micros, None]).and_then(|text| text.parse().ok());
        let stamp = || first([self.time, self.at_timestamp, self.timestamp]).map(Stamp::Text);
        Some(Envelope {
            is_part: !has_end && message.len() == DOCKER_PART,
            message,
            time: micros.map(Stamp::Micros).or_else(stamp),
            host: first([self.journal_host, self.hostname, self.host]),
            program: first([self.identifier, self.command, None]),
            pid: first([self.syslog_pid, self.pid, None]),
        })
    }
}

/// The text of a member: a string, a whole number's digits, an array of byte values (which the journal writes for what is
/// no printable UTF-8), or the member `name` of an object. The journal writes `null` for what it leaves out for its length.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => number.as_u64().map(|number| number.to_string()),
        Value::Array(members) => {
            let byte = |value: &Value| value.as_u64().and_then(|byte| u8::try_from(byte).ok());
            let bytes = members.iter().map(byte).collect::<Option<Vec<_>>>()?;
            Some(text_of(&bytes).into_owned())
        }
        Value::Object(mut members) => members.remove("name").and_then(text),
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_of_docker() {
        let line = r#"{"log":"a \"b\" \u003cc\u003e\r\n","stream":"stdout","time":"2026-11-21T00:02:50.310123456Z"}"#;
        let envelope = Envelope::open(line).unwrap();
        assert_eq!(envelope.line(), "a \"b\" <c>");
        let prefix = envelope.prefix();
        assert_eq!(prefix.time, Some(Time::Iso("2026-11-21T00:02:50.310123456Z")));
        assert_eq!((prefix.carrier, prefix.is_part), (Some(Carrier::Json), false));
    }

    #[test]
    fn parts_of_long_lines() {
        let part = |length: usize, end: &str| {
            Envelope::open(&format!(r#"{{"log":"{}{end}"}}"#, "x".repeat(length))).unwrap().prefix().is_part
        };
        assert!(part(16_384, ""));
        assert!(!part(16_384, r"\n") && !part(16_383, "") && !part(10, ""));
    }

    #[test]
    fn messages_of_the_journal() {
        let line = r#"{"__REALTIME_TIMESTAMP":"1795219370309999","_SOURCE_REALTIME_TIMESTAMP":"1795219370309123","_HOSTNAME":"ns1","SYSLOG_IDENTIFIER":"named","_PID":"6085","MESSAGE":[97,233,98]}"#;
        let envelope = Envelope::open(&format!("\u{1e}{line}")).unwrap();
        assert_eq!(envelope.line(), "a\\xe9b");
        let program = Some(Program { name: "named", pid: Some("6085") });
        let time = Some(Time::Micros(1_795_219_370_309_123));
        let (host, carrier) = (Some("ns1"), Some(Carrier::Json));
        assert_eq!(envelope.prefix(), Prefix { time, host, program, carrier, is_part: false });
        assert_eq!(Envelope::open(&format!("data: {line}")), Some(envelope));
    }

    #[test]
    fn lines_of_collectors() {
        let line = r#"{"@timestamp":"2026-11-21T00:02:50.309Z","host":{"name":"ns1"},"message":"a","x":[1,{"log":2}]}"#;
        let envelope = Envelope::open(line).unwrap();
        let prefix = envelope.prefix();
        assert_eq!((envelope.line(), prefix.host), ("a", Some("ns1")));
        assert_eq!(prefix.time, Some(Time::Iso("2026-11-21T00:02:50.309Z")));
    }

    #[test]
    fn objects_without_a_line() {
        for line in ["", "{", "{}", r#"{"log":null}"#, r#"{"MESSAGE":[256]}"#, r#"{"log":"a""#, "[1]", r#"{"msg":"a"}"#]
        {
            assert_eq!(Envelope::open(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_opened_or_not(text in any::<String>(), member in any::<String>()) {
            let _ = Envelope::open(&text);
            let line = format!("{{\"log\":{}}}", Value::from(format!("{member}\n")));
            let envelope = Envelope::open(&line).unwrap();
            prop_assert_eq!(envelope.line(), member.trim_end_matches(['\n', '\r']));
        }
    }
}
