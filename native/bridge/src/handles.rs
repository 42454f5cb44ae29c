//! Objects that the other side holds by number.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use netlytics_connectors::error::{Error, Kind};

/// Objects by number. A number is never given twice, so a stale one finds nothing.
pub struct Handles<T> {
    objects: Mutex<Objects<T>>,
}

struct Objects<T> {
    last: i64,
    by_number: HashMap<i64, Arc<Mutex<T>>>,
}

impl<T> Default for Handles<T> {
    fn default() -> Self {
        Self { objects: Mutex::new(Objects { last: 0, by_number: HashMap::new() }) }
    }
}

impl<T> Handles<T> {
    /// Keeps an object; gives its number, above 0.
    pub fn keep(&self, object: T) -> i64 {
        let mut objects = unpoisoned(&self.objects);
        objects.last += 1;
        let number = objects.last;
        objects.by_number.insert(number, Arc::new(Mutex::new(object)));
        number
    }

    /// Runs `work` on the object of this number. Two threads that use one object wait for each other.
    ///
    /// # Errors
    /// No object has the number, or `work` fails.
    pub fn with<R>(&self, number: i64, work: impl FnOnce(&mut T) -> Result<R, Error>) -> Result<R, Error> {
        let object = unpoisoned(&self.objects).by_number.get(&number).map(Arc::clone);
        let object = object
            .ok_or_else(|| Error::new(Kind::Internal, format!("The handle {number} is closed or was never open.")))?;
        let mut object = unpoisoned(&object);
        work(&mut object)
    }

    /// Lets go of the object of this number; it is freed when no call uses it any more. A number without an object is
    /// ignored.
    pub fn free(&self, number: i64) {
        let object = unpoisoned(&self.objects).by_number.remove(&number);
        drop(object);
    }
}

/// A panic leaves the table whole; what it does to an object is told by the error that it became.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_lives_from_keep_to_free() {
        let handles = Handles::default();
        let (first, second) = (handles.keep(vec![1]), handles.keep(vec![2]));
        assert_ne!(first, second);
        handles
            .with(first, |object| {
                object.push(3);
                Ok(())
            })
            .unwrap();
        assert_eq!(handles.with(first, |object| Ok(object.clone())), Ok(vec![1, 3]));
        handles.free(first);
        handles.free(first);
        handles.free(0);
        assert_eq!(handles.with(first, |_| Ok(())).unwrap_err().kind, Kind::Internal);
        assert_eq!(handles.with(second, |object| Ok(object.clone())), Ok(vec![2]));
    }
}
