//! Squid's access.log, in its built-in formats or any `logformat`.
//!
//! Source: `squid-cache/squid`, `src/log/Format*.cc`, `src/format/{Token,Format,Quoting}.cc`, `src/hier_code.h`,
//! `src/cf.data.pre` (5.7), and the logs of a Squid 5.7. The formats before 2.0 are those of Squid's FAQ on log files.

pub(crate) mod http;
pub(crate) mod named_flows;

mod built_in;
mod code;
mod log;
mod logformat;
mod matcher;
mod mime;
mod native;
mod peer;
mod quoting;
mod row;
mod strftime;
mod undone;
