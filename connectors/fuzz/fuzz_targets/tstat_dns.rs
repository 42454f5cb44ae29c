#![no_main]

use libfuzzer_sys::fuzz_target;
use netlytics_schema::Dns;

fuzz_target!(|data: &[u8]| scanning::check::<Dns>("tstat_to_DNS/rows", &[], data));
