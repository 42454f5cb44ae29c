//! The native methods of SQL functions, in the order of `NativeFunction.java`.

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass};
use jni::sys::jlong;
use netlytics_bridge::function;

use crate::entry::{enter, enter_bare, text};

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFunction_signatures<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
) -> JByteArray<'local> {
    enter(env, |env| Ok(env.byte_array_from_slice(&function::signatures()?)?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFunction_open<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    name: JByteArray<'local>,
) -> jlong {
    enter(env, |env| Ok(function::open(&text(env, &name)?)?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFunction_row<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    function: jlong,
    slots: jlong,
) {
    // SAFETY: Java keeps the slots and the texts, and does not touch them before this call returns.
    enter_bare(env, || unsafe { function::row(function, slots) });
}
