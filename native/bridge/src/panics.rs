//! Panics as errors. A panic must not leave Rust: it would end the process that called.

use std::any::Any;
use std::backtrace::Backtrace;
use std::cell::Cell;
use std::panic;
use std::sync::Once;

use netlytics_connectors::error::{Error, Kind};

thread_local! {
    /// Text, place and backtrace of this thread's last panic.
    static LAST: Cell<Option<String>> = const { Cell::new(None) };
}

/// Has every panic leave its text and place for [`error`]. Further calls do nothing.
pub fn remember() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            LAST.set(Some(format!("{info}\n{}", Backtrace::force_capture())));
            others(info);
        }));
    });
}

/// The error that a caught panic is: what [`remember`] noted, or else the panic's own text.
#[must_use]
pub fn error(payload: &(dyn Any + Send)) -> Error {
    let text = LAST.take().unwrap_or_else(|| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without a text").to_owned()
    });
    Error::new(Kind::Internal, format!("A fault in NetLytics itself, please report it: {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_brings_its_text_and_place() {
        remember();
        let caught = panic::catch_unwind(|| panic!("number {}", 7)).unwrap_err();
        let error = error(caught.as_ref());
        assert_eq!(error.kind, Kind::Internal);
        assert!(error.message.contains("number 7") && error.message.contains("panics.rs"), "{}", error.message);
    }
}
