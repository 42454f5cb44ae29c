#![no_main]

use libfuzzer_sys::fuzz_target;
use netlytics_schema::NamedFlows;

fuzz_target!(|data: &[u8]| scanning::check::<NamedFlows>("tstat_to_NamedFlows", &[("udp", "true")], data));
