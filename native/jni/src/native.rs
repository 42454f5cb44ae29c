//! The native methods, in the order of `Native.java`.

use std::sync::LazyLock;

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass, JLongArray, JString};
use jni::sys::{jboolean, jint, jlong};
use netlytics_bridge::handles::Handles;
use netlytics_bridge::memory;
use netlytics_bridge::scan::BridgedScan;
use netlytics_connectors::error::{Error, Kind};
use netlytics_connectors::options::ScanOptions;
use netlytics_connectors::{combine, layout, registry};

use crate::entry::{Failure, bytes, enter, text};

/// Number of the agreement between this library and the jar's classes: one more whenever a method or a layout changes.
const ABI: jint = 6;

static SCANS: LazyLock<Handles<BridgedScan>> = LazyLock::new(Handles::default);

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_abi(_env: EnvUnowned<'_>, _class: JClass<'_>) -> jint {
    ABI
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_version<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
) -> JString<'local> {
    enter(env, |env| Ok(JString::from_str(env, env!("CARGO_PKG_VERSION"))?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_describe<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    connector: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| {
        let description = registry::describe(&text(env, &connector)?)?;
        Ok(env.byte_array_from_slice(description.as_bytes())?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_layout<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    request: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| {
        let request = bytes(env, &request)?.unwrap_or_default();
        let listing = serde_json::from_slice(&request)
            .map_err(|error| Error::option(format!("The listing is not valid: {error}.")))?;
        let verdicts = layout::judge(&listing)?.into_iter().map(|verdict| verdict as u8).collect::<Vec<_>>();
        Ok(env.byte_array_from_slice(&verdicts)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_combination<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    settings: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| {
        let settings = ScanOptions::from_json(&bytes(env, &settings)?.unwrap_or_default())?;
        let Some(combination) = combine::combination(&settings)? else { return Ok(JByteArray::null()) };
        let json = serde_json::to_vec(&combination).map_err(|error| Error::new(Kind::Internal, error.to_string()))?;
        Ok(env.byte_array_from_slice(&json)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_open<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    settings: JByteArray<'local>,
    head: JByteArray<'local>,
) -> jlong {
    enter(env, |env| {
        let settings = bytes(env, &settings)?.unwrap_or_default();
        let head = bytes(env, &head)?;
        let scan = SCANS.keep(BridgedScan::open(&settings, head.as_deref())?);
        #[cfg(debug_assertions)]
        crate::faults::opened(scan, &settings);
        Ok(scan)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_step<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    scan: jlong,
    address: jlong,
    length: jint,
    end: jboolean,
    outcome: JLongArray<'local>,
) -> jint {
    enter(env, |env| {
        // SAFETY: Java keeps the buffer and does not write to it before this call returns.
        let input = unsafe { memory::bytes(address, length) }?;
        let stepped = SCANS.with(scan, |reading| {
            #[cfg(debug_assertions)]
            crate::faults::stepping(scan);
            reading.step(input, end)
        })?;
        let count = |value: usize| jlong::try_from(value).unwrap_or(jlong::MAX);
        outcome.set_region(env, 0, &[count(stepped.used), stepped.batch, count(stepped.bad_records)])?;
        Ok(stepped.outcome as jint)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_takeBadRecords<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    scan: jlong,
) -> JByteArray<'local> {
    enter(env, |env| {
        let records = SCANS.with(scan, BridgedScan::take_bad_records)?;
        Ok(env.byte_array_from_slice(&records)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_skipped<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    scan: jlong,
) -> JByteArray<'local> {
    enter(env, |env| {
        let skipped = SCANS.with(scan, |scan| scan.skipped())?;
        Ok(env.byte_array_from_slice(&skipped)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_metrics<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    scan: jlong,
    metrics: JLongArray<'local>,
) {
    enter(env, |env| {
        let counts = SCANS.with(scan, |scan| Ok(scan.metrics()))?;
        let counts = [
            counts.records,
            counts.malformed,
            counts.bytes_in,
            counts.bytes_text,
            counts.decode_nanos,
            counts.lines,
            counts.filtered_out,
            counts.batches,
        ];
        Ok(metrics.set_region(env, 0, &counts.map(u64::cast_signed))?)
    });
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_Native_close<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    scan: jlong,
) {
    enter(env, |_| -> Result<(), Failure> {
        SCANS.free(scan);
        Ok(())
    });
}
