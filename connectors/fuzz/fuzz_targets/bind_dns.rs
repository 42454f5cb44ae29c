#![no_main]

use libfuzzer_sys::fuzz_target;
use netlytics_schema::Dns;

const OPTIONS: [(&str, &str); 2] = [("timezone", "Europe/Rome"), ("syslogYear", "2026")];

fuzz_target!(|data: &[u8]| scanning::check::<Dns>("bind_to_DNS/rows", &OPTIONS, data));
