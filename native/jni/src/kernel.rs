//! The native methods of kernels, in the order of `NativeKernel.java`.

use std::sync::LazyLock;

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass};
use jni::sys::jlong;
use netlytics_bridge::handles::Handles;
use netlytics_bridge::kernel::BridgedKernel;

use crate::entry::{Failure, bytes, enter, text};

static KERNELS: LazyLock<Handles<BridgedKernel>> = LazyLock::new(Handles::default);

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeKernel_open<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    name: JByteArray<'local>,
    params: JByteArray<'local>,
    model: JByteArray<'local>,
    schema: JByteArray<'local>,
) -> jlong {
    enter(env, |env| {
        let (name, params) = (text(env, &name)?, text(env, &params)?);
        let model = bytes(env, &model)?;
        let schema = bytes(env, &schema)?.unwrap_or_default();
        Ok(KERNELS.keep(BridgedKernel::open(&name, &params, model.as_deref(), &schema)?))
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeKernel_schema<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    kernel: jlong,
) -> JByteArray<'local> {
    enter(env, |env| {
        let schema = KERNELS.with(kernel, |kernel| kernel.schema())?;
        Ok(env.byte_array_from_slice(&schema)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeKernel_push<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    kernel: jlong,
    batch: jlong,
) -> jlong {
    // SAFETY: Java keeps the map and the values, and does not write to them before this call returns.
    enter(env, |_| Ok(KERNELS.with(kernel, |kernel| unsafe { kernel.push(batch) })?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeKernel_end<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    kernel: jlong,
) -> jlong {
    enter(env, |_| Ok(KERNELS.with(kernel, BridgedKernel::end)?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeKernel_next<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    kernel: jlong,
) -> jlong {
    enter(env, |_| Ok(KERNELS.with(kernel, BridgedKernel::ready)?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeKernel_close<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    kernel: jlong,
) {
    enter(env, |_| -> Result<(), Failure> {
        KERNELS.free(kernel);
        Ok(())
    });
}
