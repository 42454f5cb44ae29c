//! Faults on purpose, for the tests of the border.

/// Panics while a file of this name is read.
const PANICKING: &str = "dns_panic.log";

/// Panics if the scan's settings name [`PANICKING`].
pub(crate) fn inject(settings: &[u8]) {
    let settings = String::from_utf8_lossy(settings);
    #[expect(clippy::panic, reason = "this is what the feature is for")]
    if settings.contains(PANICKING) {
        panic!("a fault on purpose, for {PANICKING}");
    }
}
