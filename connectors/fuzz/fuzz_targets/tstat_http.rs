#![no_main]

use libfuzzer_sys::fuzz_target;
use netlytics_schema::Http;

fuzz_target!(|data: &[u8]| scanning::check::<Http>("tstat_to_HTTP/rows", &[], data));
