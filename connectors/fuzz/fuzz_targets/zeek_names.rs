#![no_main]

use libfuzzer_sys::fuzz_target;
use netlytics_schema::ZeekName;

fuzz_target!(|data: &[u8]| scanning::check::<ZeekName>("zeek_to_NamedFlows/names", &[], data));
