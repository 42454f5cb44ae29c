//! BIND 9's query log, of every release since 9.0, and the responses log of 9.20.3 and later.
//!
//! Source: `isc-projects/bind9`, `log_query()` and `log_response()` of `query.c`, `ns_client_logv()` of `client.c`,
//! `isc_log_doit()` of `log.c` at the tags of 9.0 to 9.21, and the logs of a BIND 9.18. The lines of Infoblox NIOS are
//! those of its manual, "Capturing DNS Queries and Responses".

pub(crate) mod dns;

mod answers;
mod client;
mod flags;
mod kind;
mod log;
mod message;
mod name;
mod prefix;
