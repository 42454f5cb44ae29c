//! The native methods of models, in the order of `NativeModel.java`.

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass};
use jni::sys::jlong;
use netlytics_bridge::model;

use crate::entry::{bytes, enter};

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeModel_describe<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    model: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| {
        let description = model::describe(&bytes(env, &model)?.unwrap_or_default())?;
        Ok(env.byte_array_from_slice(&description)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeModel_withTransform<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    model: JByteArray<'local>,
    transform: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| {
        let model = bytes(env, &model)?.unwrap_or_default();
        let transform = bytes(env, &transform)?.unwrap_or_default();
        Ok(env.byte_array_from_slice(&model::with_transform(&model, &transform)?)?)
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeModel_transform<'local>(
    env: EnvUnowned<'local>,
    _class: JClass<'local>,
    model: JByteArray<'local>,
) -> JByteArray<'local> {
    enter(env, |env| match model::transform(&bytes(env, &model)?.unwrap_or_default())? {
        Some(transform) => Ok(env.byte_array_from_slice(&transform)?),
        None => Ok(JByteArray::null()),
    })
}

#[unsafe(no_mangle)]
pub extern "system" fn Java_io_netlytics_jni_NativeModel_decoded(_env: EnvUnowned<'_>, _class: JClass<'_>) -> jlong {
    jlong::try_from(model::decoded()).unwrap_or(jlong::MAX)
}
