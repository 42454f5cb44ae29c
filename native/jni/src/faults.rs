//! Faults on purpose, for the tests of the border. Only debug builds have them; what is shipped is a release build.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Scans of files of this name panic in their first step.
const PANICKING: &str = "dns_panic.log";

static TO_PANIC: LazyLock<Mutex<HashSet<i64>>> = LazyLock::new(Mutex::default);

/// Notes the scan if its settings name [`PANICKING`].
pub(crate) fn opened(scan: i64, settings: &[u8]) {
    if String::from_utf8_lossy(settings).contains(PANICKING) {
        TO_PANIC.lock().unwrap_or_else(PoisonError::into_inner).insert(scan);
    }
}

/// Panics if the scan was noted.
pub(crate) fn stepping(scan: i64) {
    #[expect(clippy::panic, reason = "a panic is what the tests of the border ask for")]
    if TO_PANIC.lock().unwrap_or_else(PoisonError::into_inner).remove(&scan) {
        panic!("a fault on purpose, for {PANICKING}");
    }
}
