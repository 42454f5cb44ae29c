//! The native methods of fits and their passes, in the order of `NativeFit.java` and `NativePass.java`.

use std::sync::LazyLock;

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass};
use jni::sys::{jboolean, jlong};
use netlytics_bridge::fit::{BridgedFit, BridgedPass};
use netlytics_bridge::handles::Handles;

use crate::entry::{Failure, bytes, enter, text};

static FITS: LazyLock<Handles<BridgedFit>> = LazyLock::new(Handles::default);
static PASSES: LazyLock<Handles<BridgedPass>> = LazyLock::new(Handles::default);

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFit_open<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    name: JByteArray<'local>,
    params: JByteArray<'local>,
    schema: JByteArray<'local>,
    state: JByteArray<'local>,
) -> jlong {
    enter(env, |env| {
        let (name, params) = (text(env, &name)?, text(env, &params)?);
        let schema = bytes(env, &schema)?.unwrap_or_default();
        let state = bytes(env, &state)?;
        Ok(FITS.keep(BridgedFit::open(&name, &params, &schema, state)?))
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFit_isOnePass<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    fit: jlong,
) -> jboolean {
    enter(env, |_| Ok(FITS.with(fit, |fit| Ok(fit.is_one_pass()))?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFit_state<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    fit: jlong,
) -> JByteArray<'local> {
    enter(env, |env| {
        let state = FITS.with(fit, |fit| Ok(fit.state().to_vec()))?;
        Ok(env.byte_array_from_slice(&state)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFit_told<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    fit: jlong,
) -> JByteArray<'local> {
    enter(env, |env| {
        let told = FITS.with(fit, |fit| Ok(fit.told().to_owned()))?;
        Ok(env.byte_array_from_slice(told.as_bytes())?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFit_merge<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    fit: jlong,
    left: JByteArray<'local>,
    right: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| {
        let left = bytes(env, &left)?.unwrap_or_default();
        let right = bytes(env, &right)?.unwrap_or_default();
        let merged = FITS.with(fit, |fit| fit.merge(&left, &right))?;
        Ok(env.byte_array_from_slice(&merged)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFit_advance<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    fit: jlong,
    partial: JByteArray<'local>,
) -> jboolean {
    enter(env, |env| {
        let partial = bytes(env, &partial)?.unwrap_or_default();
        Ok(FITS.with(fit, |fit| fit.advance(&partial))?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeFit_close<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    fit: jlong,
) {
    enter(env, |_| -> Result<(), Failure> {
        FITS.free(fit);
        Ok(())
    });
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativePass_open<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    name: JByteArray<'local>,
    params: JByteArray<'local>,
    schema: JByteArray<'local>,
    state: JByteArray<'local>,
) -> jlong {
    enter(env, |env| {
        let (name, params) = (text(env, &name)?, text(env, &params)?);
        let schema = bytes(env, &schema)?.unwrap_or_default();
        let state = bytes(env, &state)?.unwrap_or_default();
        Ok(PASSES.keep(BridgedPass::open(&name, &params, &schema, &state)?))
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativePass_reserve<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    pass: jlong,
    length: jlong,
) -> jlong {
    enter(env, |_| Ok(PASSES.with(pass, |pass| pass.reserve(length))?))
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativePass_push<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    pass: jlong,
) {
    enter(env, |_| Ok(PASSES.with(pass, BridgedPass::push)?));
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativePass_finish<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    pass: jlong,
) -> JByteArray<'local> {
    enter(env, |env| {
        let partial = PASSES.with(pass, BridgedPass::finish)?;
        Ok(env.byte_array_from_slice(&partial)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativePass_close<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    pass: jlong,
) {
    enter(env, |_| -> Result<(), Failure> {
        PASSES.free(pass);
        Ok(())
    });
}
