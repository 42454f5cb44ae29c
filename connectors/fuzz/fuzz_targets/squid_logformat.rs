#![no_main]

//! The first line of the input is a logformat, the rest a log written with it.

use libfuzzer_sys::fuzz_target;
use netlytics_schema::Http;

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|&byte| byte == b'\n').unwrap_or(data.len());
    let (format, log) = data.split_at(end);
    if let Ok(format) = std::str::from_utf8(format) {
        scanning::check::<Http>("squid_to_HTTP", &[("logformat", format)], log);
    }
});
