//! Models as they are used, each decoded once a process.
//!
//! An executor opens a kernel for each task, and each is given the same bytes: the last few models stay decoded here, so
//! that only the first task pays.

use std::any::Any;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Error;

/// Models that stay decoded: a process that scores with more of them at a time decodes anew.
const MOST: usize = 8;

static MODELS: Mutex<VecDeque<Kept>> = Mutex::new(VecDeque::new());
static COUNT: AtomicU64 = AtomicU64::new(0);

/// A model and what was made of it.
struct Kept {
    bytes: Vec<u8>,
    decoded: Arc<dyn Any + Send + Sync>,
}

/// What `decode` makes of these bytes: now, or when the same bytes came before.
///
/// The bytes themselves are compared, so no two models are ever confused. Who comes while they are decoded waits.
///
/// # Errors
/// Those of `decode`.
pub fn shared<T: Any + Send + Sync>(
    bytes: &[u8],
    decode: impl FnOnce(&[u8]) -> Result<T, Error>,
) -> Result<Arc<T>, Error> {
    let mut models = MODELS.lock().unwrap_or_else(PoisonError::into_inner);
    let known = models.iter().position(|kept| kept.bytes == bytes && kept.decoded.is::<T>());
    if let Some(kept) = known.and_then(|at| models.remove(at)) {
        let decoded = Arc::clone(&kept.decoded);
        models.push_back(kept);
        return decoded.downcast::<T>().map_err(|_| Error::internal("a model changed its type"));
    }
    let decoded = Arc::new(decode(bytes)?);
    COUNT.fetch_add(1, Ordering::Relaxed);
    if models.len() == MOST {
        models.pop_front();
    }
    models.push_back(Kept { bytes: bytes.to_vec(), decoded: Arc::clone(&decoded) as Arc<dyn Any + Send + Sync> });
    Ok(decoded)
}

/// How many models this process has decoded so far.
#[must_use]
pub fn count() -> u64 {
    COUNT.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_decoded_once_and_the_oldest_go() {
        let mut calls = Vec::new();
        let mut text = |bytes: &[u8]| {
            let found = shared(bytes, |bytes| {
                calls.push(bytes.to_vec());
                String::from_utf8(bytes.to_vec()).map_err(Error::internal)
            });
            found.map(|text| text.to_string())
        };
        assert_eq!(text(b"one").unwrap(), "one");
        assert_eq!(text(b"one").unwrap(), "one");
        assert!(text(&[0xFF]).is_err());
        assert!(text(&[0xFF]).is_err(), "an error is not kept");
        (0..MOST as u8).for_each(|other| assert!(text(&[other]).is_ok()));
        assert_eq!(text(b"one").unwrap(), "one");
        assert_eq!(calls.iter().filter(|bytes| *bytes == b"one").count(), 2);
        assert_eq!(*shared(b"one", |bytes| Ok(bytes.len())).unwrap(), 3, "another use of the same bytes");
        assert!(count() >= 2);
    }
}
