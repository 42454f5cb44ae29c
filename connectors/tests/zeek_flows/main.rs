//! Flows of conn.log with the names of http.log, ssl.log and dns.log.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod brute_force;
mod cases;
mod folders;
mod logs;
mod random;
mod versions;
