//! Tstat logs: text columns under a header that names them.
//!
//! Source: `tstat/tstat.c`, `tcp.c`, `p2p.c` (log_udp_complete), `http.c` and `log_dns.c` with `doc/*_descr.txt`, versions
//! 2.4.0 to 3.3.0.

pub(crate) mod dns;
pub(crate) mod heading;
pub(crate) mod http;
pub(crate) mod named_flows;

mod cells;
mod column;
mod dns_names;
mod dns_row;
mod file;
mod header;
mod host;
mod log;
mod number;
mod standard;
