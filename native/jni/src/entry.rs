//! How every native method begins and ends: errors and panics become a Java exception, and one that is already pending is
//! left alone.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use jni::errors::ErrorPolicy;
use jni::objects::JByteArray;
use jni::strings::JNIString;
use jni::{Env, EnvUnowned, jni_str};
use netlytics_bridge::panics;
use netlytics_connectors::error::{Error, Kind};

/// An error of ours, or of the border itself.
#[derive(Debug)]
pub(crate) enum Failure {
    Ours(Error),
    Jni(jni::errors::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<jni::errors::Error> for Failure {
    fn from(error: jni::errors::Error) -> Self {
        Self::Jni(error)
    }
}

/// Throws `io.netlytics.NetlyticsException` with the error as JSON, and returns the type's default.
struct Throw;

impl<T: Default> ErrorPolicy<T, Failure> for Throw {
    type Captures<'unowned_env_local: 'native_method, 'native_method> = ();

    fn on_error<'unowned_env_local: 'native_method, 'native_method>(
        env: &mut Env<'unowned_env_local>,
        (): &mut (),
        failure: Failure,
    ) -> jni::errors::Result<T> {
        match failure {
            Failure::Ours(error) => throw(env, &error),
            Failure::Jni(error) => {
                throw(env, &Error::new(Kind::Internal, format!("The border to Java failed: {error}")))
            }
        }
        Ok(T::default())
    }

    fn on_panic<'unowned_env_local: 'native_method, 'native_method>(
        env: &mut Env<'unowned_env_local>,
        (): &mut (),
        payload: Box<dyn Any + Send + 'static>,
    ) -> jni::errors::Result<T> {
        throw(env, &panics::error(payload.as_ref()));
        // Even the payload's own destructor may panic; then it is left to leak.
        if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(second);
        }
        Ok(T::default())
    }
}

fn throw(env: &mut Env<'_>, error: &Error) {
    if env.exception_check() {
        return;
    }
    // The exception's message says the place too; the other fields have it for programs.
    let told = Error { message: error.to_string(), ..error.clone() };
    let json = serde_json::to_string(&told)
        .unwrap_or_else(|_| r#"{"kind":"Internal","message":"An error without a text."}"#.to_owned());
    // `throw_new` reports the exception that it has just thrown as its own error.
    let _ = env.throw_new(jni_str!("io/netlytics/NetlyticsException"), JNIString::new(json));
}

/// Runs the body of a native method.
pub(crate) fn enter<'local, T: Default>(
    mut env: EnvUnowned<'local>,
    body: impl FnOnce(&mut Env<'local>) -> Result<T, Failure>,
) -> T {
    panics::remember();
    env.with_env(body).resolve::<Throw>()
}

/// Runs the body of a native method that is called for every row and has no use for Java's environment: that is set up only
/// to throw.
pub(crate) fn enter_bare(env: EnvUnowned<'_>, body: impl FnOnce() -> Result<(), Error>) {
    panics::remember();
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => enter(env, |_| Err(Failure::Ours(error))),
        Err(payload) => enter(env, |_| resume_unwind(payload)),
    }
}

/// The bytes of a Java array that may be null.
pub(crate) fn bytes(env: &mut Env<'_>, array: &JByteArray<'_>) -> Result<Option<Vec<u8>>, Failure> {
    if array.is_null() { Ok(None) } else { Ok(Some(env.convert_byte_array(array)?)) }
}

/// The text of a Java array of UTF-8.
pub(crate) fn text(env: &mut Env<'_>, array: &JByteArray<'_>) -> Result<String, Failure> {
    let bytes = bytes(env, array)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
