//! Network logs to Arrow record batches.
//!
//! A [`scan::Scan`] takes the bytes of one file or split, as they come, and gives batches of one Data Table. It
//! decompresses ([`decompress`]), finds lines ([`lines`]), has the tool's reader ([`zeek`], [`squid`]) parse each (without
//! what syslog daemons and container runtimes put before it: [`prefix`]), keeps what the query asked for ([`filter`],
//! [`table`], [`groups`]) and counts what could not be read ([`bad`]). Which files of a directory tree belong to a range of
//! days is [`layout`]'s, which header is in force where in a file that is cut [`heads`]'s; [`registry`] finds every
//! connector by name, and [`descriptor`] is what there is to know of one.
//!
//! Nothing here knows of JNI, Spark or Python.

pub mod bad;
pub mod bind;
pub mod civil;
pub mod combine;
pub mod decompress;
pub mod descriptor;
pub mod error;
pub mod filter;
pub mod groups;
pub mod heads;
pub mod layout;
pub mod lines;
pub mod list_sink;
pub mod nearest;
pub mod options;
pub mod prefix;
pub mod registry;
pub mod scan;
pub mod source;
pub mod squid;
pub mod table;
pub mod tstat;
pub mod value;
pub mod zeek;

mod reader;
mod url;
pub mod utf8;
