#![no_main]

use libfuzzer_sys::fuzz_target;
use netlytics_schema::ZeekFlow;

fuzz_target!(|data: &[u8]| scanning::check::<ZeekFlow>("zeek_to_NamedFlows/flows", &[], data));
