//! The native methods of `io.netlytics.jni`: `Native`, `NativeKernel`, `NativeFit` and `NativePass`. Each unwraps its
//! arguments, calls, and wraps the result; what they mean and who owns what is told there, beside their declarations.

mod entry;
#[cfg(feature = "faults")]
mod faults;
mod fit;
mod kernel;
mod native;
