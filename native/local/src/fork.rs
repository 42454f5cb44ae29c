//! What happens to threads when a process forks: the child has none of them.

use netlytics_connectors::error::{Error, Kind};

/// The process in which something that works with threads was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    process: u32,
}

impl Origin {
    /// This process.
    pub(crate) fn here() -> Self {
        Self { process: std::process::id() }
    }

    /// Whether this is still the same process. In a child, locks may be held for ever by threads that are not there, so
    /// nothing that they share may be touched.
    pub(crate) fn is_here(self) -> bool {
        self.process == std::process::id()
    }

    /// # Errors
    /// This process was forked from the one in which `what` was begun.
    pub(crate) fn check(self, what: &str) -> Result<(), Error> {
        if self.is_here() {
            return Ok(());
        }
        let message = format!(
            "{what} was begun in process {}, from which this one was forked without its threads: begin after the fork, or \
             start processes with multiprocessing's method \"spawn\".",
            self.process
        );
        Err(Error::new(Kind::Io, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_process_is_refused() {
        assert_eq!(Origin::here().check("The read"), Ok(()));
        let elsewhere = Origin { process: std::process::id().wrapping_add(1) };
        let error = elsewhere.check("The read").unwrap_err();
        assert!(error.message.contains("begin after the fork") && error.message.contains("spawn"), "{error}");
    }
}
