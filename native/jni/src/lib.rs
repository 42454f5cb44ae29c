//! The native methods of `io.netlytics.jni`: `Native`, `NativeHeads`, `NativeKernel`, `NativeFit`, `NativePass`, `NativeModel`
//! and `NativeFunction`. Each unwraps its arguments, calls, and wraps the result; what they mean and who owns what is told
//! there, beside their declarations.

mod entry;
#[cfg(debug_assertions)]
mod faults;
mod fit;
mod function;
mod heads;
mod kernel;
mod model;
mod native;
