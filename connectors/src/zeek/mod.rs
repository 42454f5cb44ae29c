//! Zeek (formerly Bro) logs: ASCII with a header, or JSON.
//!
//! Source: `zeek/zeek`, `src/threading/formatters/Ascii.cc` and `JSON.cc`, `src/logging/writers/ascii/Ascii.cc`
//! (v8.2.0) and the logs of releases 2.0 to 8.2.

pub(crate) mod dns;
pub(crate) mod flows;
pub(crate) mod heading;
pub(crate) mod http;
pub(crate) mod log_name;
pub(crate) mod names;

mod ascii;
mod dialect;
mod digits;
mod escape;
mod field;
mod header;
mod json;
mod json_row;
mod log;
mod logs;
mod same_name;
mod separators;
mod skipped;
mod target;
mod times;
mod tsv_row;
