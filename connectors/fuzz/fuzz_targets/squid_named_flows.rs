#![no_main]

use libfuzzer_sys::fuzz_target;
use netlytics_schema::NamedFlows;

fuzz_target!(|data: &[u8]| scanning::check::<NamedFlows>("squid_to_NamedFlows", &[], data));
