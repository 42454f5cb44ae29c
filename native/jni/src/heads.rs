//! The native methods of the search for headers, in the order of `NativeHeads.java`.

use std::sync::LazyLock;

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass};
use jni::sys::{jboolean, jint, jlong};
use netlytics_bridge::handles::Handles;
use netlytics_bridge::heads::{self, BridgedHeaderSearch};
use netlytics_bridge::memory;

use crate::entry::{Failure, bytes, enter};

static SEARCHES: LazyLock<Handles<BridgedHeaderSearch>> = LazyLock::new(Handles::default);

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeHeads_open<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    settings: JByteArray<'local>,
) -> jlong {
    enter(env, |env| {
        let settings = bytes(env, &settings)?.unwrap_or_default();
        Ok(BridgedHeaderSearch::open(&settings)?.map_or(0, |search| SEARCHES.keep(search)))
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeHeads_push<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    search: jlong,
    address: jlong,
    length: jint,
) -> jboolean {
    enter(env, |_| {
        // SAFETY: Java keeps the buffer and does not write to it before this call returns.
        let input = unsafe { memory::bytes(address, length) }?;
        Ok(SEARCHES.with(search, |search| Ok(search.push(input)))?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeHeads_finish<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    search: jlong,
) -> JByteArray<'local> {
    enter(env, |env| {
        let lines = SEARCHES.with(search, BridgedHeaderSearch::finish)?;
        Ok(env.byte_array_from_slice(&lines)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeHeads_close<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    search: jlong,
) {
    enter(env, |_| -> Result<(), Failure> {
        SEARCHES.free(search);
        Ok(())
    });
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeHeads_heads<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    settings: JByteArray<'local>,
    lines: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| {
        let settings = bytes(env, &settings)?.unwrap_or_default();
        let lines = bytes(env, &lines)?.unwrap_or_default();
        Ok(env.byte_array_from_slice(&heads::heads(&settings, &lines)?)?)
    })
}
